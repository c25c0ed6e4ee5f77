import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/** A finished process. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process is started. */
export interface StartOptions {
  readonly cwd?: string;
  /** Instead of the environment's own settings of the command. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running command line. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly finished: Promise<Finished>;
  /** Resolves when stderr so far satisfies the condition. */
  stderrHas(condition: (text: string) => boolean): Promise<void>;
}

/** Starts the command line as users do: a process of its own. */
export function startInfer(args: readonly string[], { cwd, env = {} }: StartOptions = {}): Running {
  const { INFERENCE_API_KEY, INFERENCE_API_URL, ROBOFLOW_API_KEY, ...inherited } = process.env;
  const child = spawn(process.execPath, ["--conditions=source", MAIN, ...args], {
    cwd,
    env: { ...inherited, NO_COLOR: "1", ...env },
    stdio: "pipe",
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
    });
  }
  child.stdin.on("error", () => undefined);
  const finished = new Promise<Finished>((resolve) => {
    child.once("close", (code) => resolve({ code, ...text }));
  });
  const stderrHas = (condition: (text: string) => boolean) =>
    new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (condition(text.stderr)) resolve();
      };
      child.stderr.on("data", check);
      child.once("close", () => reject(new Error(`the process ended before; stderr: ${text.stderr}`)));
      check();
    });
  return { child, finished, stderrHas };
}

/** Runs the command line to its end; `input` is what stands on its standard input. */
export function runInfer(
  args: readonly string[],
  options: StartOptions & { readonly input?: Uint8Array } = {},
): Promise<Finished> {
  const { child, finished } = startInfer(args, options);
  child.stdin.end(options.input ?? "");
  return finished;
}
