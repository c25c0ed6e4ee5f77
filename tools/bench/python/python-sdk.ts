import { join } from "node:path";
import { runCommand } from "../../process/run-command.ts";
import { MODEL_ID, OBJECTS_PER_ANSWER } from "../workload.ts";

/** The two ways in which the Python SDK sends a list. */
export const PYTHON_WAYS = ["sync", "async"] as const;
export type PythonWay = (typeof PYTHON_WAYS)[number];

/** One run of the Python SDK. */
export interface PythonRun {
  readonly way: PythonWay;
  readonly url: string;
  readonly pictureFile: string;
  readonly requests: number;
  readonly window: number;
}

/** The Python SDK, ready to be measured. */
export interface PythonSdk {
  readonly version: string;
  /** Milliseconds from the first request to the last answer, in a fresh process. */
  measureMs(run: PythonRun): Promise<number>;
}

/** @param python - The interpreter of an environment in which the SDK is installed. */
export function pythonSdk(python: string, version: string): PythonSdk {
  return {
    version,
    measureMs: async ({ way, url, pictureFile, requests, window }) => {
      const options = {
        way,
        url,
        picture: pictureFile,
        model: MODEL_ID,
        requests,
        window,
        objects: OBJECTS_PER_ANSWER,
      };
      const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
      const program = join(import.meta.dirname, "python-contender.py");
      const { exitCode, stdout, output } = await runCommand(python, [program, ...args], {
        cwd: import.meta.dirname,
        env: { PYTHONDONTWRITEBYTECODE: "1" },
      });
      const durationMs = Number(stdout.trim() || Number.NaN);
      if (exitCode === 0 && Number.isFinite(durationMs)) return durationMs;
      throw new Error(`The Python SDK (${way}) failed with exit code ${exitCode}:\n${output}`);
    },
  };
}
