import { CORE_IMAGE_METHODS, ONE_IMAGE_METHODS } from "../core-model-methods.ts";
import { callsWithOutcome, changeRequests, type Exchange, type ExpectedOutcome } from "../expectation.ts";
import { isRecord, listAt, placeholder, recordAt, textAt } from "../json.ts";
import type { GoldenCase, RecordedCall, RecordedRequest, ScriptedResponse } from "../read-case.ts";
import { argument, configured, imageArguments, imagesInBody, isListCall, jsonOf } from "../recorded-facts.ts";
import { jsonResponse } from "./build-request.ts";
import type { DeviationRule } from "./rule.ts";

const IMAGE_EMBEDDINGS = new Set([
  "get_clip_image_embeddings",
  "get_perception_encoder_image_embeddings",
  "get_image_embeddings",
]);
const TEXT_EMBEDDINGS = new Set(["get_clip_text_embeddings", "get_perception_encoder_text_embeddings"]);

/** What an answer must have, by method. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  ocr_image: ["result"],
  get_clip_image_embeddings: ["embeddings"],
  get_clip_text_embeddings: ["embeddings"],
  get_perception_encoder_image_embeddings: ["embeddings"],
  get_perception_encoder_text_embeddings: ["embeddings"],
  get_image_embeddings: ["embeddings"],
  clip_compare: ["similarity"],
  infer_lmm: ["response"],
  depth_estimation: ["normalized_depth"],
  sam2_segment_image: ["predictions"],
  sam3_visual_segment: ["predictions"],
  sam3_concept_segment: ["prompt_results"],
  sam3_embed_image: ["image_id"],
  sam3_3d_infer: ["objects"],
  infer_from_yolo_world: ["predictions"],
};

/** Rules about core models. */
export const CORE_MODEL_RULES: readonly DeviationRule[] = [
  {
    name: "one image where the route takes one",
    topic: "lists",
    codes: [],
    python:
      "With `max_batch_size` above 1 the SAM methods put several images into a request whose route takes one; servers answer 422.",
    ours: "One request per image, whatever the batch size.",
    apply: (expectation, { golden }) => {
      const call = onlyCall(golden);
      if (call === undefined || !ONE_IMAGE_METHODS.has(call.method)) return null;
      if (expectation.exchanges.every(({ request }) => imagesInBody(request) === 1)) return null;
      const exchanges = expectation.exchanges.flatMap(oneEach);
      const failed = exchanges.findIndex(({ response }) => (response?.status ?? 200) >= 400);
      return { ...expectation, exchanges: failed < 0 ? exchanges : exchanges.slice(0, failed + 1) };
    },
  },
  {
    name: "an answer for every image",
    topic: "lists",
    codes: ["D-first-only", "D-raw-errors"],
    python:
      "`sam3_3d_infer` sends every image of a list and returns the first answer only; an empty list ends in an `IndexError`.",
    ours: "A list gives one result per image.",
    apply: (expectation, { golden }) => {
      const call = onlyCall(golden);
      if (call?.method !== "sam3_3d_infer" || !isListCall(call)) return null;
      if (imageArguments(call).length === 0) return result(expectation, []);
      if (imageArguments(call).length < 2 || expectation.outcomes[0]?.kind !== "result") return null;
      return result(
        expectation,
        expectation.exchanges.map(({ response }) => jsonOf(response)),
      );
    },
  },
  {
    name: "one image, one result",
    topic: "lists",
    codes: ["D-unwrap"],
    python:
      "`infer_from_yolo_world` returns a list also for one image, the other methods where the server answers with a list of one.",
    ours: "One image gives one result.",
    apply: (expectation, { golden }) => {
      const call = onlyCall(golden);
      const outcome = expectation.outcomes[0];
      if (call === undefined || !CORE_IMAGE_METHODS.has(call.method) || isListCall(call)) return null;
      if (outcome?.kind !== "result") return null;
      const value: unknown = singleOf(outcome.value);
      return value === outcome.value ? null : result(expectation, value);
    },
  },
  {
    name: "embeddings keep their fields",
    topic: "results",
    codes: ["D-clip-fields", "D-raw-errors", "D-unwrap", "D-nested-batches"],
    python:
      "Splitting the answer of a batch drops every field but three and fails when one of them is missing; Perception Encoder's answer is not split.",
    ours: "One result per image: its vector, and every other field of the answer.",
    apply: (expectation, { golden }) => {
      const call = onlyCall(golden);
      if (call === undefined || !IMAGE_EMBEDDINGS.has(call.method)) return null;
      const answers = expectation.exchanges.map(({ request, response }) => vectorsByImage(request, response));
      if (answers.length === 0 || answers.some((vectors) => vectors === undefined)) return null;
      const results = answers.flatMap((vectors) => vectors ?? []);
      const value = isListCall(call) ? results : results[0];
      const before = expectation.outcomes[0];
      const same = before?.kind === "result" && JSON.stringify(before.value) === JSON.stringify(value);
      return same ? null : result(expectation, value);
    },
  },
  {
    name: "objects are not unwrapped",
    topic: "results",
    codes: ["D-unwrap-dict", "D-raw-errors"],
    python: "An answer with exactly one field is taken for a list of one and ends in a raw `KeyError`.",
    ours: "The answer is the result.",
    apply: (expectation, { golden, recorded }) => {
      const call = onlyCall(golden);
      const answer = okJson(expectation.exchanges.at(-1)?.response);
      if (call === undefined || recorded[0]?.kind !== "error" || !isRecord(answer)) return null;
      const isWhole = TEXT_EMBEDDINGS.has(call.method) && Array.isArray(answer.embeddings);
      return isWhole ? result(expectation, answer) : null;
    },
  },
  {
    name: "binary answers are bytes",
    topic: "results",
    codes: ["D-sam2-binary", "D-raw-errors"],
    python: '`mask_input_format="binary"` asks for a NumPy archive and fails to read it as JSON.',
    ours: "The result is `{ bytes }`, as the server sent them.",
    apply: (expectation, { golden }) => {
      const call = onlyCall(golden);
      const response = expectation.exchanges.at(-1)?.response;
      const isBinary =
        call?.method === "sam2_segment_image" &&
        textAt(recordAt(expectation.exchanges.at(-1)?.request.body, "value"), "format") === "binary" &&
        textAt(response?.body, "content_type") === "application/octet-stream";
      if (!isBinary) return null;
      const bytes = new TextEncoder().encode(textAt(response?.body, "text") ?? "");
      return result(expectation, isListCall(call) ? [{ bytes }] : { bytes });
    },
  },
  {
    name: "an answer of a core model has its fields",
    topic: "results",
    codes: ["D-raw-errors"],
    python: "Any JSON is handed on as the result of a core model.",
    ours: "`INVALID_RESPONSE` that names the place when the answer is no object, or the field that the method is about is missing.",
    apply: (expectation, { golden }) => {
      const call = onlyCall(golden);
      const needed = NEEDED[call?.method ?? ""] ?? [];
      const broken = expectation.exchanges.some(({ response }) => {
        const json = okJson(response);
        if (json === undefined || needed.length === 0) return false;
        // One text, one comparison: one answer, which some servers wrap into a list.
        const isOne = call !== undefined && !CORE_IMAGE_METHODS.has(call.method);
        if (!(isRecord(json) || Array.isArray(json)) || (isOne && Array.isArray(json) && json.length !== 1))
          return true;
        return (Array.isArray(json) ? json : [json]).some(
          (answer: unknown) =>
            !isRecord(answer) ||
            needed.some((field) => answer[field] === undefined || answer[field] === null),
        );
      });
      if (!broken) return null;
      return { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }] };
    },
  },
  {
    name: "depth maps have one form",
    topic: "results",
    codes: ["D-raw-errors"],
    python:
      "`depth_estimation` returns an array where the server sent a picture, nested lists where an older server did, and a raw `ValueError` for a broken picture.",
    ours: 'With `as: "map"` it is `{ width, height, data }` in every case, or `INVALID_RESPONSE`; without, the answer as sent. Pictures are replayed with `as: "map"`.',
    apply: (expectation, { golden }) => {
      const call = onlyCall(golden);
      const format = call === undefined ? undefined : argument(call, "depth_map_format", 3);
      if (call?.method !== "depth_estimation") return null;
      const answers = expectation.exchanges.map(({ response }) => okJson(response));
      if (typeof format !== "string" || !format.startsWith("png")) {
        // Nothing was asked to be decoded.
        if (!answers.every((answer) => isRecord(answer) && typeof shownDepth(answer) === "string"))
          return null;
        const sent = answers.map((answer) => withFile(answer));
        return result(expectation, isListCall(call) ? sent : sent.at(-1));
      }
      if (answers.some(isColoured))
        return { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }] };
      let changed = false;
      const outcomes = expectation.outcomes.map((outcome): ExpectedOutcome => {
        if (outcome.kind === "error") return outcome;
        const value = mapAnswers(outcome.value, (answer) => {
          const rows = answer.normalized_depth;
          if (!Array.isArray(rows)) return answer;
          changed = true;
          return { ...answer, normalized_depth: { $ndarray: asFloats(rows) } };
        });
        return { kind: "result", value };
      });
      return changed ? { ...expectation, outcomes } : null;
    },
  },
  {
    name: "the key of SAM 3",
    topic: "keys",
    codes: [],
    python:
      "With `legacy` the key of SAM 3 goes into the body, where these routes do not look for it: the model is loaded without the key.",
    ours: "With `legacy` it goes into the query as well.",
    apply: (expectation, { golden }) => {
      const { apiKey } = golden;
      if (typeof apiKey !== "string" || configured(golden, "api_key_transport") !== "legacy") return null;
      let changed = false;
      const next = changeRequests(expectation, (request) => {
        const inBody = recordAt(request.body, "value").api_key === apiKey;
        if (!/^\/sam3(_3d)?\//.test(request.path) || !inBody) return request;
        changed = true;
        return { ...request, query: [...request.query, ["api_key", apiKey]] };
      });
      return changed ? next : null;
    },
  },
  {
    name: "metadata of failed calls",
    topic: "errors",
    codes: [],
    python: "The collector also reads the headers of error answers.",
    ours: "`withMeta()` speaks of answers that gave a result; an error carries status, request id and attempts. Nothing is collected.",
    apply: (expectation, { golden, recorded }) => {
      const at = callsWithOutcome(golden).findIndex(({ method }) => method === "$processing_metadata");
      if (at < 1 || recorded.slice(0, at).some(({ kind }) => kind === "result")) return null;
      const nothing = {
        entries: [],
        model_ids: [],
        cold_start_entries: [],
        cold_start_total_load_time: 0,
        cold_start_count: 0,
        summary: [0, "[]"],
      };
      const outcomes = expectation.outcomes.map(
        (outcome, index): ExpectedOutcome => (index === at ? { kind: "result", value: nothing } : outcome),
      );
      return { ...expectation, outcomes };
    },
  },
  {
    name: "unknown regions",
    topic: "configuration",
    codes: [],
    python: "An unknown region counts as `us`, an unknown environment as staging, with a warning at most.",
    ours: "`INVALID_PARAMETER`: data must not go to another region than was meant.",
    apply: (expectation, { golden }) => {
      const call = onlyCall(golden);
      if (call?.method !== "$service_urls") return null;
      const environ = argument(call, "env", 0);
      const known = (name: string, values: readonly string[]) => {
        const text = textAt(environ, name)?.trim().toLowerCase();
        return text === undefined || text === "" || values.includes(text);
      };
      if (known("ROBOFLOW_REGION", ["us", "eu"]) && known("ROBOFLOW_ENVIRONMENT", ["prod", "staging"]))
        return null;
      return { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_PARAMETER"] }] };
    },
  },
];

/** A list of one without its list, at whatever depth. */
function singleOf(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? singleOf(value[0]) : value;
}

/** The depth of an answer; a file of the script stands for its text. */
function shownDepth(answer: Record<string, unknown>): unknown {
  const { normalized_depth: depth } = answer;
  return placeholder(depth, "$file_base64") ?? depth;
}

/** An answer whose depth is a file of the script, as the client hands it on. */
function withFile(answer: unknown): unknown {
  const file = isRecord(answer) ? placeholder(answer.normalized_depth, "$file_base64") : undefined;
  return isRecord(answer) && typeof file === "string"
    ? { ...answer, normalized_depth: { $image: { same_bytes_as: file } } }
    : answer;
}

/** Python takes JPEGs for depth maps, with three depths per pixel. */
function isColoured(answer: unknown): boolean {
  const file = isRecord(answer) ? shownDepth(answer) : undefined;
  return typeof file === "string" && /\.jpe?g$/i.test(file);
}

function onlyCall(golden: GoldenCase): RecordedCall | undefined {
  return golden.isSequence ? undefined : callsWithOutcome(golden)[0];
}

function result<E extends { readonly outcomes: readonly ExpectedOutcome[] }>(
  expectation: E,
  value: unknown,
): E {
  return { ...expectation, outcomes: [{ kind: "result", value }] };
}

function okJson(response: ScriptedResponse | undefined): unknown {
  const isSuccess = response !== undefined && response.fault === undefined && response.status < 300;
  return isSuccess ? jsonOf(response) : undefined;
}

function mapAnswers(value: unknown, change: (answer: Record<string, unknown>) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapAnswers(item, change));
  return isRecord(value) ? change(value) : value;
}

function asFloats(rows: readonly unknown[]): unknown {
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  return {
    shape: [rows.length, width],
    values: rows.map((row) => (Array.isArray(row) ? row.map((value) => Math.fround(Number(value))) : row)),
  };
}

/** The answers of the images of one request; `undefined` where the answer is none with vectors. */
function vectorsByImage(
  request: RecordedRequest,
  response: ScriptedResponse | undefined,
): readonly unknown[] | undefined {
  const json = okJson(response);
  const count = imagesInBody(request);
  if (Array.isArray(json)) return json.length === count ? json : undefined;
  if (!isRecord(json) || !Array.isArray(json.embeddings)) return undefined;
  if (count === 1) return [json];
  if (json.embeddings.length !== count) return undefined;
  return json.embeddings.map((vector: unknown) => ({ ...json, embeddings: [vector] }));
}

/** A request with several images as several; a shared failure is what the first gets. */
function oneEach({ request, response }: Exchange): readonly Exchange[] {
  const images = listAt(request.body.value, "image");
  if (images.length === 0) return [{ request, response }];
  const answers = okJson(response);
  return images.map((image, index) => ({
    request: {
      ...request,
      body: { ...request.body, value: { ...recordAt(request.body, "value"), image } },
    },
    response: Array.isArray(answers) ? jsonResponse(answers[index]) : response,
  }));
}
