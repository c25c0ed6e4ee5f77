import { join } from "node:path";
import { foldersOf, realServerHome } from "../home.ts";
import { PYTHON_FOLDER } from "../install-fingerprint.ts";
import { freePort, makeModels, startServerRun, untilReady } from "../server-run.ts";

/** A running server with the wire rules of the Hugging Face systems, bound to 127.0.0.1. */
export interface HuggingFaceServer extends AsyncDisposable {
  readonly url: string;
  /** Ends the process and removes what the run wrote. May be called more than once. */
  stop(): Promise<void>;
}

export interface HuggingFaceServerOptions {
  readonly home?: string;
  readonly signal?: AbortSignal | undefined;
  readonly log?: (line: string) => void;
}

const FOLDER = join(PYTHON_FOLDER, "huggingface");
/** Making the models takes up to five minutes where other work keeps both cores busy. */
const READY_TIMEOUT_MS = 240_000;
const PASSED_ON = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH"];

/** Starts an installed server (`installRealServer({ packages: "huggingface" })`) and returns when it answers. */
export async function startHuggingFaceServer(
  options: HuggingFaceServerOptions = {},
): Promise<HuggingFaceServer> {
  const { signal, log = () => {} } = options;
  const folders = foldersOf("huggingface", options.home ?? realServerHome());
  signal?.throwIfAborted();
  log("making the tiny models, once (half a minute to five)");
  const models = await makeModels(folders, join(FOLDER, "make_models.py"), "models-huggingface", signal);
  const { started, stop } = await startServerRun({ folders, label: "huggingface", signal }, async (run) => {
    const port = String(await freePort());
    const server = await run.start(
      folders.python,
      ["-m", "uvicorn", "--app-dir", FOLDER, "app:app", "--host", "127.0.0.1", "--port", port],
      { env: environment(models) },
    );
    const url = `http://127.0.0.1:${port}`;
    const began = performance.now();
    await untilReady(`${url}/health`, server, READY_TIMEOUT_MS, signal);
    log(`the server answers on ${url} after ${Math.round((performance.now() - began) / 1000)} s`);
    return { url };
  });
  return { ...started, stop, [Symbol.asyncDispose]: stop };
}

/** Nothing is downloaded, reported or looked up; keys and tokens of the user stay outside. */
function environment(models: string): Record<string, string> {
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(passedOn),
    PYTHONPATH: PYTHON_FOLDER,
    PYTHONUNBUFFERED: "1",
    HF_HUB_OFFLINE: "1",
    TRANSFORMERS_OFFLINE: "1",
    HF_HUB_DISABLE_TELEMETRY: "1",
    REAL_SERVER_MODELS: models,
  };
}
