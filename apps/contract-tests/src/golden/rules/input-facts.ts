import { CORE_IMAGE_METHODS } from "../core-model-methods.ts";
import { callsWithOutcome, type Exchange, type Expectation, type RuleContext } from "../expectation.ts";
import { listAt, recordAt, textAt } from "../json.ts";
import type { GoldenCase, RecordedCall } from "../read-case.ts";
import {
  carriesPictures,
  configurationInForce,
  INFER_METHODS,
  imageArguments,
  isInference,
  isListCall,
  jsonOf,
} from "../recorded-facts.ts";
import { coreExchange, scriptedAnswer } from "./build-core-request.ts";
import { inferenceRequest, jsonResponse, SCRIPTED_RESULT } from "./build-request.ts";
import { fileOf, type LeafKind, leafKind } from "./leaf-kinds.ts";
import { modeOfCall } from "./our-mode.ts";

/** The infer call of a case with one call; `undefined` for other cases. */
export function inferCall(golden: GoldenCase): RecordedCall | undefined {
  const call = callsWithOutcome(golden)[0];
  return call !== undefined && INFER_METHODS.has(call.method) && !golden.isSequence ? call : undefined;
}

/** The call of a case with one call that takes pictures: of infer, or of a core model. */
export function imageCall(golden: GoldenCase): RecordedCall | undefined {
  const call = callsWithOutcome(golden)[0];
  const isCore = call !== undefined && CORE_IMAGE_METHODS.has(call.method) && !golden.isSequence;
  return isCore ? call : inferCall(golden);
}

/** The first picture argument of a wanted kind, with its place. */
export function firstLeaf({ golden, inputs }: RuleContext, wanted: (kind: LeafKind) => boolean) {
  const call = imageCall(golden);
  if (call === undefined) return undefined;
  return imageArguments(call)
    .map((leaf, index) => ({ leaf, index, kind: leafKind(leaf, golden, inputs) }))
    .find(({ kind }) => wanted(kind));
}

/** Index of the first request that carries pictures; the number of requests when there is none. */
export function firstInference(expectation: Expectation): number {
  const at = expectation.exchanges.findIndex(({ request }) => isInference(request));
  return at < 0 ? expectation.exchanges.length : at;
}

/** The recorded error of the first call. */
export function errorOf({ recorded }: RuleContext): unknown {
  const outcome = recorded[0];
  return outcome?.kind === "error" ? outcome.error : undefined;
}

/** Requests of the pictures before a bad one: lists are read as their turn comes. */
export function sentBefore(count: number, { golden }: RuleContext): readonly Exchange[] {
  const call = inferCall(golden);
  if (call === undefined) return coreRequestsBefore(count, golden);
  return imageArguments(call)
    .slice(0, count)
    .map((leaf) => ({
      request: inferenceRequest(golden, call, modeOfCall(golden, call), [
        sentPicture(golden, fileOf(leaf, golden)?.file),
      ]),
      response: jsonResponse(SCRIPTED_RESULT),
    }));
}

/** The same for a core model: the request that Python sent first, with each picture in turn. */
function coreRequestsBefore(count: number, golden: GoldenCase): readonly Exchange[] {
  const call = imageCall(golden);
  const at = golden.requests.findIndex(({ body }) => recordAt(body, "value").image !== undefined);
  const request = golden.requests[at];
  if (call === undefined || request === undefined) return [];
  return imageArguments(call)
    .slice(0, count)
    .map((leaf) => {
      const image = { type: "base64", value: { $image: { same_bytes_as: fileOf(leaf, golden)?.file } } };
      const value = { ...recordAt(request.body, "value"), image };
      return { request: { ...request, body: { ...request.body, value } }, response: golden.responses[at] };
    });
}

/** The requests that Python never sent, one per picture, answered with an empty result. */
export function withInferences(
  expectation: Expectation,
  golden: GoldenCase,
  call: RecordedCall,
  images: readonly unknown[],
): Expectation {
  const isInfer = INFER_METHODS.has(call.method);
  const mode = modeOfCall(golden, call);
  const sent = images.flatMap((image): readonly Exchange[] => {
    if (!isInfer) return [coreExchange(golden, call, image)].filter((exchange) => exchange !== undefined);
    const request = inferenceRequest(golden, call, mode, [image], taskOf(golden));
    return [{ request, response: jsonResponse(SCRIPTED_RESULT) }];
  });
  const answers = sent.map(scriptedAnswer);
  return {
    ...expectation,
    exchanges: [...expectation.exchanges.filter(({ request }) => !carriesPictures(request)), ...sent],
    outcomes: [{ kind: "result", value: isListCall(call) ? answers : answers[0] }],
  };
}

/** The task that the scripted registry tells; object detection where it tells none. */
function taskOf(golden: GoldenCase): string | undefined {
  return golden.responses
    .flatMap((response) => listAt(jsonOf(response), "models"))
    .map((model) => textAt(model, "task_type"))
    .find((task) => task !== undefined);
}

/**
 * The picture that is sent for a whole file: as it is; as JPEG where downsizing is on, unless it is an upright JPEG already. Files
 * that have to be shrunk are not foreseen here.
 */
export function sentPicture(golden: GoldenCase, file: string | undefined): unknown {
  const decodes = configurationInForce(golden).client_downsizing_disabled === false;
  return decodes && file !== undefined && !/\.jpe?g$/i.test(file)
    ? { $image: { encoded_anew_from: file, format: "jpeg" } }
    : { $image: { same_bytes_as: file } };
}
