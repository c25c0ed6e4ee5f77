import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { installAiortc } from "./install-aiortc.ts";

/** How the worker behaves; see `python/worker.py`. */
export interface AiortcSettings {
  /** Share of packets that get lost, both ways (0..1). */
  readonly loss?: number;
  readonly seed?: number;
  /** Packets of the returned video that never arrive, from the first one on. */
  readonly loseFirst?: number;
  readonly upload?: "decode" | "count";
  /** Ends the process after this many frames. */
  readonly dieAfter?: number;
  readonly closeAfter?: number;
  readonly silentAfter?: number;
}

/** What a session of the worker saw. */
export interface AiortcSession {
  readonly frames: number;
  readonly acks: readonly number[];
  readonly texts: readonly string[];
  /** Unix time in seconds at which the peer noticed the end of the connection. */
  readonly closed_at: number | null;
  readonly state: string;
  readonly complete: boolean;
  readonly upload: {
    readonly bytes: number;
    readonly sha256: string | null;
    readonly seconds: number | null;
  };
}

/** A worker made of aiortc, in a process of its own. */
export interface AiortcWorker extends AsyncDisposable {
  readonly url: string;
  sessions(): Promise<readonly AiortcSession[]>;
  /** Ends the process without a sign to anybody. */
  kill(): Promise<void>;
}

/** How long aiortc needed to send bytes to another aiortc. */
export interface UploadTime {
  readonly seconds: number;
  readonly connectMs: number;
}

const PYTHON = join(import.meta.dirname, "python");

/** Why this machine cannot run aiortc, or null. The first call installs it. */
export async function whyNoAiortc(): Promise<string | null> {
  const installed = await installAiortc();
  return "missing" in installed ? installed.missing : null;
}

async function start(program: string, args: readonly string[]): Promise<ChildProcess> {
  const installed = await installAiortc();
  if ("missing" in installed) throw new Error(installed.missing);
  // Python ends itself when our end of its standard input closes.
  return spawn(installed.interpreter, [join(PYTHON, program), ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PYTHONDONTWRITEBYTECODE: "1" },
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("The Python program has no output.");
  const lines = createInterface({ input: child.stdout });
  const line = once(lines, "line").then(([text]) => String(text));
  const end = once(child, "exit").then(([code]) => Promise.reject(new Error(`Python ended with ${code}`)));
  return Promise.race([line, end]);
}

/** Starts a worker. Ask `whyNoAiortc()` before. */
export async function startAiortcWorker(settings: AiortcSettings = {}): Promise<AiortcWorker> {
  const { loss = 0, seed = 1, loseFirst = 0, upload = "decode" } = settings;
  const { dieAfter = 0, closeAfter = 0, silentAfter = 0 } = settings;
  const wire = {
    loss,
    seed,
    lose_first: loseFirst,
    upload,
    die_after: dieAfter,
    close_after: closeAfter,
    silent_after: silentAfter,
  };
  const child = await start("worker.py", [JSON.stringify(wire)]);
  const url = `http://127.0.0.1:${await firstLine(child)}`;
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return {
    url,
    sessions: async () => {
      const answer = await fetch(`${url}/sessions`, { headers: { connection: "close" } });
      const { sessions }: { sessions: AiortcSession[] } = await answer.json();
      return sessions;
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}

/** Uploads with aiortc on both sides, as the Python client does it. */
export async function uploadWithAiortc(url: string, megabytes: number): Promise<UploadTime> {
  const child = await start("uploader.py", [url, String(megabytes)]);
  const ended = once(child, "exit");
  const { seconds, connectMs }: UploadTime = JSON.parse(await firstLine(child));
  await ended;
  return { seconds, connectMs };
}
