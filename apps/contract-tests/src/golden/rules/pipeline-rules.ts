import { callsWithOutcome, changeRequests, refusal } from "../expectation.ts";
import { isRecord } from "../json.ts";
import type { GoldenCase, RecordedCall, RecordedRequest } from "../read-case.ts";
import { argument, configured, jsonOf } from "../recorded-facts.ts";
import type { DeviationRule } from "./rule.ts";

const START = "start_inference_pipeline_with_workflow";
const PREFIX = "/inference_pipelines/";
const COMMAND = /\/(status|consume|pause|resume|terminate)$/;

/** True for the request that starts a pipeline, which is sent once. */
export function isPipelineStart(request: RecordedRequest): boolean {
  return request.method === "POST" && request.path.endsWith(`${PREFIX}initialise`);
}

/** Rules about inference pipelines. */
export const PIPELINE_RULES: readonly DeviationRule[] = [
  {
    name: "answers of the stream manager say how it went",
    topic: "results",
    codes: ["D-raw-errors"],
    python: "Any JSON is handed on as the answer of a pipeline method.",
    ours: "`INVALID_RESPONSE` unless the answer is an object whose `status` is a text.",
    apply: (expectation, { golden }) => {
      const response = expectation.exchanges.at(-1)?.response;
      const json = jsonOf(response);
      if (pipelineCall(golden) === undefined || golden.isSequence || json === undefined) return null;
      if (response === undefined || response.fault !== undefined || response.status >= 300) return null;
      if (isRecord(json) && typeof json.status === "string") return null;
      return { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }] };
    },
  },
  {
    name: "escaped pipeline ids",
    topic: "addresses",
    codes: ["D-path-escape"],
    python: "Ids of pipelines go into the path as they are: `../x y` asks another route.",
    ours: "The id is one escaped part of the path; an id of dots only is refused.",
    apply: (expectation, { golden }) => {
      const id = pipelineId(golden);
      if (id === undefined || encodeURIComponent(id) === id) return null;
      if (/^\.{1,2}$/.test(id)) return refusal(expectation, ["INVALID_PARAMETER"]);
      return changeRequests(expectation, (request) => {
        const command = COMMAND.exec(request.path)?.[0];
        if (command === undefined) return request;
        return { ...request, path: `${PREFIX}${encodeURIComponent(id)}${command}`, query: [] };
      });
    },
  },
  {
    name: "bare names of video files",
    topic: "inputs",
    codes: [],
    python: "Sends `video.mp4`, which servers since 1.6 answer with 422.",
    ours: "`INVALID_PARAMETER` that says how a path must be written; `anyVideoReference: true` sends it, for older servers.",
    apply: (expectation, { golden }) => {
      const call = pipelineCall(golden);
      if (call?.method !== START || expectation.exchanges.length === 0) return null;
      const reference = argument(call, "video_reference", 0);
      const bare = (Array.isArray(reference) ? reference : [reference]).find(isBareName);
      return bare === undefined
        ? null
        : refusal(expectation, ["INVALID_PARAMETER"], { mentions: [String(bare)] });
    },
  },
  {
    name: "no body with GET",
    topic: "keys",
    codes: ["D-get-body"],
    python:
      "Lists, asks and consumes with a JSON body in a GET request, which proxies drop and browsers cannot send.",
    ours: "GET requests have no body: the key is in the `Authorization` header, or in the query where `legacy` allows only the older places. `excludedFields` are the exception, since the server reads them nowhere else: they go in a body, which `./node` can send; other transports refuse with `INVALID_PARAMETER`.",
    apply: (expectation, { golden }) => {
      if (pipelineCall(golden) === undefined) return null;
      if (!expectation.exchanges.some(({ request }) => hasNeedlessBody(request))) return null;
      const isLegacy = configured(golden, "api_key_transport") === "legacy";
      return changeRequests(expectation, (request) => {
        if (!hasNeedlessBody(request)) return request;
        const { "content-type": _type, ...headers } = request.headers;
        const key = golden.apiKey;
        const query = isLegacy && typeof key === "string" ? [["api_key", key] as const] : [];
        return { ...request, headers, query, body: { kind: "empty", value: undefined } };
      });
    },
  },
];

function pipelineCall(golden: GoldenCase): RecordedCall | undefined {
  const call = callsWithOutcome(golden)[0];
  return call?.method.includes("inference_pipeline") === true ? call : undefined;
}

function pipelineId(golden: GoldenCase): string | undefined {
  const call = pipelineCall(golden);
  if (call === undefined || call.method === START) return undefined;
  const id = argument(call, "pipeline_id", 0);
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** Neither a path that begins with `/`, `./`, `../` or a drive, nor a URL. */
function isBareName(source: unknown): boolean {
  return typeof source === "string" && !/^(\/|\.\.?\/|[a-z]:[\\/]|[a-z][a-z0-9+.-]*:\/\/)/i.test(source);
}

/** A body that says nothing but the key. */
function hasNeedlessBody(request: RecordedRequest): boolean {
  if (request.method !== "GET" || request.body.kind !== "json") return false;
  const { value } = request.body;
  if (!isRecord(value)) return false;
  const { excluded_fields: excluded } = value;
  return excluded === undefined || (Array.isArray(excluded) && excluded.length === 0);
}
