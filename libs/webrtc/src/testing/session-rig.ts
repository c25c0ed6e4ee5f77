import { AbortedError } from "@inference-ts/errors";
import { checkStreamConfig, type StreamConfig } from "../config/stream-config.ts";
import { chunkMessage } from "../data-channel/chunk.ts";
import type { LiveSource } from "../peer/live-source.ts";
import { LiveSession } from "../session/live-session.ts";
import type { SessionParts } from "../session/session-parts.ts";
import { planSession } from "../signalling/init-request.ts";
import { manualFrames } from "../sources/manual-frames.ts";
import { FakeClock, settle } from "./fake-clock.ts";
import { type FakeChannel, type FakePeer, fakePeers } from "./fake-peer.ts";

/** A session on a fake peer and a fake clock, with a worker to be played by the test. */
export interface Rig {
  readonly session: LiveSession;
  readonly clock: FakeClock;
  readonly abort: AbortController;
  readonly lifetimesEnded: () => number;
  readonly peer: () => FakePeer;
  readonly channel: () => FakeChannel;
  /** Every peer that was opened was closed, once. */
  readonly peersClosed: () => boolean;
  /** A message of the worker. */
  readonly message: (fields: Readonly<Record<string, unknown>>, frameId?: number) => void;
  /** The results of frame `id` at time `pts`, in ticks of the track. */
  readonly result: (id: number, data?: unknown, pts?: number | null) => void;
  readonly complete: (reason?: string) => void;
}

export function rig(
  options: Partial<SessionParts> & {
    readonly config?: StreamConfig;
    readonly byModel?: boolean;
    readonly prepare?: (peer: FakePeer) => void;
  } = {},
): Rig {
  const { config, byModel = false, prepare, source = manualFrames(), ...parts } = options;
  const clock = new FakeClock();
  const abort = new AbortController();
  const peers = fakePeers(prepare);
  let ended = 0;
  const work = byModel ? { modelId: "colours/1", task: "object-detection" } : { specification: {} };
  const session = new LiveSession({
    source,
    plan: planSession(checkStreamConfig(config), source.plan, work),
    openPeer: peers.open,
    negotiation: {
      iceServers: () => Promise.resolve({ servers: [], notes: [] }),
      answer: () => Promise.resolve({ type: "answer", sdp: "answer" }),
    },
    openLifetime: () => ({
      signal: abort.signal,
      error: () => new AbortedError("aborted by the test"),
      end: () => {
        ended += 1;
      },
    }),
    clock,
    ...parts,
  });
  const peer = (): FakePeer => {
    const [first] = peers.made;
    if (first === undefined) throw new Error("no peer was opened");
    return first;
  };
  const channel = (): FakeChannel => peer().channel("inference");
  const message: Rig["message"] = (fields, frameId = 1) => {
    const bytes = new TextEncoder().encode(JSON.stringify(fields));
    for (const chunk of chunkMessage(frameId, bytes)) channel().events.message(chunk);
  };
  return {
    session,
    clock,
    abort,
    lifetimesEnded: () => ended,
    peer,
    channel,
    peersClosed: () => peers.made.every(({ closes }) => closes === 1),
    message,
    result: (id, data = { n: id }, pts = id * 3000) =>
      message(
        {
          serialized_output_data: data,
          video_metadata: {
            frame_id: id,
            received_at: "2026-01-02T03:04:05.000006",
            pts,
            time_base: 1 / 90_000,
          },
          errors: [],
          processing_complete: false,
        },
        id,
      ),
    complete: (reason) =>
      message({ processing_complete: true, termination_reason: reason ?? null }, 1_000_000),
  };
}

/** A source of frames that the test lets go on. */
export function quietSource(plan: LiveSource["plan"]): LiveSource & { closes: number } {
  const source = {
    plan,
    closes: 0,
    close: () => {
      source.closes += 1;
      return Promise.resolve();
    },
  };
  return source;
}

export { settle };
