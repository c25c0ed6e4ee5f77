import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidParameterError } from "@inference-ts/errors";

/** Where the Python client writes its traces. */
const DEFAULT_DIRECTORY = "./inference_profiling";
/** Runs that end in one millisecond and are written to one folder; more would be a loop. */
const MOST_NAMES = 10_000;

/**
 * Writes the profiler trace of a workflow to a new file that `chrome://tracing` and Perfetto open. A file that is there already is
 * never replaced, also not by another process.
 *
 * @param trace - `profiler_trace` of the result of a run.
 * @param directory - Made when it is not there. Default `./inference_profiling`.
 * @returns The path of the file, such as `inference_profiling/workflow_execution_trace_2025-03-01T12-30-05-123Z.json`.
 * @throws InvalidParameterError when the folder cannot be written to.
 * @example
 * ```ts no-run: needs a server with profiling switched on
 * import { InferenceHTTPClient, saveProfilerTrace } from "@inference-ts/sdk/node";
 * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
 * const workflow = { workspaceName: "my-team", workflowId: "count-cars" };
 * const { profiler_trace } = await client.runWorkflow(workflow, { enableProfiling: true });
 * console.log(await saveProfilerTrace(profiler_trace));
 * ```
 */
export async function saveProfilerTrace(
  trace: readonly object[],
  directory: string = DEFAULT_DIRECTORY,
): Promise<string> {
  const text = JSON.stringify({ traceEvents: trace, displayTimeUnit: "ms" });
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  try {
    await mkdir(directory, { recursive: true });
    for (let number = 1; number <= MOST_NAMES; number++) {
      const suffix = number === 1 ? "" : `_${number}`;
      const file = join(directory, `workflow_execution_trace_${time}${suffix}.json`);
      if (await writeNew(file, text)) return file;
    }
  } catch (cause) {
    throw new InvalidParameterError(`The trace cannot be written to the folder ${directory}.`, { cause });
  }
  throw new InvalidParameterError(`The folder ${directory} holds ${MOST_NAMES} traces of this moment.`);
}

/** False when the file is there already. */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
