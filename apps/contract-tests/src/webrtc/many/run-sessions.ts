import { InferenceHTTPClient } from "@inference-ts/sdk/node";
import { type LiveSession, manualFrames, videoUpload } from "@inference-ts/sdk/webrtc";
import { SANDBOX_KEY } from "@inference-ts/testing";
import { Random } from "../../fuzz/random.ts";
import { detectColours, numberedPicture } from "../scene.ts";

const FRAMES = 8;
/** A session that is aborted ends at a random moment within this time, in ms: while it starts, connects or streams. */
const ABORTED_WITHIN_MS = 400;
const KINDS = ["manual", "manual with video", "file"] as const;
const WAYS = ["abort", "close", "leave the loop", "close the client"] as const;

/** How many sessions ended in which way. */
export type Outcomes = Record<string, number>;

/**
 * Runs sessions one after the other, a third of them ended at a random moment in a random way.
 *
 * @param afterEach called with the number of sessions that are over.
 */
export async function runSessions(
  apiUrl: string,
  options: { readonly sessions: number; readonly seed: number; readonly video: Uint8Array },
  afterEach: (done: number) => Promise<void>,
): Promise<Outcomes> {
  const random = new Random(options.seed);
  const outcomes: Outcomes = {};
  for (let index = 0; index < options.sessions; index++) {
    const kind = random.pick(KINDS);
    const way = index % 3 === 0 ? random.pick(WAYS) : null;
    const outcome = await runOne(apiUrl, kind, options.video, way, random.below(ABORTED_WITHIN_MS));
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    await afterEach(index + 1);
  }
  return outcomes;
}

async function runOne(
  apiUrl: string,
  kind: (typeof KINDS)[number],
  video: Uint8Array,
  way: (typeof WAYS)[number] | null,
  afterMs: number,
): Promise<string> {
  const client = new InferenceHTTPClient({ apiUrl, apiKey: SANDBOX_KEY });
  const abort = new AbortController();
  let results = 0;
  let timer: NodeJS.Timeout | undefined;
  try {
    const session = await client.webrtc.stream(kind === "file" ? videoUpload(video) : manualFrames(), {
      workflow: detectColours,
      signal: abort.signal,
      config: {
        realtimeProcessing: false,
        dataOutput: ["predictions"],
        streamOutput: kind === "manual with video" ? ["picture"] : [],
      },
    });
    session.onData(() => {
      results += 1;
    });
    session.onFrame(() => {});
    if (way !== null) timer = setTimeout(() => void leave(way, session, abort, client), afterMs);
    const sending = kind === "file" ? Promise.resolve() : send(session);
    const { reason } = await session.run();
    await sending;
    return way === null ? `${reason} with ${results} results` : `ended early: ${reason}`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return way === null ? `FAILED: ${code}` : `ended early: ${code}`;
  } finally {
    clearTimeout(timer);
    await client.close();
  }
}

async function send(session: LiveSession): Promise<void> {
  try {
    for (let number = 0; number < FRAMES; number++) {
      if (!(await session.send(numberedPicture(number), number * 33))) return;
    }
    await session.finish();
  } catch {
    // The session has ended meanwhile; how, `run` tells.
  }
}

async function leave(
  way: (typeof WAYS)[number],
  session: LiveSession,
  abort: AbortController,
  client: InferenceHTTPClient,
): Promise<void> {
  if (way === "abort") abort.abort();
  else if (way === "close") await session.close();
  else if (way === "close the client") await client.close();
  else {
    try {
      for await (const _frame of session.data()) break;
    } catch {
      // It had ended already.
    }
  }
}
