import type { Expectation } from "../expectation.ts";
import { isRecord, listAt, recordAt, textAt } from "../json.ts";
import { expectedDeliveries, messageIn, metadataOf } from "../live/expected-deliveries.ts";
import type { LiveScript } from "../live/live-record.ts";
import { type LiveApply, type LiveFacts, live } from "./live-facts.ts";
import { LIVE_START_RULES } from "./live-start-rules.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about live video. */
export const LIVE_RULES: readonly DeviationRule[] = [
  ...LIVE_START_RULES,
  live({
    name: "what a message that is no chunk says",
    codes: ["D-chunks-unframed", "D-chunk-index", "D-chunks-unbounded"],
    python:
      "A binary message of 12 bytes or more is taken for a chunk: JSON without a header is swallowed, an index beyond the total ends in a `KeyError`, an incomplete frame is kept for ever.",
    ours: "JSON without a header is a message; chunks that cannot be are counted in `stats`; what is kept for incomplete frames is limited in bytes, number and age.",
    apply: (expectation, facts) => {
      const { script } = facts;
      const isOdd = script.meanings.some(
        (meaning) =>
          meaning.unframed === true || (isRecord(meaning.json) && messageIn(meaning) === undefined),
      );
      return isOdd ? withDeliveries(expectation, facts) : null;
    },
  }),
  live({
    name: "data with the end message",
    codes: ["D-complete-drops"],
    python: "What comes with `processing_complete` is not delivered.",
    ours: "It is delivered, then the session ends.",
    apply: (expectation, facts) => {
      const { script } = facts;
      const last = script.meanings.find((meaning) => messageIn(meaning)?.processing_complete === true);
      const data = last === undefined ? undefined : messageIn(last)?.serialized_output_data;
      return data === undefined || data === null ? null : withDeliveries(expectation, facts);
    },
  }),
  live({
    name: "several handlers for all data",
    codes: [],
    python: "The last global data handler replaces the others.",
    ours: "All are called, in the order in which they were added.",
    apply: (expectation, facts) => {
      const { script } = facts;
      const whole = script.handlers.filter(({ on, field }) => on === "data" && field === undefined);
      return whole.length > 1 ? withDeliveries(expectation, facts) : null;
    },
  }),
  live({
    name: "outputs that are no pictures",
    codes: [],
    python:
      "Every output that `stream_output` names is left out of the data of a file session, also one that is no picture.",
    ours: "Only pictures are left out; what is none stays among the data.",
    apply: (expectation, facts) => {
      const names = picturesAsData(facts);
      const isKept = facts.script.meanings.some((meaning) => {
        const outputs = recordAt(messageIn(meaning), "serialized_output_data");
        return names.some(
          (name) => Object.hasOwn(outputs, name) && recordAt(outputs, name).type !== "base64",
        );
      });
      return isKept ? withDeliveries(expectation, facts) : null;
    },
  }),
  live({
    name: "how a session ended",
    codes: ["D-termination-reason", "D-end-lost"],
    python:
      "The end mark is lost when eight frames wait, and the loop over them never ends; why the worker stopped is not told.",
    ours: "The end comes after the frames that wait, whatever their number; `run`, `wait` and `onEnd` tell `reason` and the worker's `terminationReason`.",
    apply: (expectation, { script }) => {
      const last = script.meanings.map(messageIn).find((message) => message?.processing_complete === true);
      if (last === undefined) return null;
      const { videoQueue } = expectation.live;
      const terminationReason = textAt(last, "termination_reason") ?? null;
      const reason = terminationReason === "timeout_reached" ? "processing-timeout" : "complete";
      return {
        ...expectation,
        live: {
          ...expectation.live,
          videoQueue: videoQueue.at(-1) === "END" ? videoQueue : [...videoQueue, "END"],
          ended: { reason, terminationReason },
        },
      };
    },
  }),
  live({
    name: "nothing comes after the end",
    codes: [],
    python: "What arrives after `processing_complete` is delivered.",
    ours: "The session has ended: nothing more is delivered.",
    apply: (expectation, facts) => {
      const { meanings } = facts.script;
      const end = meanings.findIndex((meaning) => messageIn(meaning)?.processing_complete === true);
      if (end < 0 || end === meanings.length - 1) return null;
      const script = { ...facts.script, meanings: meanings.slice(0, end + 1) };
      const changed = withDeliveries(expectation, { ...facts, script });
      const queue = expectation.live.videoQueue;
      const videoQueue = queue.includes("END") ? queue.slice(0, queue.indexOf("END") + 1) : queue;
      return { ...changed, live: { ...expectation.live, ...changed.live, videoQueue } };
    },
  }),
  live({
    name: "unreadable messages and pictures",
    codes: ["D-broken-frame"],
    python:
      "A picture that cannot be decoded is a frame of nothing; a message that is no JSON is only logged.",
    ours: "Both are reported to `onError` as `INVALID_RESPONSE` and left out.",
    apply: (expectation, { script }) => {
      const { videoQueue } = expectation.live;
      const frames = videoQueue.filter((entry) => !(isRecord(entry) && entry.frame === null));
      const texts = script.messages.filter((message) => typeof message === "string" && !isJson(message));
      const count = videoQueue.length - frames.length + texts.length;
      if (count === 0) return null;
      const problems = Array.from({ length: count }, () => "INVALID_RESPONSE");
      return { ...expectation, live: { ...expectation.live, videoQueue: frames, problems } };
    },
  }),
  live({
    name: "acks of sessions that are not realtime",
    codes: ["D-ack-flag"],
    python:
      "Acks are sent when the configuration says so, although a file has a setting of its own: file sessions are never paced, and frames are dropped from a queue of eight.",
    ours: "Acks are sent when the session is not realtime, the first at once, the others once handlers and loops have taken what came: the newest number stands for those before it.",
    apply: (expectation, { script, args, source }) => {
      const isFile = textAt(source, "type") === "VideoFileSource";
      const realtime = isFile
        ? recordAt(source, "args").realtime_processing === true
        : recordAt(args, "config").realtime_processing !== false;
      const numbers = realtime ? [] : acknowledged(script);
      const isQueued = expectation.live.videoQueue.some(isRecord);
      const hasEnded = script.meanings.some((meaning) => messageIn(meaning)?.processing_complete === true);
      // Frames that wait for the caller hold later acks back; when they are taken after the end nobody waits for them.
      const first = numbers.slice(0, 1);
      const shown = isQueued ? [...first, ...(hasEnded ? [] : numbers.slice(1).slice(-1))] : numbers;
      const sent = shown.map((ack) => ({ ack }));
      if (JSON.stringify(sent) === JSON.stringify(expectation.live.sent)) {
        return numbers.length > 0 ? expectation : null;
      }
      return { ...expectation, live: { ...expectation.live, sent } };
    },
  }),
  live({
    name: "results with frames",
    codes: [],
    python:
      "In a session by model id a frame comes with its predictions, in a session by workflow with nothing.",
    ours: "Every frame comes with its outputs by name, as data handlers get them: `{ predictions }` by model id.",
    apply: (expectation) => {
      const { videoQueue } = expectation.live;
      if (!videoQueue.some((entry) => isRecord(entry) && isRecord(entry.data))) return null;
      const named = videoQueue.map((entry) =>
        isRecord(entry) && isRecord(entry.data) ? { ...entry, data: { predictions: entry.data } } : entry,
      );
      return { ...expectation, live: { ...expectation.live, videoQueue: named } };
    },
  }),
  live({
    name: "metadata of frames from a video track",
    codes: [],
    python:
      "Frames of a track get metadata made up by the client: the time as frame number, the client's clock.",
    ours: "They get the worker's metadata of the result they were paired with; without a result `null`.",
    apply: (expectation, { script }) => {
      if (script.pairing.length === 0) return null;
      const videoQueue = expectation.live.videoQueue.map((entry) =>
        isRecord(entry) ? { ...entry, metadata: entry.data === null ? null : { $any: "object" } } : entry,
      );
      return { ...expectation, live: { ...expectation.live, videoQueue } };
    },
  }),
];

function withDeliveries(expectation: Parameters<LiveApply>[0], facts: LiveFacts): Expectation {
  const delivered = expectedDeliveries(facts.script, picturesAsData(facts));
  return { ...expectation, live: { ...expectation.live, delivered } };
}

/** The outputs whose pictures come with the data: of files, unless they come as video. */
function picturesAsData({ args, source }: LiveFacts): readonly string[] {
  if (textAt(source, "type") !== "VideoFileSource") return [];
  if (recordAt(source, "args").use_datachannel_frames === false) return [];
  const names = listAt(recordAt(args, "config"), "stream_output").map(String);
  return names.length === 0 && args.model_id !== undefined ? ["image"] : names;
}

/** Numbers of the frames that are acknowledged one by one; none when the first message has no metadata. */
function acknowledged({ meanings }: LiveScript): readonly number[] {
  const messages = meanings.map(messageIn).filter((message) => message !== undefined);
  const end = messages.findIndex((message) => message.processing_complete === true);
  const frames = end < 0 ? messages : messages.slice(0, end);
  if (frames[0] === undefined || metadataOf(frames[0]) === null) return [];
  let last = 0;
  return frames.flatMap((message) => {
    const id = Number(recordAt(message, "video_metadata").frame_id);
    if (!Number.isSafeInteger(id) || id <= last) return [];
    last = id;
    return [id];
  });
}

function isJson(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}
