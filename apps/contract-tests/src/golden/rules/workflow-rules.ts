import {
  callsWithOutcome,
  changeRequests,
  type Exchange,
  type Expectation,
  refusal,
} from "../expectation.ts";
import { isRecord, placeholder, recordAt, textAt } from "../json.ts";
import type { GoldenCase, RecordedCall, RecordedRequest } from "../read-case.ts";
import { argument, configured, jsonOf } from "../recorded-facts.ts";
import { recordedSettings } from "../recorded-settings.ts";
import { WORKFLOW_METHODS } from "../workflow-methods.ts";
import { jsonResponse } from "./build-request.ts";
import { workflowRequest } from "./build-workflow-request.ts";
import { fileOf, type LeafKind, leafKind } from "./leaf-kinds.ts";
import type { DeviationRule } from "./rule.ts";
import { attribution, billingQuery } from "./wire-settings.ts";

const RUN_PATH = /^(\/infer\/workflows(\/.*)?|\/workflows\/run|\/.*\/workflows\/.*)$/;

/** True for a request that runs a workflow. */
function isRun(request: RecordedRequest): boolean {
  return request.method === "POST" && RUN_PATH.test(request.path);
}

/** True for a run that its case wants to be sent once. */
export function isRunWithoutRetries(golden: GoldenCase, request: RecordedRequest): boolean {
  const retries =
    configured(golden, "workflow_run_retries_enabled") ??
    recordedSettings(golden).get("WORKFLOW_RUN_RETRIES_ENABLED");
  return retries === false && isRun(request);
}

/** Rules about workflows. */
export const WORKFLOW_RULES: readonly DeviationRule[] = [
  {
    name: "escaped names of workflows",
    topic: "addresses",
    codes: ["D-path-escape"],
    python: "Workspace and id go into the path as they are; empty ones give `//workflows/`.",
    ours: "Each is one escaped part of the path. An empty one, and one of dots only, is `INVALID_PARAMETER`.",
    apply: (expectation, { golden }) => {
      const names = namesOf(runCall(golden));
      if (names === undefined || expectation.exchanges.length === 0) return null;
      if (names.some((name) => /^\s*$|^\.{1,2}$/.test(name)))
        return refusal(expectation, ["INVALID_PARAMETER"]);
      const escaped = names.map(encodeURIComponent);
      if (escaped.join("/") === names.join("/")) return null;
      const isOld = runCall(golden)?.method === "infer_from_workflow";
      const path = isOld ? `/infer/workflows/${escaped.join("/")}` : `/${escaped.join("/workflows/")}`;
      return changeRequests(expectation, (request) => ({ ...request, path, query: [] }));
    },
  },
  {
    name: "one value per input",
    topic: "inputs",
    codes: ["D-parameters-win"],
    python: "A parameter replaces an image of the same name without a word.",
    ours: "`INVALID_PARAMETER` that names the input. Nothing is sent.",
    apply: (expectation, { golden }) => {
      const call = runCall(golden);
      if (call === undefined) return null;
      const [images, parameters] = [argument(call, "images", 3), argument(call, "parameters", 4)];
      if (!isRecord(images) || !isRecord(parameters)) return null;
      const both = Object.keys(images).find((name) => Object.hasOwn(parameters, name));
      return both === undefined ? null : refusal(expectation, ["INVALID_PARAMETER"], { mentions: [both] });
    },
  },
  {
    name: "a version belongs to a stored workflow",
    topic: "inputs",
    codes: ["D-lost-argument"],
    python: "`workflow_version_id` beside a specification is dropped without a word, an empty one is sent.",
    ours: "`INVALID_PARAMETER`. Nothing is sent. Half a name beside a specification is passed over, as recorded.",
    apply: (expectation, { golden }) => {
      const call = runCall(golden);
      if (call !== undefined && argument(call, "workflow_version_id", 8) === "")
        return refusal(expectation, ["INVALID_PARAMETER"], { mentions: ["workflowVersionId"] });
      if (call === undefined || !isRecord(argument(call, "specification", 2))) return null;
      return typeof argument(call, "workflow_version_id", 8) === "string"
        ? refusal(expectation, ["INVALID_PARAMETER"], { mentions: ["workflowVersionId"] })
        : null;
    },
  },
  {
    name: "a specification is an object",
    topic: "inputs",
    codes: [],
    python: "Takes anything for a specification.",
    ours: "`INVALID_PARAMETER` for a text. Nothing is sent.",
    apply: (expectation, { golden }) => {
      const call = runCall(golden);
      const specification = call === undefined ? null : (argument(call, "specification", 2) ?? null);
      return specification === null || isRecord(specification)
        ? null
        : refusal(expectation, ["INVALID_PARAMETER"]);
    },
  },
  {
    name: "bad pictures of workflows are refused",
    topic: "inputs",
    codes: ["D-mistyped-path", "D-float-array", "D-raw-errors"],
    python: "A mistyped path is sent as if it were base64, a 0..1 float array as a black picture.",
    ours: "`INVALID_INPUT_FORMAT` as with other pictures. Nothing is sent.",
    apply: (expectation, { golden, inputs }) => {
      const leaves = pictureLeaves(runCall(golden));
      const bad = leaves.some((leaf) => BAD.has(leafKind(leaf, golden, inputs)));
      if (!bad) return null;
      const exchanges = expectation.exchanges
        .filter(({ request }) => !isRun(request))
        .map((exchange) => ({ ...exchange, optional: true }));
      const error = { kind: "error", codes: ["INVALID_INPUT_FORMAT", "INVALID_URL_INPUT"] } as const;
      return { ...expectation, exchanges, outcomes: [error] };
    },
  },
  {
    name: "more kinds of input, for workflows",
    topic: "inputs",
    codes: ["D-pil-modes", "D-raw-errors"],
    python:
      "Bytes, file objects, `pathlib` paths and tuples are refused, Pillow pictures with alpha or a palette end in a raw error; a list of pictures is a batch.",
    ours: "Bytes, streams and file URLs are sent as their bytes, pixels of every kind as JPEG. JavaScript has one kind of list: it is a batch.",
    apply: (expectation, { golden, inputs, recorded }) => {
      const call = runCall(golden);
      const [outcome] = recorded;
      const isRefused =
        outcome?.kind === "error" &&
        /^(InvalidInputFormatError|OSError)$/.test(textAt(outcome.error, "class") ?? "");
      if (call === undefined || !isRefused || expectation.exchanges.length > 0) return null;
      const kinds = pictureLeaves(call).map((leaf) => leafKind(leaf, golden, inputs));
      if (!kinds.every((kind) => kind === "taken" || kind === "taken by us only")) return null;
      const request = workflowRequest(golden, call);
      const outputs = [{ count: 1 }];
      return {
        ...expectation,
        exchanges: [{ request, response: jsonResponse({ outputs }) }],
        outcomes: [{ kind: "result", value: outputs }],
      };
    },
  },
  {
    name: "full colour in JPEG, for workflows",
    topic: "inputs",
    codes: [],
    python: "Pillow pictures among the inputs are sent as JPEG with halved colour resolution.",
    ours: "Pixels are sent as JPEG in full colour resolution, compared with the caller's pixels.",
    apply: (expectation, { golden }) => {
      const images = recordAt(runCall(golden)?.args, "images");
      let changed = false;
      const next = changeRequests(expectation, (request) => {
        const body = recordAt(request.body, "value");
        const inputs = Object.entries(recordAt(body, "inputs")).map(([name, value]) => {
          const file = fileOf(images[name], golden);
          if (file?.kind !== "pil") return [name, value];
          changed = true;
          const picture = { $image: { encoded_anew_from: file.file, format: "jpeg" } };
          return [name, { ...(isRecord(value) ? value : {}), value: picture }];
        });
        return {
          ...request,
          body: { ...request.body, value: { ...body, inputs: Object.fromEntries(inputs) } },
        };
      });
      return changed ? next : null;
    },
  },
  {
    name: "billing and source of workflows",
    topic: "configuration",
    codes: ["D-workflow-billing"],
    python:
      "`service_secret`, `count_inference`, `source` and `source_info` never reach a workflow request, nor do the tags and the secret of its context.",
    ours: "They go into the query, where the routes read them.",
    apply: (expectation, { golden }) => {
      if (runCall(golden) === undefined) return null;
      const fields = ["source", "source_info"].flatMap((name): (readonly [string, string])[] => {
        const value = attribution(golden)[name];
        return typeof value === "string" ? [[name, value]] : [];
      });
      const set = [...fields, ...billingQuery(golden)];
      if (set.length === 0) return null;
      return changeRequests(expectation, (request) =>
        isRun(request) ? { ...request, query: [...request.query, ...set] } : request,
      );
    },
  },
  {
    name: "profiler traces are returned",
    topic: "results",
    codes: [],
    python:
      "`enable_profiling` writes the trace to a file whose name has the second: two runs in one second leave one file, a run without a trace an empty list.",
    ours: "The trace is `profiler_trace` of the result; `chromeTrace` makes the text of a file of it. Nothing is written by itself.",
    apply: (expectation, { golden }) => {
      const call = runCall(golden);
      return call !== undefined && argument(call, "enable_profiling", 7) === true ? expectation : null;
    },
  },
  {
    name: "the answer of a run has outputs",
    topic: "results",
    codes: ["D-raw-errors"],
    python: "An answer without a list of outputs ends in a raw `KeyError` or `TypeError`.",
    ours: "`INVALID_RESPONSE` that names the place.",
    apply: (expectation, { golden }) => {
      const answer = answerOf(expectation, golden);
      if (answer === undefined) return null;
      const outputs = isRecord(answer.json) ? answer.json.outputs : undefined;
      if (Array.isArray(outputs) && outputs.every(isRecord)) return null;
      return { ...expectation, outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }] };
    },
  },
  {
    name: "pictures among outputs keep their metadata",
    topic: "results",
    codes: ["D-workflow-metadata", "D-workflow-lookalike", "D-raw-errors"],
    python:
      "A picture becomes its base64 text, a numpy array or a Pillow picture, and everything else that the server said of it is dropped; an object that is marked as a picture and has no value ends in a raw `KeyError`.",
    ours: "It stays an object with all fields of the server: `value` is base64 as sent, or the bytes with format and size where Python would decode (the bytes are compared with those of the server). An object without a value is no picture and stays.",
    apply: (expectation, { golden }) => {
      const answer = answerOf(expectation, golden);
      const outputs = isRecord(answer?.json) ? answer.json.outputs : undefined;
      if (!Array.isArray(outputs)) return null;
      const format = configured(golden, "output_visualisation_format");
      const form = format === undefined || format === "base64" ? "base64" : "bytes";
      const [text, broken] = [JSON.stringify(outputs), hasBrokenPicture(outputs)];
      if (!text.includes('"type":"base64"')) return null;
      if (broken && form === "bytes")
        return { ...expectation, outcomes: [{ kind: "error", codes: ["ENCODING_FAILED"] }] };
      return { ...expectation, outcomes: [{ kind: "result", value: withPictures(outputs, form) }] };
    },
  },
  {
    name: "errors of workflows in full",
    topic: "errors",
    codes: ["D-error-details"],
    python: "`error_type`, `context` and `blocks_errors` of the answer are not on the exception.",
    ours: "`errorType`, `innerErrorType`, `context` and `blockErrors` of the error are those of the answer.",
    apply: (expectation, { golden }) => {
      const last = expectation.outcomes.at(-1);
      const body = jsonOf(expectation.exchanges.at(-1)?.response);
      if (runCall(golden) === undefined || last?.kind !== "error" || !isRecord(body)) return null;
      if (!Array.isArray(body.blocks_errors)) return null;
      const text = (value: unknown, name: string) => textAt(value, name);
      const details = {
        errorType: text(body, "error_type"),
        innerErrorType: text(body, "inner_error_type"),
        context: text(body, "context"),
        blockErrors: body.blocks_errors.map((block: unknown) => ({
          blockId: text(block, "block_id"),
          blockType: text(block, "block_type"),
          blockDetails: text(block, "block_details"),
          propertyName: text(block, "property_name"),
          propertyDetails: text(block, "property_details"),
        })),
      };
      return { ...expectation, outcomes: [{ ...last, details }] };
    },
  },
];

function runCall(golden: GoldenCase): RecordedCall | undefined {
  const call = callsWithOutcome(golden)[0];
  return call !== undefined && !golden.isSequence && WORKFLOW_METHODS[call.method] !== undefined
    ? call
    : undefined;
}

/** Workspace and id of the named workflow. */
/** Everything that a run is given as a picture, batches flattened. */
function pictureLeaves(call: RecordedCall | undefined): readonly unknown[] {
  const images = call === undefined ? undefined : argument(call, "images", 3);
  const flat = (value: unknown): readonly unknown[] => {
    const list = placeholder(value, "$tuple") ?? value;
    return Array.isArray(list) ? list.flatMap(flat) : [list];
  };
  return isRecord(images) ? Object.values(images).flatMap(flat) : [];
}

function namesOf(call: RecordedCall | undefined): readonly string[] | undefined {
  if (call === undefined) return undefined;
  const idName = call.method === "run_workflow" ? "workflow_id" : "workflow_name";
  const names = [argument(call, "workspace_name", 0), argument(call, idName, 1)];
  const texts = names.filter((name) => typeof name === "string");
  return texts.length === 2 ? texts : undefined;
}

/** The JSON of a run that succeeded. */
function answerOf(expectation: Expectation, golden: GoldenCase): { readonly json: unknown } | undefined {
  const last: Exchange | undefined = expectation.exchanges.at(-1);
  const { response } = last ?? {};
  if (runCall(golden) === undefined || response === undefined || !isRun(last?.request ?? NO_REQUEST))
    return undefined;
  if (response.fault !== undefined || response.status >= 300) return undefined;
  // Text that is no JSON is another rule's.
  return Object.hasOwn(response.body, "json") ? { json: response.body.json } : undefined;
}

const BAD: ReadonlySet<LeafKind> = new Set(["no picture", "no source", "float pixels"]);

const NO_REQUEST: RecordedRequest = {
  method: "",
  url: undefined,
  path: "",
  query: [],
  headers: {},
  body: { kind: "empty" },
};

function hasBrokenPicture(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasBrokenPicture);
  if (!isRecord(value)) return false;
  if (value.type === "base64" && typeof value.value === "string") return true;
  return Object.values(value).some(hasBrokenPicture);
}

/** The outputs with what ours makes of pictures; those of the script name a file. */
function withPictures(value: unknown, form: "base64" | "bytes"): unknown {
  if (Array.isArray(value)) return value.map((item) => withPictures(item, form));
  if (!isRecord(value)) return value;
  const file = value.type === "base64" ? placeholder(value.value, "$file_base64") : undefined;
  if (typeof file === "string") {
    const picture = { ...value, value: { $image: { same_bytes_as: file } } };
    if (form === "base64") return picture;
    return {
      ...picture,
      type: "bytes",
      format: { $any: "string" },
      width: { $any: "number" },
      height: { $any: "number" },
    };
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withPictures(item, form)]));
}
