import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@inference-ts/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandResult, runCommand } from "../process/run-command.ts";
import { allBlocks, documents, ROOT, readDocument } from "./documents.ts";
import { writeCommands, writePictures } from "./example-folder.ts";
import { brokenLinks } from "./links.ts";
import { programsOf } from "./programs.ts";
import { runUntilListening } from "./run-until-listening.ts";
import { shellLines } from "./shell-blocks.ts";
import { exampleBlocks } from "./tsdoc-examples.ts";
import { typecheckPrograms } from "./typecheck-programs.ts";

const blocks = allBlocks();
const programs = programsOf(blocks);
const shellBlocks = blocks.filter(({ language }) => ["sh", "bash", "shell"].includes(language));

/** Folder of the programs: below the workspace, so that they resolve its packages. */
let sources: string;
/** Folder with pictures in which everything runs. */
let folder: string;
let commands: string;
let sandbox: Sandbox;

beforeAll(async () => {
  mkdirSync(join(ROOT, "temp"), { recursive: true });
  sources = mkdtempSync(join(ROOT, "temp", "docs-"));
  folder = mkdtempSync(join(tmpdir(), "inference-ts-docs-"));
  commands = join(folder, ".commands");
  writeCommands(commands);
  [sandbox] = await Promise.all([startSandbox(), writePictures(folder)]);
});

afterAll(async () => {
  await sandbox?.close();
  for (const dir of [sources, folder]) if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
});

/** Readers run a server on port 9001; here it is the sandbox on a free port. */
const towardsSandbox = (code: string) =>
  code.replaceAll(/http:\/\/(?:localhost|127\.0\.0\.1):9001/g, sandbox.url);

const environment = () => ({
  INFERENCE_API_URL: sandbox.url,
  ROBOFLOW_API_KEY: "test-key",
  PATH: `${commands}:${process.env.PATH}`,
  NODE_OPTIONS: undefined,
});

function expectSuccess({ exitCode, output }: CommandResult): void {
  expect(exitCode === 0 ? "" : `exit code ${exitCode}\n${output}`).toBe("");
}

test("every ts block type checks, and so does every TSDoc example", async () => {
  expect(await typecheckPrograms([...programs, ...programsOf(exampleBlocks())])).toBe("");
}, 120_000);

describe("ts blocks run", () => {
  const runnable = programs.filter((program) => program.noRunReason === undefined);
  test.concurrent.each(runnable)(
    "$name",
    async ({ fileName, code }) => {
      const file = join(sources, fileName);
      writeFileSync(file, towardsSandbox(code));
      const args = ["--conditions=source", "--no-warnings", file];
      expectSuccess(
        await runCommand(process.execPath, args, { cwd: folder, env: environment(), timeoutMs: 60_000 }),
      );
    },
    70_000,
  );
});

describe("sh blocks run", () => {
  const rootManifest: { scripts: Record<string, string>; devDependencies: Record<string, string> } =
    JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const sdk: { name: string; peerDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(ROOT, "libs/sdk/package.json"), "utf8"),
  );
  const installable = [sdk.name, "@inference-ts/cli", ...Object.keys(sdk.peerDependencies)];

  test.concurrent.each(shellBlocks.map((block) => ({ ...block, name: `${block.file}:${block.line}` })))(
    "$name",
    async (block) => {
      const lines = shellLines(block);
      for (const line of lines) {
        if (line.kind === "npm-script") expect(Object.keys(rootManifest.scripts)).toContain(line.script);
        if (line.kind === "npm-install")
          expect(installable).toEqual(expect.arrayContaining([...line.packages]));
        if (line.kind === "file") expect(existsSync(join(ROOT, line.path)), line.command).toBe(true);
        if (line.kind === "server") {
          expectSuccess(await runUntilListening(line.command, { cwd: folder, env: environment() }));
        }
      }
      const script = lines.flatMap((line) => (line.kind === "run" ? [line.command] : [])).join("\n");
      if (script === "") return;
      const args = ["-euo", "pipefail", "-c", towardsSandbox(script)];
      expectSuccess(await runCommand("bash", args, { cwd: folder, env: environment(), timeoutMs: 60_000 }));
    },
    70_000,
  );
});

test.each(documents())("every link of %s leads to a file and a heading that exist", (file) => {
  expect(brokenLinks(file, readDocument(file), ROOT)).toEqual([]);
});
