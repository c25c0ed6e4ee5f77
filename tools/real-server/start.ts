import { createHash } from "node:crypto";
import { once } from "node:events";
import { access, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { lastLinesOf, runCommand } from "./command.ts";
import { type Folders, foldersOf, realServerHome } from "./home.ts";
import { PYTHON_FOLDER } from "./install-fingerprint.ts";
import { isAlive, ProcessGroup } from "./process-group.ts";
import { serverEnvironment } from "./server-environment.ts";
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
  const models = await makeModels(folders, signal);
  await mkdir(folders.runs, { recursive: true });
  await removeAbandonedRuns(folders.runs);
  const run = await mkdtemp(join(folders.runs, `${process.pid}-${version}-`));
  const logFile = join(run, "server.log");
  const groups: ProcessGroup[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      await Promise.all(groups.map((group) => group.stop()));
      await rm(run, { recursive: true, force: true, maxRetries: 3 });
    })();
    return stopping;
  };
  const logHandle = await open(logFile, "a");
  try {
    const port = options.port ?? (await freePort());
    const env = { cwd: run, logFd: logHandle.fd };
    const base = serverEnvironment({ run, port, streamManagerPort: await freePort(), flags: options.flags });
    const platformArgs = [join(PYTHON_FOLDER, "fake_platform.py"), "0", models, join(run, "platform.jsonl")];
    const platform = await ProcessGroup.start(folders.python, platformArgs, {
      ...env,
      env: base,
      pipeOutput: true,
    });
    groups.push(platform);
    const platformUrl = `http://127.0.0.1:${await firstLine(platform)}`;
    const serverArgs = ["-m", "uvicorn", "--app-dir", PYTHON_FOLDER, "app:app", "--host", "127.0.0.1"];
    const server = await ProcessGroup.start(folders.python, [...serverArgs, "--port", String(port)], {
      ...env,
      env: { ...base, API_BASE_URL: platformUrl, ROBOFLOW_API_HOST: platformUrl },
    });
    groups.push(server);
    const url = `http://127.0.0.1:${port}`;
    const began = performance.now();
    await untilReady(url, server, options.readyTimeoutMs ?? 240_000, signal);
    log(`server ${version} answers on ${url} after ${Math.round((performance.now() - began) / 1000)} s`);
    return { version, url, platformUrl, apiKey: API_KEY, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    const said = lastLinesOf(await readFile(logFile, "utf8").catch(() => ""), 30);
    await stop();
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The real server ${version} did not start: ${reason}\n${said}`, { cause: error });
  } finally {
    await logHandle.close();
  }
}

/** The tiny networks are made once per home and per state of the script; they are the same for every server version. */
async function makeModels(folders: Folders, signal: AbortSignal | undefined): Promise<string> {
  const script = join(PYTHON_FOLDER, "make_models.py");
  const fingerprint = createHash("sha256")
    .update(await readFile(script))
    .digest("hex")
    .slice(0, 12);
  const models = join(folders.home, `models-${fingerprint}`);
  const there = await access(join(models, "index.json")).then(
    () => true,
    () => false,
  );
  if (there) return models;
  const unfinished = await mkdtemp(`${models}-`);
  await runCommand(folders.python, [script, unfinished], { signal });
  // Another process may have been faster; its folder has the same content.
  await rename(unfinished, models).catch(() => rm(unfinished, { recursive: true, force: true }));
  return models;
}

/** Folders of runs whose driver is gone; their names begin with its process id. */
async function removeAbandonedRuns(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    const owner = Number.parseInt(name, 10);
    if (owner > 0 && !isAlive(owner)) await rm(join(runs, name), { recursive: true, force: true });
  }
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

async function untilReady(
  url: string,
  server: ProcessGroup,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    signal?.throwIfAborted();
    if (server.hasEnded) throw new Error(`it ended with ${await server.ended}`);
    const answer = await fetch(`${url}/info`, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await delay(250);
  }
  throw new Error(`no answer on ${url} within ${timeoutMs} ms`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
