import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startInfer } from "../testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "../testing/workplace.ts";
import { watchOutput } from "./watch-output.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** A device on which nothing has room. */
const FULL = "/dev/full";

let sandbox: Sandbox;
let place: Workplace;
beforeAll(async () => {
  sandbox = await startSandbox();
  place = createWorkplace();
  place.write("a.png", await twoBoxes());
});
afterAll(async () => {
  await sandbox?.close();
  place?.remove();
});

const settings = () => ({
  cwd: place.path,
  env: { INFERENCE_API_URL: sandbox.url, INFERENCE_API_KEY: SANDBOX_KEY },
});

const COMMANDS: readonly (readonly string[])[] = [
  ["--help"],
  ["status"],
  ["models", "list", "--json"],
  ["benchmark", "-m", "colours/1", "--requests", "1", "--warmup", "0", "--quiet"],
];

test.each(COMMANDS)("infer %s ends quietly when nobody reads its results", async (...args) => {
  const { child, finished } = startInfer(args, settings());
  child.stdout.destroy();
  expect(await finished).toMatchObject({ code: 0, stderr: "" });
});

test("results are written also when nobody reads stderr", async () => {
  const { child, finished } = startInfer(["run", "a.png", "-m", "colours/1", "--verbose"], settings());
  child.stderr.destroy();
  const { code, stdout } = await finished;
  expect([code, JSON.parse(stdout)]).toMatchObject([0, [{ input: "a.png" }]]);
});

describe.runIf(existsSync(FULL))("a disk without room", () => {
  test.each(COMMANDS)("makes infer %s fail with a sentence", async (...args) => {
    const { cwd, env } = settings();
    const command = ["-c", `exec "$@" > ${FULL}`, "sh", process.execPath, "--conditions=source", MAIN];
    const [code, stderr] = await new Promise<readonly [unknown, string]>((resolve) => {
      execFile("sh", [...command, ...args], { cwd, env: { ...process.env, ...env } }, (error, _out, said) =>
        resolve([error?.code, said]),
      );
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^infer: The results cannot be written to stdout: .*ENOSPC.*\n$/);
  });
});

test("a command that has failed already keeps its exit code", async () => {
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done(new Error("no room")) });
  const said: string[] = [];
  const stderr = new Writable({
    write: (chunk, _encoding, done) => {
      said.push(String(chunk));
      done();
    },
  });
  const finish = watchOutput({ stdout, stderr });
  stdout.write("results");
  expect([await finish(3), said]).toEqual([3, []]);
});
