import { createHash } from "node:crypto";
import { once } from "node:events";
import { access, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lastLinesOf, runCommand } from "./command.ts";
import type { Folders } from "./home.ts";
import { isAlive, ProcessGroup } from "./process-group.ts";

/** One run of a server: its folder, its log, and the processes that end with it. */
export interface ServerRun {
  readonly folder: string;
  /** Starts a program that writes to the run's log. */
  start(
    program: string,
    args: readonly string[],
    options: { readonly env: NodeJS.ProcessEnv; readonly pipeOutput?: boolean },
  ): Promise<ProcessGroup>;
}

export interface ServerRunOptions {
  readonly folders: Folders;
  /** Which server, for the name of the run's folder. */
  readonly label: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the programs of a server. When that fails, everything is ended, and the error says what the log ends with.
 *
 * @returns What `start` returns, and the function that ends all processes and removes what the run wrote; it may be called
 *   more than once.
 */
export async function startServerRun<T>(
  { folders, label, signal }: ServerRunOptions,
  start: (run: ServerRun) => Promise<T>,
): Promise<{ readonly started: T; readonly stop: () => Promise<void> }> {
  await mkdir(folders.runs, { recursive: true });
  await removeAbandonedRuns(folders.runs);
  const folder = await mkdtemp(join(folders.runs, `${process.pid}-${label}-`));
  const logFile = join(folder, "server.log");
  const groups: ProcessGroup[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      await Promise.all(groups.map((group) => group.stop()));
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    })();
    return stopping;
  };
  const logHandle = await open(logFile, "a");
  try {
    const started = await start({
      folder,
      start: async (program, args, options) => {
        const group = await ProcessGroup.start(program, args, {
          ...options,
          cwd: folder,
          logFd: logHandle.fd,
        });
        groups.push(group);
        return group;
      },
    });
    return { started, stop };
  } catch (error) {
    const said = lastLinesOf(await readFile(logFile, "utf8").catch(() => ""), 30);
    await stop();
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The real server (${label}) did not start: ${reason}\n${said}`, { cause: error });
  } finally {
    await logHandle.close();
  }
}

/**
 * Tiny models are made once per home and per state of the script that makes them.
 *
 * @param name - First part of the folder's name.
 * @returns The folder, which holds an `index.json`.
 */
export async function makeModels(
  folders: Folders,
  script: string,
  name: string,
  signal?: AbortSignal,
): Promise<string> {
  const fingerprint = createHash("sha256")
    .update(await readFile(script))
    .digest("hex")
    .slice(0, 12);
  const models = join(folders.home, `${name}-${fingerprint}`);
  const there = await access(join(models, "index.json")).then(
    () => true,
    () => false,
  );
  if (there) return models;
  const unfinished = await mkdtemp(`${models}-`);
  const env = { ...process.env, HF_HUB_OFFLINE: "1" };
  await runCommand(folders.python, [script, unfinished], { signal, env });
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

/** Waits until a page of the server answers. */
export async function untilReady(
  page: string,
  server: ProcessGroup,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    signal?.throwIfAborted();
    if (server.hasEnded) throw new Error(`it ended with ${await server.ended}`);
    const answer = await fetch(page, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await delay(250);
  }
  throw new Error(`no answer on ${page} within ${timeoutMs} ms`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
