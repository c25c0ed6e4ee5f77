import type { CallOptions } from "@inference-ts/sdk/node";
import { callsWithOutcome, changeRequests, refusal } from "../expectation.ts";
import { isRecord } from "../json.ts";
import type { GoldenCase, RecordedCall, RecordedRequest } from "../read-case.ts";
import { callContext } from "../recorded-context.ts";
import { argument, configured, isApiRequest, isClipRequest, jsonOf, modelOf } from "../recorded-facts.ts";
import { jsonResponse, target } from "./build-request.ts";
import { fileOf } from "./leaf-kinds.ts";
import { modeOfCall } from "./our-mode.ts";
import type { DeviationRule } from "./rule.ts";
import { attribution, coreQuery } from "./wire-settings.ts";

/** Configuration that Python leaves out of clip requests: Python's name, in the query of v0, in the body of v1. */
const LEFT_OUT: readonly (readonly [python: string, v0: string, v1: string | undefined])[] = [
  ["confidence_threshold", "confidence", "confidence"],
  ["count_inference", "countinference", undefined],
  ["service_secret", "service_secret", undefined],
  ["source", "source", undefined],
  ["source_info", "source_info", undefined],
];

/** What the context of a call says instead of the configuration. */
const REPLACED: Readonly<Record<string, (context: CallOptions) => boolean>> = {
  count_inference: ({ outboundServiceSecret }) => outboundServiceSecret !== undefined,
  service_secret: ({ outboundServiceSecret }) => outboundServiceSecret !== undefined,
  source: ({ usageTags }) => usageTags?.source !== undefined,
  source_info: ({ usageTags }) => usageTags?.source_info !== undefined,
};

/** What an answer about a clip must have. */
const CLIP_NUMBERS = ["source_fps", "frame_count", "windows_classified"];

/** Rules about clips. */
export const CLIP_RULES: readonly DeviationRule[] = [
  {
    name: "an answer about a clip has its timeline",
    topic: "results",
    codes: ["D-raw-errors"],
    python: "Any JSON is handed on as the result of a clip.",
    ours: "`INVALID_RESPONSE` unless there are a timeline, the frame rate and the counts.",
    apply: (expectation, { golden }) => {
      const last = expectation.exchanges.at(-1);
      const { response } = last ?? {};
      if (clipCall(golden) === undefined || last === undefined || !isClipRequest(last.request)) return null;
      if (response === undefined || response.fault !== undefined || response.status >= 300) return null;
      const json = jsonOf(response);
      if (json === undefined) return null;
      const isWhole =
        isRecord(json) &&
        Array.isArray(json.timeline) &&
        CLIP_NUMBERS.every((name) => typeof json[name] === "number");
      return isWhole ? null : { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }] };
    },
  },
  {
    name: "clips of v0 need a key",
    topic: "keys",
    codes: ["D-video-no-key"],
    python: "v0 checks for a key with pictures and not with clips, which are sent without one.",
    ours: "`API_KEY_NOT_PROVIDED` before anything is sent, for clips as for pictures.",
    apply: (expectation, { golden }) => {
      const call = clipCall(golden);
      if (call === undefined || modeOfCall(golden, call) !== "v0" || typeof golden.apiKey === "string")
        return null;
      const isSent = expectation.exchanges.some(({ request }) => isApiRequest(golden, request));
      return isSent ? refusal(expectation, ["API_KEY_NOT_PROVIDED"]) : null;
    },
  },
  {
    name: "more kinds of clips",
    topic: "inputs",
    codes: ["D-url-case"],
    python: "Bytes, base64, `pathlib` paths and URLs in capitals are refused with `InvalidInputFormatError`.",
    ours: "Bytes, base64 and file URLs are sent as the clip's bytes, URLs are read without regard to the case of their scheme.",
    apply: (expectation, { golden }) => {
      const call = clipCall(golden);
      const outcome = expectation.outcomes[0];
      const isRefused = outcome?.kind === "error" && outcome.codes.includes("INVALID_INPUT_FORMAT");
      if (call === undefined || !isRefused) return null;
      const reference = argument(call, "video_reference", 0);
      const file = fileOf(reference, golden);
      const isBytes = file !== undefined && OURS_ONLY.has(file.kind) && file.file.endsWith(".mp4");
      const url = typeof reference === "string" && /^https?:\/\//i.test(reference) ? reference : undefined;
      if (!isBytes && url === undefined) return null;
      const clip = isBytes
        ? { type: "base64", value: { $video: { same_bytes_as: file.file } } }
        : { type: "url", value: url };
      return {
        ...expectation,
        exchanges: [
          ...expectation.exchanges,
          { request: clipRequest(golden, call, clip), response: jsonResponse(CLIP_ANSWER) },
        ],
        outcomes: [{ kind: "result", value: CLIP_ANSWER }],
      };
    },
  },
  {
    name: "class names with a comma",
    topic: "configuration",
    codes: ["D-class-filter"],
    python: "v0 joins the names of classes by commas, so that a name with a comma becomes two.",
    ours: "`INVALID_PARAMETER` that names the class; the v1 route takes such names.",
    apply: (expectation, { golden }) => {
      const call = clipCall(golden);
      const names = configured(golden, "class_filter");
      if (call === undefined || modeOfCall(golden, call) !== "v0" || !Array.isArray(names)) return null;
      const unclear: unknown = names.find((name) => typeof name === "string" && name.includes(","));
      return typeof unclear === "string"
        ? refusal(expectation, ["INVALID_PARAMETER"], { mentions: [unclear] })
        : null;
    },
  },
  {
    name: "a clip is looked at first",
    topic: "inputs",
    codes: [],
    python: "The server is asked about the model (and perhaps loads it) before a missing file is noticed.",
    ours: "A clip that cannot be sent is refused at once; the registry may have been asked or not.",
    apply: (expectation, { golden }) => {
      const outcome = expectation.outcomes[0];
      const isRefused = outcome?.kind === "error" && outcome.codes.includes("INVALID_INPUT_FORMAT");
      if (clipCall(golden) === undefined || !isRefused || expectation.exchanges.length === 0) return null;
      const exchanges = expectation.exchanges.map((exchange) => ({ ...exchange, optional: true }));
      return { ...expectation, exchanges };
    },
  },
  {
    name: "the configuration counts for clips",
    topic: "configuration",
    codes: [],
    python:
      "Confidence, in v0 also billing and source, are left out of clip requests whatever the configuration says.",
    ours: "They are sent where they are configured, as with pictures.",
    apply: (expectation, { golden }) => {
      const call = clipCall(golden);
      if (call === undefined) return null;
      const mode = modeOfCall(golden, call);
      const missing = LEFT_OUT.flatMap(([python, v0, v1]) => {
        const value =
          REPLACED[python]?.(callContext(golden)) === true ? undefined : configured(golden, python);
        const name = mode === "v0" ? v0 : v1;
        return value === undefined || value === null || name === undefined ? [] : [[name, value] as const];
      });
      if (missing.length === 0) return null;
      return changeRequests(expectation, (request) => {
        if (!isApiRequest(golden, request) || request.method !== "POST" || !isClipRequest(request))
          return request;
        if (mode === "v0") {
          const added = missing.map(([name, value]) => [name, String(value)] as const);
          return { ...request, query: [...request.query, ...added] };
        }
        const { value } = request.body;
        const body = isRecord(value) ? { ...value, ...Object.fromEntries(missing) } : value;
        return { ...request, body: { ...request.body, value: body } };
      });
    },
  },
];

const OURS_ONLY = new Set(["bytes", "base64", "pathlib", "file-object"]);
const CLIP_ANSWER = { timeline: [], source_fps: 10, frame_count: 3, windows_classified: 1 };

/** The request of a clip that Python did not send, without what other rules add. */
function clipRequest(
  golden: GoldenCase,
  call: RecordedCall,
  clip: { readonly type: string; readonly value: unknown },
): RecordedRequest {
  const key = golden.apiKey ?? undefined;
  const model = modelOf(golden, call) ?? "";
  const filter = configured(golden, "class_filter");
  const names = Array.isArray(filter) ? filter : [];
  const inQuery = key === undefined ? [] : [["api_key", key] as const];
  if (modeOfCall(golden, call) === "v1") {
    const fields = {
      api_key: key,
      ...attribution(golden),
      model_id: model,
      video: clip,
      class_filter: filter,
    };
    return {
      ...target(golden, "/infer/action_recognition"),
      method: "POST",
      query: coreQuery(golden),
      headers: { "content-type": "application/json" },
      body: {
        kind: "json",
        value: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
      },
    };
  }
  const isUrl = clip.type === "url";
  return {
    ...target(golden, `/${model}`),
    method: "POST",
    query: [
      ...inQuery,
      ...(names.length === 0 ? [] : [["class_filter", names.join(",")] as const]),
      ...(isUrl ? [["image", String(clip.value)] as const] : []),
    ],
    headers: { "content-type": isUrl ? "application/json" : "application/x-www-form-urlencoded" },
    body: isUrl ? { kind: "empty" } : { kind: "base64-raw", value: clip.value },
  };
}

function clipCall(golden: GoldenCase): RecordedCall | undefined {
  const call = callsWithOutcome(golden)[0];
  return call?.method.startsWith("infer_on_video") === true && !golden.isSequence ? call : undefined;
}
