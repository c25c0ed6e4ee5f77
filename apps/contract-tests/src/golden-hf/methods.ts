import { InferenceApi, type InferenceClient } from "@inference-ts/sdk/huggingface/node";
import { isRecord, type JsonRecord } from "../golden/json.ts";

/** Python's parameters of a method in order, as far as they are given by position here or there. */
const POSITIONAL: Readonly<Record<string, readonly string[]>> = {
  audio_classification: ["audio"],
  audio_to_audio: ["audio"],
  automatic_speech_recognition: ["audio"],
  chat_completion: ["messages"],
  document_question_answering: ["image", "question"],
  feature_extraction: ["text"],
  fill_mask: ["text"],
  get_endpoint_info: [],
  get_model_status: [],
  get_recommended_model: ["task"],
  health_check: [],
  image_classification: ["image"],
  image_segmentation: ["image"],
  image_to_image: ["image"],
  image_to_text: ["image"],
  list_deployed_models: [],
  object_detection: ["image"],
  post: [],
  question_answering: ["question", "context"],
  sentence_similarity: ["sentence", "other_sentences"],
  summarization: ["text"],
  table_question_answering: ["table", "query"],
  tabular_classification: ["table"],
  tabular_regression: ["table"],
  text_classification: ["text"],
  text_generation: ["prompt"],
  text_to_image: ["prompt"],
  text_to_speech: ["text"],
  token_classification: ["text"],
  translation: ["text"],
  visual_question_answering: ["image", "question"],
  zero_shot_classification: ["text", "candidate_labels"],
  zero_shot_image_classification: ["image", "candidate_labels"],
};

/** What Python takes by position behind those, as an option here. */
const FURTHER_POSITIONS: Readonly<Record<string, readonly string[]>> = {
  get_endpoint_info: ["model"],
  get_model_status: ["model"],
  health_check: ["model"],
  image_to_image: ["prompt"],
  list_deployed_models: ["frameworks"],
};

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Arguments of a Python call by name, those given by position too. */
export function namedArguments(method: string, args: JsonRecord): JsonRecord {
  const { $args, ...named } = args;
  if (!Array.isArray($args)) return args;
  const names = [...(POSITIONAL[method] ?? []), ...(FURTHER_POSITIONS[method] ?? [])];
  return {
    ...Object.fromEntries($args.map((value: unknown, index) => [names[index] ?? `$${index}`, value])),
    ...named,
  };
}

/** Calls our counterpart of a Python method. */
export function callMethod(client: InferenceClient, method: string, args: JsonRecord): Promise<unknown> {
  if (method === "chat.completions.create") {
    return Reflect.apply(client.chat.completions.create, client, [args]);
  }
  const positional = POSITIONAL[method];
  if (positional === undefined) throw new Error(`The runner knows no method "${method}".`);
  const named = namedArguments(method, args);
  const options = Object.fromEntries(
    Object.entries(named)
      .filter(([name]) => !positional.includes(name))
      .map(([name, value]) => [camel(name), value]),
  );
  const work: unknown = Reflect.get(client, camel(method));
  if (typeof work !== "function") throw new Error(`The client has no method "${camel(method)}".`);
  return Reflect.apply(work, client, [...positional.map((name) => named[name]), options]);
}

const LEGACY_POSITIONS: readonly string[] = ["repo_id", "task", "token", "gpu"];

/** Makes our counterpart of the legacy class; Python's options by their names. */
export function createLegacy(client: JsonRecord, extra: JsonRecord): Promise<InferenceApi> {
  const { $args, ...named } = client;
  const positional = Array.isArray($args) ? $args : [];
  const { repo_id: repoId, ...options } = {
    ...Object.fromEntries(
      LEGACY_POSITIONS.slice(0, positional.length).map((name, index) => [name, positional[index]]),
    ),
    ...named,
  } satisfies JsonRecord;
  return Reflect.apply(InferenceApi.create, InferenceApi, [repoId, { ...options, ...extra }]);
}

/** Calls it. */
export function callLegacy(api: InferenceApi, args: JsonRecord): Promise<unknown> {
  const { $args, raw_response: rawResponse, ...named } = args;
  const byPosition = Array.isArray($args) ? { inputs: $args[0], params: $args[1], data: $args[2] } : {};
  const request = { ...byPosition, ...named, ...(rawResponse === true ? { rawResponse } : {}) };
  return Reflect.apply(api.call, api, [dropUndefined(request)]);
}

function dropUndefined(value: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

/** True for a stream of items. */
export function isStream(value: unknown): value is AsyncIterable<unknown> {
  return isRecord(value) && Symbol.asyncIterator in value;
}
