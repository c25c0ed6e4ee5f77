import type { Expectation, RuleContext } from "../expectation.ts";
import { callsWithOutcome, refusal } from "../expectation.ts";
import { isRecord, type JsonRecord, listAt, mapStrings, recordAt, textAt } from "../json.ts";
import { expectedDeliveries, messageIn, metadataOf } from "../live/expected-deliveries.ts";
import { LIVE_METHOD, type LiveRecord, type LiveScript, liveScript } from "../live/live-record.ts";
import type { RecordedRequest } from "../read-case.ts";
import { configured, jsonOf } from "../recorded-facts.ts";
import type { DeviationRule } from "./rule.ts";

/** True for the request that starts a worker, which is sent once. */
export function isLiveStart(request: RecordedRequest): boolean {
  return request.method === "POST" && request.path.endsWith("/initialise_webrtc_worker");
}

interface LiveFacts extends RuleContext {
  readonly script: LiveScript;
  /** Arguments of the recorded call, and its source. */
  readonly args: JsonRecord;
  readonly source: JsonRecord;
}

type LiveApply = (
  expectation: Expectation & { readonly live: LiveRecord },
  facts: LiveFacts,
) => Expectation | null;

/** Rules about live video. */
export const LIVE_RULES: readonly DeviationRule[] = [
  live({
    name: "unusable TURN servers",
    codes: ["D-turn-keyerror"],
    python: "A TURN server without user name or credential ends in a `KeyError` inside a `RuntimeError`.",
    ours: "`INVALID_PARAMETER` that names what is missing, before anything is opened.",
    apply: (expectation, { args }) => {
      const turn = recordAt(recordAt(args, "config"), "turn_server");
      const servers = Array.isArray(turn.iceServers)
        ? turn.iceServers
        : turn.urls === undefined
          ? []
          : [turn];
      const missing = ["username", "credential"].find((field) =>
        servers.some((server) => textAt(server, field) === undefined),
      );
      if (missing === undefined) return null;
      return {
        ...refusal(expectation, ["INVALID_PARAMETER"], { mentions: [missing] }),
        live: nothing(expectation),
      };
    },
  }),
  live({
    name: "TURN answers of another form",
    codes: ["D-turn-shape"],
    python: "An answer of the platform that holds no TURN servers ends the start with an `AttributeError`.",
    ours: "The session starts without TURN, as when the platform does not answer, and says so in a note.",
    apply: (expectation, { golden }) => {
      const [outcome] = golden.outcomes;
      const failed = outcome?.kind === "error" ? String(outcome.error.message) : "";
      const [asked, ...others] = expectation.exchanges;
      const isShape =
        failed.includes("AttributeError") &&
        others.length === 0 &&
        asked?.request.path === "/webrtc_turn_config";
      if (!golden.deviationCodes.includes("D-turn-shape") && !isShape) return null;
      // The script ends with the platform's answer: what the start would have been told is not recorded.
      const [first] = expectation.exchanges;
      const start: RecordedRequest = {
        method: "POST",
        url: `${golden.apiUrl.replace(/\/+$/, "")}/initialise_webrtc_worker`,
        path: "/initialise_webrtc_worker",
        query: [],
        headers: { "content-type": "application/json" },
        body: { kind: "json", value: { $any: "object" } },
      };
      return {
        ...expectation,
        exchanges: [...(first === undefined ? [] : [first]), { request: start, response: ANSWER }],
        outcomes: [{ kind: "result", value: { session: "started" } }],
        live: undefined,
      };
    },
  }),
  live({
    name: "the platform of the region",
    codes: [],
    python: "TURN servers and tasks are asked of `api.roboflow.com`, wherever the server is.",
    ours: "The platform of the server's own region is asked: `api.roboflow.eu` for `serverless.roboflow.eu`.",
    apply: (expectation, { golden }) => {
      const region = REGION.exec(golden.apiUrl)?.[1];
      if (region === undefined) return null;
      let changed = false;
      const exchanges = expectation.exchanges.map((exchange) => {
        const { url } = exchange.request;
        if (url?.startsWith("https://api.roboflow.com/") !== true) return exchange;
        changed = true;
        const moved = url.replace("api.roboflow.com", `api.${region}`);
        return { ...exchange, request: { ...exchange.request, url: moved } };
      });
      return changed ? { ...expectation, exchanges } : null;
    },
  }),
  live({
    name: "empty names of sessions",
    codes: [],
    python:
      "Sends an empty workflow id, input name or model id, and starts without TURN for an empty setting of it.",
    ours: "`INVALID_PARAMETER` before anything is opened.",
    apply: (expectation, { args }) => {
      const isEmpty = NAMES.some((name) => args[name] === "");
      const turn = recordAt(args, "config").turn_server;
      if (!isEmpty && !(isRecord(turn) && Object.keys(turn).length === 0)) return null;
      const live = nothing(expectation);
      return { ...withError(expectation, ["INVALID_PARAMETER"]), exchanges: [], live };
    },
  }),
  live({
    name: "the input of sessions by model id",
    codes: [],
    python: "The workflow that is made for a model calls its input `image`, whatever `image_input` says.",
    ours: "Its input has the name that was asked for.",
    apply: (expectation, { args }) => {
      const { image_input: name } = args;
      if (typeof name !== "string" || name === "image" || args.model_id === undefined) return null;
      const exchanges = expectation.exchanges.map((exchange) => {
        const body = recordAt(exchange.request.body, "value");
        const configuration = recordAt(body, "workflow_configuration");
        if (!isLiveStart(exchange.request)) return exchange;
        const specification = mapStrings(configuration.workflow_specification, (text) =>
          text === "$inputs.image" ? `$inputs.${name}` : text,
        );
        const inputs = [{ type: "InferenceImage", name }];
        const workflow = { ...(isRecord(specification) ? specification : {}), inputs };
        const value = {
          ...body,
          workflow_configuration: { ...configuration, workflow_specification: workflow },
        };
        return { ...exchange, request: { ...exchange.request, body: { ...exchange.request.body, value } } };
      });
      return { ...expectation, exchanges };
    },
  }),
  live({
    name: "the key of the TURN request",
    codes: ["D-turn-key"],
    python: "The key is in the query also with the transport `header`.",
    ours: "With `header` it is in the `Authorization` header alone.",
    apply: (expectation, { golden }) => {
      if (configured(golden, "api_key_transport") !== "header") return null;
      const isTurn = ({ path }: RecordedRequest): boolean => path === "/webrtc_turn_config";
      if (!expectation.exchanges.some(({ request }) => isTurn(request))) return null;
      const headers = typeof golden.apiKey === "string" ? { authorization: `Bearer ${golden.apiKey}` } : {};
      const exchanges = expectation.exchanges.map((exchange) =>
        isTurn(exchange.request)
          ? { ...exchange, request: { ...exchange.request, query: [], headers } }
          : exchange,
      );
      return { ...expectation, exchanges };
    },
  }),
  live({
    name: "a worker that is not started",
    codes: ["D-webrtc-errors"],
    python: "A failed start is a plain `RuntimeError` with the raw answer in its text.",
    ours: "It is the error of any other request (`HTTP_ERROR` with status and message, `ROUTE_NOT_AVAILABLE`, `CONNECTION_FAILED`). Sent once: a second request that arrives would start a second worker.",
    apply: (expectation, { golden }) => {
      const last = expectation.exchanges.at(-1);
      const isFailed = golden.outcomes[0]?.kind === "error";
      return isFailed && last !== undefined && isLiveStart(last.request) ? expectation : null;
    },
  }),
  live({
    name: "models that the platform does not know",
    codes: [],
    python: "A lookup that fails is a `RuntimeError`.",
    ours: "404 is `INVALID_PARAMETER` that names `taskType` as the way out, an answer without a task `INVALID_RESPONSE`; everything else is the error of the request.",
    apply: (expectation) => {
      const last = expectation.exchanges.at(-1);
      if (last?.request.path !== LOOKUP) return null;
      if (last.response?.status === 404) return withError(expectation, ["INVALID_PARAMETER"], ["taskType"]);
      const tells = textAt(recordAt(jsonOf(last.response), "modelMetadata"), "taskType");
      return last.response?.status === 200 && tells === undefined
        ? withError(expectation, ["INVALID_RESPONSE"])
        : null;
    },
  }),
  live({
    name: "sources that cannot be opened",
    codes: ["D-upload-lost"],
    python:
      "A camera or stream that cannot be opened is a `RuntimeError`; a file that is missing is never told, and the session waits for ever.",
    ours: "The session fails before the server is asked, with the error of the source, and everything is closed.",
    apply: (expectation, { golden, source }) => {
      const isMissing = golden.deviationCodes.includes("D-upload-lost");
      const [outcome] = golden.outcomes;
      const fails =
        outcome?.kind === "error" &&
        expectation.exchanges.length === 0 &&
        ["WebcamSource", "LocalStreamSource"].includes(textAt(source, "type") ?? "") &&
        textAt(outcome.error, "class") === "RuntimeError";
      if (!isMissing && !fails) return null;
      const codes = ["WEBRTC_SESSION_FAILED", "INVALID_INPUT_FORMAT", "INVALID_URL_INPUT"] as const;
      // A download begins when the worker listens, as in Python.
      if (/^https?:/.test(textAt(recordAt(source, "args"), "path") ?? ""))
        return withError(expectation, codes);
      const failed = withError({ ...expectation, exchanges: [] }, codes);
      if (!isMissing) return failed;
      const peer = [{ peer: null }, { createDataChannel: "inference" }, { close: true }];
      return { ...failed, live: { ...expectation.live, peer, uploads: [] } };
    },
  }),
  live({
    name: "a closed session",
    codes: [],
    python: "`RuntimeError`.",
    ours: "`CLOSED`.",
    apply: (expectation, { script }) => (script.useAfterClose ? withError(expectation, ["CLOSED"]) : null),
  }),
  live({
    name: "sources stop first",
    codes: [],
    python: "The connection is closed, then the camera or stream is released.",
    ours: "The camera or stream is released, then the connection is closed.",
    apply: (expectation) => {
      const { peer } = expectation.live;
      const releases = peer.filter((step) => "releaseWebcam" in step || "stopStream" in step);
      if (releases.length === 0) return null;
      const others = peer.filter((step) => !releases.includes(step) && !("close" in step));
      return {
        ...expectation,
        live: { ...expectation.live, peer: [...others, ...releases, { close: true }] },
      };
    },
  }),
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

const LOOKUP = "/models/v1/external/stat";
/** Hosts outside the main region, with the domain of their platform. */
const REGION = /^https:\/\/[a-z]+\.(roboflow\.eu|roboflow\.one|roboflow-eu\.one)$/;
const NAMES = ["workflow", "model_id", "image_input"];

/** An answer to an offer. */
const ANSWER = {
  status: 200,
  headers: {},
  body: { json: { type: "answer", sdp: "v=0\r\no=- answer\r\n" } },
  delayMs: 0,
  for: {},
};

function live(rule: Omit<DeviationRule, "topic" | "apply"> & { readonly apply: LiveApply }): DeviationRule {
  return {
    ...rule,
    topic: "live video",
    apply: (expectation, context) => {
      const call = callsWithOutcome(context.golden)[0];
      if (call?.method !== LIVE_METHOD || expectation.live === undefined || !isRecord(call.args)) return null;
      const source = recordAt(call.args, "source");
      const script = liveScript(context.golden);
      return rule.apply(
        { ...expectation, live: expectation.live },
        { ...context, script, args: call.args, source },
      );
    },
  };
}

function nothing({ live: record }: { readonly live: LiveRecord }): LiveRecord {
  return { ...record, peer: [], uploads: [] };
}

function withError(
  expectation: Expectation,
  codes: Extract<Expectation["outcomes"][number], { kind: "error" }>["codes"],
  mentions: readonly string[] = [],
): Expectation {
  return { ...expectation, outcomes: [{ kind: "error", codes, mentions }] };
}

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
