import { spawn } from "node:child_process";
import { join } from "node:path";
import type { InferenceResult } from "@inference-ts/sdk/node";

const MAIN = join(import.meta.dirname, "..", "..", "apps", "cli", "src", "main.ts");

/** One element of the JSON that `infer run` writes. */
export interface RunEntry {
  readonly input: string;
  readonly result?: InferenceResult;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Where the command runs and what it knows of its surroundings. */
export interface RunInferOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the command line in a process of its own and reads the JSON that it prints; its stderr goes to ours. */
export async function runInfer(args: readonly string[], { cwd, env }: RunInferOptions): Promise<RunEntry[]> {
  const child = spawn(process.execPath, ["--conditions=source", MAIN, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`infer ${args.join(" ")} ended with ${code}`);
  return JSON.parse(Buffer.concat(pieces).toString());
}
