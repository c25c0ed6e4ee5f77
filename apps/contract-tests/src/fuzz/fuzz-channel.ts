import { setImmediate } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { InferenceHTTPClient, isInferenceError } from "@inference-ts/sdk/node";
import { type LiveSession, rtspCamera, videoUpload } from "@inference-ts/sdk/webrtc";
import { type ScriptedPeer, scriptedPeers } from "../golden/live/scripted-peer.ts";
import { mutate } from "./mutate.ts";
import type { Random } from "./random.ts";

/** What came of many mutated messages of a live video worker. */
export interface ChannelReport {
  /** Messages that were read and handed on. */
  readonly delivered: number;
  /** Messages that were reported with a typed error. */
  readonly errors: number;
  /** Messages that were left out and counted. */
  readonly ignored: number;
  /** Most bytes that incomplete messages held at once. */
  readonly mostHeldBytes: number;
  readonly sessions: number;
  /** Anything else: what was thrown, or an end that nothing explains. */
  readonly faults: readonly string[];
  readonly heapGrowthBytes: number | undefined;
}

/** Messages after which a session is replaced, so that starts and ends are among what is tried. */
const MESSAGES_PER_SESSION = 500;
/** Messages that arrive together. */
const BATCH = 20;
/** Incomplete messages may hold this much: the default of the session. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;
const WORKFLOW = { version: "1.0", inputs: [], steps: [], outputs: [] };

/** Sends mutated messages to sessions. The same random numbers give the same messages. */
export async function fuzzChannel(
  seeds: readonly Uint8Array[],
  count: number,
  random: Random,
  collect?: () => void,
): Promise<ChannelReport> {
  const faults: string[] = [];
  const onUnhandled = (reason: unknown): void => {
    faults.push(`unhandled: ${String(reason)}`);
  };
  process.on("unhandledRejection", onUnhandled);
  let [delivered, errors, ignored, mostHeldBytes, sessions] = [0, 0, 0, 0, 0];
  let heapAtStart: number | undefined;
  let sent = 0;
  while (sent < count && faults.length === 0) {
    sessions += 1;
    const found = await oneSession(seeds, Math.min(MESSAGES_PER_SESSION, count - sent), random);
    sent += found.sent;
    delivered += found.delivered;
    errors += found.errors;
    ignored += found.ignored;
    mostHeldBytes = Math.max(mostHeldBytes, found.mostHeldBytes);
    faults.push(...found.faults);
    if (heapAtStart === undefined && sent >= count / 10) heapAtStart = heapAfter(collect);
  }
  await setImmediate();
  process.off("unhandledRejection", onUnhandled);
  const heapAtEnd = heapAfter(collect);
  if (mostHeldBytes > MAX_HELD_BYTES) faults.push(`${mostHeldBytes} bytes were held`);
  const heapGrowthBytes =
    heapAtStart === undefined || heapAtEnd === undefined ? undefined : heapAtEnd - heapAtStart;
  return { delivered, errors, ignored, mostHeldBytes, sessions, faults, heapGrowthBytes };
}

async function oneSession(seeds: readonly Uint8Array[], most: number, random: Random) {
  const faults: string[] = [];
  let peer: ScriptedPeer | undefined;
  let errors = 0;
  await using client = new InferenceHTTPClient({
    apiUrl: "http://fuzzed.test",
    transport: {
      name: "fuzzed",
      send: () => Promise.resolve(ANSWER),
      close: () => Promise.resolve(),
    },
  });
  const byModel = random.chance(0.5);
  await using session = await client.webrtc.stream(
    random.chance(0.5) ? rtspCamera("rtsp://camera.test") : videoUpload(Uint8Array.of(1)),
    {
      ...(byModel ? { modelId: "a/1", taskType: "object-detection" } : { workflow: WORKFLOW }),
      config: { realtimeProcessing: random.chance(0.5) },
      peer: scriptedPeers({ steps: [], sent: [], uploads: [] }, new Set(), (made) => {
        peer = made;
      }),
    },
  );
  session.onError((problem) => {
    if (problem.kind === "message" && !isInferenceError(problem.error)) faults.push(String(problem.error));
    if (problem.kind === "message") errors += 1;
    if (problem.kind === "handler") faults.push(`a handler failed: ${String(problem.error)}`);
  });
  session.onData((data) => JSON.stringify(data).length);
  session.onFrame((image) => image.kind);
  const ended = session.run().catch((error: unknown) => {
    if (!isInferenceError(error)) faults.push(`the session threw ${String(error)}`);
  });
  await session.start();
  let sent = 0;
  let mostHeldBytes = 0;
  while (sent < most && session.phase === "streaming") {
    for (let at = 0; at < Math.min(BATCH, most - sent); at += 1) {
      try {
        peer?.receive(mutatedMessage(seeds, random));
      } catch (error) {
        faults.push(`receiving threw ${String(error)}`);
      }
    }
    sent += BATCH;
    const { heldBytes } = await whenRead(session);
    mostHeldBytes = Math.max(mostHeldBytes, heldBytes);
  }
  const { messages, ignored } = await whenRead(session);
  await session.close();
  await ended;
  const left = Object.values(ignored).reduce((sum, one) => sum + one, 0);
  return { sent, delivered: messages, errors, ignored: left, mostHeldBytes, faults };
}

/** The counters, once everything that arrived was read. */
async function whenRead(session: LiveSession) {
  for (;;) {
    await setImmediate();
    const { channel } = await session.stats();
    if (channel.reading === 0) return channel;
  }
}

/** A message as a hostile or broken worker could send it. */
function mutatedMessage(seeds: readonly Uint8Array[], random: Random): Uint8Array | string {
  const seed = random.pick(seeds);
  const bytes = seed.slice();
  switch (random.below(9)) {
    case 0:
      return bytes;
    case 1:
      return bytes.subarray(0, random.below(bytes.length + 1));
    case 2: {
      for (let flips = random.below(8); flips >= 0; flips -= 1) {
        bytes[random.below(bytes.length)] = random.below(256);
      }
      return bytes;
    }
    case 3:
      return withHeader(bytes.subarray(12), random);
    case 4:
      return new TextDecoder().decode(mutate(readable(seed), random).bytes);
    case 5:
      return Uint8Array.from({ length: random.below(200) }, () => random.below(256));
    case 6:
      return framed(gzipSync(mutate(readable(seed), random).bytes), random);
    case 7:
      // Inflates to a thousand times its length.
      return framed(gzipSync(new Uint8Array(random.below(2_000_000))), random);
    default:
      return framed(mutate(readable(seed), random).bytes, random);
  }
}

const WILD = [0, 1, 2, 3, 7, 100, 65_535, 0x7f_ff_ff_ff, 0xff_ff_ff_ff];

function withHeader(payload: Uint8Array, random: Random): Uint8Array {
  const message = new Uint8Array(12 + payload.length);
  const header = new DataView(message.buffer);
  for (const at of [0, 4, 8]) header.setUint32(at, random.pick(WILD), true);
  message.set(payload, 12);
  return message;
}

/** The whole message, or one of a few chunks of it. */
function framed(payload: Uint8Array, random: Random): Uint8Array {
  const total = 1 + random.below(3);
  const index = random.below(total);
  const size = Math.ceil(payload.length / total);
  const message = withHeader(payload.subarray(index * size, (index + 1) * size), random);
  const header = new DataView(message.buffer);
  header.setUint32(0, random.below(20), true);
  header.setUint32(4, index, true);
  header.setUint32(8, total, true);
  return message;
}

function readable(message: Uint8Array): unknown {
  const payload = message.subarray(12);
  try {
    const text = payload[0] === 0x1f ? gunzipSync(payload) : Buffer.from(payload);
    return JSON.parse(text.toString("utf8"));
  } catch {
    return { serialized_output_data: { count: 1 }, errors: [], processing_complete: false };
  }
}

function heapAfter(collect: (() => void) | undefined): number | undefined {
  if (collect === undefined) return undefined;
  collect();
  return process.memoryUsage().heapUsed;
}

const ANSWER_BYTES = Buffer.from('{"type":"answer","sdp":"v=0"}');
const ANSWER = {
  status: 200,
  header: () => null,
  bytes: () => Promise.resolve(ANSWER_BYTES),
  stream: async function* () {
    yield ANSWER_BYTES;
  },
  discard: () => undefined,
};
