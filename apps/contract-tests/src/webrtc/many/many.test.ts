import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const PROGRAM = join(import.meta.dirname, "main.ts");

test("sessions that end in every way leave nothing behind", { timeout: 180_000 }, async () => {
  const args = ["--expose-gc", "--conditions=source", PROGRAM, "--sessions", "24", "--seed", "7"];
  const run = await promisify(execFile)(process.execPath, args).catch((error: { stdout: string }) => error);
  const report: unknown = JSON.parse(run.stdout);
  expect(report).toMatchObject({ problems: [] });
});
