import { callsWithOutcome, changeRequests, refusal } from "../expectation.ts";
import { isRecord, textAt } from "../json.ts";
import type { GoldenCase, RecordedCall, RecordedRequest } from "../read-case.ts";
import { argument, configured, isApiRequest, jsonOf } from "../recorded-facts.ts";
import type { DeviationRule } from "./rule.ts";

const START = "start_inference_pipeline_with_workflow";
const PREFIX = "/inference_pipelines/";
const COMMANDS = ["status", "consume", "pause", "resume", "terminate"];
/** What an answer must have beside its status, by a part of the method's name. */
const NEEDED: readonly (readonly [method: string, isThere: (json: Record<string, unknown>) => boolean])[] = [
  ["start_", (json) => textAt(json.context, "pipeline_id") !== undefined],
  ["list_", (json) => Array.isArray(json.pipelines)],
  ["status", (json) => isRecord(json.report)],
  ["consume", (json) => Array.isArray(json.outputs)],
];
/** What a setting must be, where Python takes anything. */
const POSSIBLE: Readonly<Record<string, (value: unknown) => boolean>> = {
  results_buffer_size: (value) => Number.isInteger(value) && Number(value) > 0,
  workflows_thread_pool_workers: (value) => Number.isInteger(value) && Number(value) > 0,
  max_fps: (value) => typeof value === "number" && value > 0,
  batch_collection_timeout: (value) => typeof value === "number" && value > 0,
  video_reference: (value) =>
    [value].flat().every((source) => typeof source !== "number" || source >= 0) && [value].flat().length > 0,
  workspace_name: isText,
  workflow_id: isText,
  image_input_name: isText,
  video_metadata_input_name: isText,
  workflow_specification: isRecord,
};

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
    ours: "`INVALID_RESPONSE` unless the answer is an object whose `status` is a text, with the id of what was started, the list, the report or the outputs that were asked for.",
    apply: (expectation, { golden }) => {
      const response = expectation.exchanges.at(-1)?.response;
      const json = jsonOf(response);
      if (pipelineCall(golden) === undefined || golden.isSequence || json === undefined) return null;
      if (response === undefined || response.fault !== undefined || response.status >= 300) return null;
      const call = pipelineCall(golden);
      const isThere = NEEDED.find(([part]) => call?.method.includes(part))?.[1] ?? (() => true);
      if (isRecord(json) && typeof json.status === "string" && isThere(json)) return null;
      return { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }] };
    },
  },
  {
    name: "impossible settings of a pipeline are refused",
    topic: "inputs",
    codes: [],
    python: "Takes any value: a buffer of no results, a rate of 0, an empty name.",
    ours: "`INVALID_PARAMETER` for counts that are not whole numbers above 0, rates and times that are not above 0, empty names and a specification that is no object. Nothing is sent.",
    apply: (expectation, { golden }) => {
      const call = pipelineCall(golden);
      if (call?.method !== START || !isRecord(call.args)) return null;
      const isImpossible = Object.entries(call.args).some(
        ([name, value]) => value !== null && POSSIBLE[name]?.(value) === false,
      );
      return isImpossible ? refusal(expectation, ["INVALID_PARAMETER"]) : null;
    },
  },
  {
    name: "escaped pipeline ids",
    topic: "addresses",
    codes: ["D-path-escape"],
    python: "Ids of pipelines go into the path as they are: `../x y` asks another route.",
    ours: "The id is one escaped part of the path; an id of dots only is refused, and one that is no text.",
    apply: (expectation, { golden }) => {
      const call = pipelineCall(golden);
      const id = pipelineId(golden);
      const command = COMMANDS.find((name) => call?.method.includes(name));
      if (id === undefined || command === undefined) return null;
      if (typeof id !== "string" || /^\.{1,2}$/.test(id)) return refusal(expectation, ["INVALID_PARAMETER"]);
      if (encodeURIComponent(id) === id) return null;
      return changeRequests(expectation, (request) =>
        isApiRequest(golden, request)
          ? { ...request, path: `${PREFIX}${encodeURIComponent(id)}/${command}`, query: [] }
          : request,
      );
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

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** Whatever was given as the id; `undefined` where nothing was, which both clients refuse. */
function pipelineId(golden: GoldenCase): unknown {
  const call = pipelineCall(golden);
  if (call === undefined || call.method === START) return undefined;
  const id = argument(call, "pipeline_id", 0);
  return id === null || id === "" ? undefined : id;
}

/** Neither a path that begins with `/`, `./`, `../` or a drive, nor a URL. */
function isBareName(source: unknown): boolean {
  return (
    typeof source === "string" && !/^(\{INPUTS\}|\/|\.\.?\/|[a-z]:[\\/]|[a-z][a-z0-9+.-]*:\/\/)/i.test(source)
  );
}

/** A body that says nothing but the key. */
function hasNeedlessBody(request: RecordedRequest): boolean {
  if (request.method !== "GET" || request.body.kind !== "json") return false;
  const { value } = request.body;
  if (!isRecord(value)) return false;
  const { excluded_fields: excluded } = value;
  return excluded === undefined || (Array.isArray(excluded) && excluded.length === 0);
}
