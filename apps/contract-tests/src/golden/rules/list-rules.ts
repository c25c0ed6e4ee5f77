import { CORE_IMAGE_METHODS } from "../core-model-methods.ts";
import { callsWithOutcome, type ExpectedOutcome } from "../expectation.ts";
import { isRecord, textAt } from "../json.ts";
import {
  argument,
  INFER_METHODS,
  imagesInBody,
  isListCall,
  isV1Inference,
  jsonOf,
} from "../recorded-facts.ts";
import { inferenceRequest, jsonResponse } from "./build-request.ts";
import type { DeviationRule } from "./rule.ts";

/** What a server answers for semantic segmentation of a picture without areas. */
const SEMANTIC_ANSWER = {
  time: 0.01,
  image: { width: 1, height: 1 },
  predictions: {
    segmentation_mask:
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
    confidence_mask:
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
    class_map: { "0": "background" },
  },
} as const;

const REGISTRY_METHODS = new Set([
  "list_loaded_models",
  "load_model",
  "unload_model",
  "unload_all_models",
  "get_model_description",
]);
const SERVER_TEXTS = ["name", "version", "uuid"];

/** Rules about lists, batches and the model registry. */
export const LIST_RULES: readonly DeviationRule[] = [
  {
    name: "answers about models and servers are looked at",
    topic: "results",
    codes: ["D-raw-errors"],
    python: "Fields of another kind are handed on: `null` for the list of models, a model without task.",
    ours: "`INVALID_RESPONSE` that names the place unless there is a list of models with id and task, and name, version and id of a server are texts. A model that could not be read is not selected.",
    apply: (expectation, { golden }) => {
      const call = callsWithOutcome(golden)[0];
      if (call === undefined || golden.isSequence) return null;
      const isBroken =
        call.method === "get_server_info"
          ? (json: unknown) =>
              !isRecord(json) || !SERVER_TEXTS.every((name) => typeof json[name] === "string")
          : (json: unknown) => !isRegistry(json);
      if (call.method !== "get_server_info" && !REGISTRY_METHODS.has(call.method)) return null;
      const at = expectation.exchanges.findIndex(({ response }) => {
        const json = jsonOf(response);
        const isSuccess = response !== undefined && response.fault === undefined && response.status < 300;
        return isSuccess && json !== undefined && isBroken(json);
      });
      if (at < 0) return null;
      const selected = golden.setup.findLast((step) => step.method === "select_model");
      const model = selected === undefined ? null : String(argument(selected, "model_id", 0));
      return {
        ...expectation,
        exchanges: expectation.exchanges.slice(0, at + 1),
        outcomes: [{ kind: "error", codes: ["INVALID_RESPONSE"] }],
        stateAfter: expectation.stateAfter && { ...expectation.stateAfter, model },
      };
    },
  },
  {
    name: "the registry is asked once",
    topic: "models",
    codes: ["D-registry-each-call"],
    python: "The description of the model is fetched before every inference.",
    ours: "Descriptions are cached per client until the model is unloaded: later calls send the inference only.",
    apply: (expectation, { golden }) => {
      if (!golden.isSequence) return null;
      const described = new Set<unknown>();
      let asked = false;
      const kept = expectation.exchanges.filter(({ request }, index, all) => {
        if (/\/model\/(remove|clear)$/.test(request.path)) described.clear();
        const isRegistry = request.method === "GET" && request.path.endsWith("/model/registry");
        const next = all[index + 1]?.request;
        const model =
          isRegistry && next !== undefined && isV1Inference(next) ? modelInBody(next.body.value) : undefined;
        if (model === undefined) return true;
        const known = described.has(model);
        described.add(model);
        asked ||= known;
        return !known;
      });
      return asked ? { ...expectation, exchanges: kept } : null;
    },
  },
  {
    name: "semantic segmentation",
    topic: "models",
    codes: ["D-semantic"],
    python:
      "`infer` refuses models of the task `semantic-segmentation` although servers have a route for it.",
    ours: "`infer` runs them: `POST /infer/semantic_segmentation` is expected and answered.",
    apply: (expectation, { golden, recorded }) => {
      const call = callsWithOutcome(golden)[0];
      const outcome = recorded[0];
      const refused =
        outcome?.kind === "error" && textAt(outcome.error, "class") === "ModelTaskTypeNotSupportedError";
      if (call === undefined || !refused || !JSON.stringify(outcome).includes("semantic-segmentation"))
        return null;
      if (!INFER_METHODS.has(call.method)) {
        return { ...expectation, outcomes: [{ kind: "result", value: {} }] };
      }
      const name = Object.values(golden.inputs)[0];
      const request = inferenceRequest(
        golden,
        call,
        "v1",
        [{ $image: { same_bytes_as: name?.file } }],
        "semantic-segmentation",
      );
      return {
        ...expectation,
        exchanges: [...expectation.exchanges, { request, response: jsonResponse(SEMANTIC_ANSWER) }],
        outcomes: [{ kind: "result", value: SEMANTIC_ANSWER }],
      };
    },
  },
  {
    name: "a list gives a list",
    topic: "lists",
    codes: ["D-unwrap", "D-nested-batches", "D-unwrap-dict"],
    python: "A list of one picture gives a bare result; some methods give one list per request.",
    ours: "One picture gives one result, a list gives a flat list, always.",
    apply: (expectation, { golden }) => {
      const calls = callsWithOutcome(golden);
      let changed = false;
      const outcomes = expectation.outcomes.map((outcome, index): ExpectedOutcome => {
        const call = calls[index];
        if (call === undefined || outcome.kind === "error") return outcome;
        if (!INFER_METHODS.has(call.method) && !CORE_IMAGE_METHODS.has(call.method)) return outcome;
        if (!isListCall(call) || (Array.isArray(outcome.value) && !outcome.value.some(Array.isArray)))
          return outcome;
        changed = true;
        return {
          kind: "result",
          value: Array.isArray(outcome.value) ? outcome.value.flat() : [outcome.value],
        };
      });
      return changed ? { ...expectation, outcomes } : null;
    },
  },
  {
    name: "a batch answer has one result per picture",
    topic: "lists",
    codes: ["D-zip"],
    python: "Surplus results of a batch are dropped and missing ones not noticed.",
    ours: "`INVALID_RESPONSE` when the server answers a batch with another number of results.",
    apply: (expectation) => {
      const at = expectation.exchanges.findIndex(({ request, response }) => {
        const json = jsonOf(response);
        if (!isV1Inference(request) || response?.status !== 200 || json === undefined) return false;
        // Vectors of several pictures come in one answer.
        if (isRecord(json) && Array.isArray(json.embeddings)) return false;
        // One result for several pictures is a number of results too.
        return (Array.isArray(json) ? json.length : 1) !== imagesInBody(request);
      });
      if (at < 0) return null;
      return {
        ...expectation,
        exchanges: expectation.exchanges.slice(0, at + 1),
        outcomes: expectation.outcomes.map(() => ({ kind: "error", codes: ["INVALID_RESPONSE"] })),
      };
    },
  },
];

function isRegistry(json: unknown): boolean {
  const models = isRecord(json) ? json.models : undefined;
  return (
    Array.isArray(models) &&
    models.every(
      (model: unknown) =>
        isRecord(model) && typeof model.model_id === "string" && typeof model.task_type === "string",
    )
  );
}

function modelInBody(value: unknown): unknown {
  return isRecord(value) ? value.model_id : undefined;
}
