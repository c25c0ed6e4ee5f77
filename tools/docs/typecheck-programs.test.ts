import { expect, test } from "vitest";
import { typecheckPrograms } from "./typecheck-programs.ts";

const program = (line: number, code: string) => ({
  name: `a.md:${line}`,
  fileName: `a-md-${line}.ts`,
  code,
  noRunReason: undefined,
});

test("programs are modules of their own and may leave constants unused", async () => {
  const same = "const value: number = await Promise.resolve(1);";
  expect(await typecheckPrograms([program(1, same), program(2, same)])).toBe("");
});

test("an error names the place in the document", async () => {
  const output = await typecheckPrograms([
    program(1, "const a = 1;"),
    program(7, 'const b: number = "text";'),
  ]);
  expect(output).toContain("program at a.md:7 (1,7): error TS2322");
  expect(output).not.toContain("a.md:1 ");
});
