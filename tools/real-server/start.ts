import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { foldersOf, realServerHome } from "./home.ts";
import { PYTHON_FOLDER } from "./install-fingerprint.ts";
import type { ProcessGroup } from "./process-group.ts";
import { serverEnvironment } from "./server-environment.ts";
import { freePort, makeModels, startServerRun, untilReady } from "./server-run.ts";
import type { RealServerVersion } from "./versions.ts";

export interface StartOptions {
  readonly version: RealServerVersion;
  /** Server flags, such as `{ ENABLE_STREAM_API: "True" }`. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Default: a free one. */
  readonly port?: number;
  readonly home?: string;
  /** How long the server may take until it answers; 240,000 by default (usually 22 s on two cores). */
  readonly readyTimeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly log?: (line: string) => void;
}

/** A running server with its stand-in of the platform; both are bound to 127.0.0.1. */
export interface RealServer extends AsyncDisposable {
  readonly version: RealServerVersion;
  readonly url: string;
  readonly platformUrl: string;
  /** The key that the stand-in knows; not a secret. */
  readonly apiKey: string;
  /** Ends all processes and removes what the run wrote. May be called more than once. */
  stop(): Promise<void>;
}

/** The key that `python/fake_platform.py` accepts for the workspace of the colour models. */
const API_KEY = "test-key";

/** Starts an installed server (see `installRealServer`) and returns when it answers. */
export async function startRealServer(options: StartOptions): Promise<RealServer> {
  const { version, signal, log = () => {} } = options;
  const folders = foldersOf(version, options.home ?? realServerHome());
  signal?.throwIfAborted();
  const models = await makeModels(folders, join(PYTHON_FOLDER, "make_models.py"), "models", signal);
  const { started, stop } = await startServerRun({ folders, label: version, signal }, async (run) => {
    const port = options.port ?? (await freePort());
    const streamManagerPort = await freePort();
    const base = serverEnvironment({ run: run.folder, port, streamManagerPort, flags: options.flags });
    const platformLog = join(run.folder, "platform.jsonl");
    const platformArgs = [join(PYTHON_FOLDER, "fake_platform.py"), "0", models, platformLog];
    const platform = await run.start(folders.python, platformArgs, { env: base, pipeOutput: true });
    const platformUrl = `http://127.0.0.1:${await firstLine(platform)}`;
    const serverArgs = ["-m", "uvicorn", "--app-dir", PYTHON_FOLDER, "app:app", "--host", "127.0.0.1"];
    const server = await run.start(folders.python, [...serverArgs, "--port", String(port)], {
      env: { ...base, API_BASE_URL: platformUrl, ROBOFLOW_API_HOST: platformUrl },
    });
    const url = `http://127.0.0.1:${port}`;
    const began = performance.now();
    await untilReady(`${url}/info`, server, options.readyTimeoutMs ?? 240_000, signal);
    log(`server ${version} answers on ${url} after ${Math.round((performance.now() - began) / 1000)} s`);
    return { url, platformUrl };
  });
  return { version, ...started, apiKey: API_KEY, stop, [Symbol.asyncDispose]: stop };
}

async function firstLine(group: ProcessGroup): Promise<string> {
  if (group.output === null) throw new Error("The platform stand-in has no output.");
  const lines = createInterface({ input: group.output });
  const line = await Promise.race([once(lines, "line").then(([text]) => String(text)), group.ended]);
  lines.close();
  group.output.resume();
  if (!/^\d+$/.test(line)) throw new Error(`the platform stand-in ended early (${line})`);
  return line;
}
