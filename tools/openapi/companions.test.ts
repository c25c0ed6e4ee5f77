import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCli } from "./cli.ts";
import { checkCompanions } from "./companions.ts";

const root = join(import.meta.dirname, "../..");
const TGI = "openapi/huggingface/tgi.json";
const TYPES = "libs/schema/src/generated/huggingface-tgi.ts";

async function copyOfRepository(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "openapi-"));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  for (const folder of ["openapi/huggingface", "libs/schema/src/generated"])
    await cp(join(root, folder), join(copy, folder), { recursive: true });
  return copy;
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const before = await readFile(file, "utf8");
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

test("the repository is in step", async () => {
  expect(await checkCompanions(root)).toEqual([]);
});

test.each([
  ["edited types", TYPES, "inputs: string", "inputs: number", `${TYPES} is not what the document`],
  ["an edited document", TGI, '"3.3.6-dev0"', '"3.3.7"', `${TGI} is not the file that`],
  [
    "a correction that no longer applies",
    "openapi/huggingface/tgi-overlay.json",
    "GrammarType",
    "Grammar",
    "Remove or change that entry of openapi/huggingface/tgi-overlay.json",
  ],
  ["a source without its hash", "openapi/huggingface/SOURCE.json", '"rawSha256"', '"sha"', '"rawSha256"'],
])("finds %s", async (_, file, from, to, message) => {
  const copy = await copyOfRepository();
  await edit(join(copy, file), from, to);
  expect((await checkCompanions(copy)).join("\n")).toContain(message);
});

test("update takes the document of such a server by its title, and generate brings it into step", async () => {
  const copy = await copyOfRepository();
  const next = join(copy, "next.json");
  await cp(join(copy, TGI), next);
  await edit(next, '"3.3.6-dev0"', '"3.4.0"');
  await edit(next, '"/health"', '"/alive"');
  const outcome = await runCli(["update", next], copy);
  expect(outcome.lines).toContain("  + GET /alive");
  expect(outcome.lines).toContain("  - GET /health");
  expect(await checkCompanions(copy)).toEqual([]);
  expect(await readFile(join(copy, TYPES), "utf8")).toContain('"/alive": {');
});
