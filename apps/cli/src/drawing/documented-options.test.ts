import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDrawingOptions } from "./drawing-plan.ts";

test("the options file in the documentation is read", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../../docs/drawing.md"), "utf8");
  const [, yaml = ""] = /```yaml\n(.*?)```/s.exec(text) ?? [];
  expect(yaml).toContain("annotators:");
  expect(readDrawingOptions(yaml)()).toHaveLength(2);
});
