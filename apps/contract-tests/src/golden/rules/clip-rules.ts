import type { CallOptions } from "@inference-ts/sdk/node";
import { callsWithOutcome, changeRequests, refusal } from "../expectation.ts";
import { isRecord } from "../json.ts";
import type { GoldenCase, RecordedCall } from "../read-case.ts";
import { callContext } from "../recorded-context.ts";
import { configured, isApiRequest, isClipRequest, jsonOf } from "../recorded-facts.ts";
import { modeOfCall } from "./our-mode.ts";
import type { DeviationRule } from "./rule.ts";

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

function clipCall(golden: GoldenCase): RecordedCall | undefined {
  const call = callsWithOutcome(golden)[0];
  return call?.method.startsWith("infer_on_video") === true && !golden.isSequence ? call : undefined;
}
