import { type Expectation, refusal } from "../expectation.ts";
import { isRecord, mapStrings, recordAt, textAt } from "../json.ts";
import type { LiveRecord } from "../live/live-record.ts";
import type { RecordedRequest } from "../read-case.ts";
import { configured, jsonOf } from "../recorded-facts.ts";
import { isLiveStart, live } from "./live-facts.ts";
import type { DeviationRule } from "./rule.ts";

/** Rules about how live sessions start and are closed. */
export const LIVE_START_RULES: readonly DeviationRule[] = [
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
