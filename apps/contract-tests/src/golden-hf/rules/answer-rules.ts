import { isRecord, listAt, recordAt, textAt } from "../../golden/json.ts";
import type { GoldenCase } from "../case.ts";
import { lastJson, ourError } from "../expectation.ts";
import type { Rule } from "./rule.ts";

const isNumber = (value: unknown): boolean => typeof value === "number";
const isText = (value: unknown): boolean => typeof value === "string";
const tellsError = (value: unknown): boolean => isRecord(value) && (value.error ?? null) !== null;
const areRecords = (value: unknown): boolean => Array.isArray(value) && value.every(isRecord);
const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
const areNumbers = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => isNumber(item) || areNumbers(item));

/** What the answers of a method must be to be taken. */
const FORMS: Readonly<Record<string, (value: unknown, golden: GoldenCase) => boolean>> = {
  ...Object.fromEntries(
    [
      "audio_classification",
      "image_classification",
      "object_detection",
      "zero_shot_image_classification",
    ].map((method) => [method, areRecords]),
  ),
  feature_extraction: areNumbers,
  get_endpoint_info: isRecord,
  get_model_status: (value) =>
    isRecord(value) &&
    typeof value.loaded === "boolean" &&
    isText(value.state) &&
    isText(value.framework) &&
    (isText(value.compute_type) || isRecord(value.compute_type)),
  image_to_text: (value) => isRecord(firstOf(value)),
  list_deployed_models: (value) =>
    areRecords(value) && Array.isArray(value) && value.every(({ task }) => isText(task)),
  sentence_similarity: (value) => Array.isArray(value) && value.every(isNumber),
  tabular_classification: Array.isArray,
  tabular_regression: Array.isArray,
  text_generation: (value, { call }) => {
    const first = firstOf(value);
    return isRecord(first) && (call.args.details === true || isText(first.generated_text));
  },
  zero_shot_classification: (value) =>
    !isRecord(value) || listAt(value, "labels").length === listAt(value, "scores").length,
};

/** How good answers are read. */
export const ANSWER_RULES: readonly Rule[] = [
  {
    code: "H-shape",
    title: "old and new forms of answers",
    python: "Takes one form of each answer and fails for, or passes on, the other.",
    ours: "Takes both: single objects and lists, labels and scores side by side or together, `{similarities}`.",
    change: (expectation, { golden }) => {
      const value = lastJson(golden);
      const plain = isRecord(value) && Array.isArray(value.similarities) ? value.similarities : value;
      // What is no list at all is refused for tables.
      expectation.outcome = {
        kind: "result",
        value: plain,
        orError: golden.call.method.startsWith("tabular_"),
      };
    },
  },
  {
    code: "H-first-only",
    title: "nothing is lost",
    python: "Gives the first element alone where there are more.",
    ours: "Gives the list.",
    change: (expectation, { golden }) => {
      expectation.outcome = { kind: "result", value: lastJson(golden) };
    },
  },
  {
    code: "H-mask-missing",
    title: "a segment without a mask",
    python: "Fails.",
    ours: "Gives the segment; its mask is `undefined`.",
    change: (expectation) => {
      expectation.outcome = { kind: "ours" };
    },
  },
  {
    code: "H-nan",
    title: "`NaN` is no JSON",
    python: "Accepts it, or ends in a `RecursionError`.",
    ours: "`InvalidResponseError`.",
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_RESPONSE"]);
    },
  },
  {
    code: null,
    title: "one object for one text",
    python: "`summarization` and `translation` refuse an object.",
    ours: "Take it like a list of one.",
    applies: ({ golden }) =>
      ["summarization", "translation"].includes(golden.call.method) &&
      isRecord(lastJson(golden)) &&
      !tellsError(lastJson(golden)) &&
      /Expected a list/.test(textAt(recordAt(golden.outcome, "error"), "message") ?? ""),
    change: (expectation, { golden }) => {
      expectation.outcome = { kind: "result", value: lastJson(golden) };
    },
  },
  {
    code: null,
    title: "answers are checked",
    python:
      "Gives much of what comes: `null`, lists in lists, texts in the place of numbers, fewer scores than labels.",
    ours: "`InvalidResponseError` where a result would not be of the declared type.",
    applies: ({ golden }) => {
      const form = FORMS[golden.call.method];
      const isGood = Object.hasOwn(golden.outcome, "result") && golden.call.class === null;
      if (form === undefined || !isGood || golden.codes.includes("H-shape") || golden.unordered) return false;
      const body = golden.answers.at(-1)?.body;
      return isRecord(body) && Object.hasOwn(body, "json") && !form(body.json, golden);
    },
    change: (expectation, { golden }) => {
      expectation.outcome = ourError([tellsError(lastJson(golden)) ? "HTTP_ERROR" : "INVALID_RESPONSE"]);
    },
  },
  {
    code: null,
    title: "fields of answers are not checked",
    python: "Refuses a list of numbers where a field should be an object.",
    ours: "Gives fields as they come, but those that a result is made of.",
    applies: ({ golden }) =>
      /^Invalid data type: /.test(textAt(recordAt(golden.outcome, "error"), "message") ?? ""),
    change: (expectation) => {
      expectation.outcome = ourError(["INVALID_RESPONSE"], { optional: true });
    },
  },
  {
    code: null,
    title: "pictures and sounds as results",
    python: "Gives Pillow images and bytes.",
    ours: "Generated pictures and sounds are `Blob`s; masks are PNG bytes.",
    applies: () => false,
  },
];
