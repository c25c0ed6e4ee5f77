import { resolveModelAlias } from "@inference-ts/sdk/node";
import type { Exchange, Expectation } from "./expectation.ts";
import { isRecord, placeholder, recordAt, textAt } from "./json.ts";
import type { GoldenCase, RecordedCall, RecordedRequest, ScriptedResponse } from "./read-case.ts";

/** Origin that a recorded request went to; `null` = the test server. */
export function originOf(request: RecordedRequest): string | null {
  return request.url === undefined ? null : (URL.parse(request.url)?.origin ?? request.url);
}

/** True for requests to the inference server itself, false for downloads and for questions to the platform. */
export function isApiRequest(golden: GoldenCase, request: RecordedRequest): boolean {
  const origin = golden.apiUrl.includes("{") ? null : (URL.parse(golden.apiUrl)?.origin ?? null);
  return originOf(request) === origin;
}

/** True for questions to Roboflow's platform beside the inference server: TURN servers, the task of a model. */
function isPlatformRequest({ path }: RecordedRequest): boolean {
  return path === "/webrtc_turn_config" || path === "/models/v1/external/stat";
}

/** True for downloads of pictures and videos. */
export function isDownload(golden: GoldenCase, request: RecordedRequest): boolean {
  return !isApiRequest(golden, request) && !isPlatformRequest(request);
}

/** True for a v0 inference request: the picture is the whole body. */
export function isV0Inference(request: RecordedRequest): boolean {
  return request.method === "POST" && (request.body.kind === "base64-raw" || request.body.kind === "text");
}

/** True for a v1 inference request. */
export function isV1Inference(request: RecordedRequest): boolean {
  return request.method === "POST" && /\/infer\/[a-z_0-9]+$/.test(request.path);
}

/** True for a request of `infer`. */
export function isInference(request: RecordedRequest): boolean {
  return isV0Inference(request) || isV1Inference(request);
}

/** True for a request that carries pictures, of `infer` or of a core model. */
export function carriesPictures(request: RecordedRequest): boolean {
  return isInference(request) || recordAt(request.body, "value").image !== undefined;
}

/** True for a request that runs a model on a clip. */
export function isClipRequest(request: RecordedRequest): boolean {
  return (
    request.path.endsWith("/infer/action_recognition") ||
    isRecord(placeholder(request.body.value, "$video")) ||
    (request.method === "POST" && request.query.some(([name]) => name === "image"))
  );
}

/** An argument by its Python name; `position` is where it stands when given without one. */
export function argument(call: RecordedCall, name: string, position: number): unknown {
  if (Array.isArray(call.args)) return call.args[position];
  const named: unknown = isRecord(call.args) ? call.args[name] : undefined;
  if (named !== undefined) return named;
  const positional = isRecord(call.args) ? call.args.$args : undefined;
  return Array.isArray(positional) ? positional[position] : undefined;
}

/** The methods that run a model on pictures. */
export const INFER_METHODS: ReadonlySet<string> = new Set([
  "infer",
  "infer_from_api_v0",
  "infer_from_api_v1",
]);

/** The pictures of an infer call, nested lists flattened. */
export function imageArguments(call: RecordedCall): readonly unknown[] {
  return flatten(argument(call, "inference_input", 0));
}

/** True when the call was given a list (or a tuple) of pictures. */
export function isListCall(call: RecordedCall): boolean {
  const value = argument(call, "inference_input", 0);
  return Array.isArray(value) || Array.isArray(placeholder(value, "$tuple"));
}

function flatten(value: unknown): readonly unknown[] {
  const tuple = placeholder(value, "$tuple");
  const list = Array.isArray(tuple) ? tuple : Array.isArray(value) ? value : undefined;
  return list === undefined ? [value] : list.flatMap(flatten);
}

/** The model that a call names, or the selected one; `undefined` when there is none. */
export function modelOf(golden: GoldenCase, call: RecordedCall): string | undefined {
  const id = namedModel(golden, call);
  return id === undefined ? undefined : resolveModelAlias(id);
}

function namedModel(golden: GoldenCase, call: RecordedCall): string | undefined {
  const named = argument(call, "model_id", 1);
  if (typeof named === "string" && named !== "") return named;
  const selections = golden.setup.filter(
    (step) => step.method === "select_model" || step.context === "use_model",
  );
  const last = selections.at(-1);
  const selected = last === undefined ? undefined : argument(last, "model_id", 0);
  return typeof selected === "string" ? selected : undefined;
}

/** The last value that `configure` gave to a field; `undefined` when never. */
export function configured(golden: GoldenCase, field: string): unknown {
  return configurationInForce(golden)[field];
}

/** The fields of the last configuration of a case, which replaces all before it. */
export function configurationInForce(golden: GoldenCase): Readonly<Record<string, unknown>> {
  const steps = [...golden.setup, ...golden.calls].filter(
    (step) => step.method === "configure" || step.context === "use_configuration",
  );
  const last = steps.at(-1);
  return last === undefined ? {} : configurationArguments(last);
}

/** The fields given to `configure` or `use_configuration`. */
export function configurationArguments(step: RecordedCall): Record<string, unknown> {
  const first: unknown = Array.isArray(step.args) ? step.args[0] : step.args;
  if (!isRecord(first)) return {};
  const inner = first.inference_configuration;
  return isRecord(inner) ? inner : first;
}

/** Statuses and faults after which the client tries again. */
export function isRetried(response: ScriptedResponse | undefined): boolean {
  if (response === undefined) return false;
  return response.fault !== undefined || [429, 502, 503, 504].includes(response.status);
}

/** Two requests that say the same. */
function sameRequest(a: RecordedRequest, b: RecordedRequest): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Exchanges in groups of attempts: a retried answer followed by the same request. */
export function attemptGroups(expectation: Expectation): readonly (readonly Exchange[])[] {
  const groups: Exchange[][] = [];
  for (const exchange of expectation.exchanges) {
    const group = groups.find((candidate) => {
      const last = candidate.at(-1);
      return last !== undefined && isRetried(last.response) && sameRequest(last.request, exchange.request);
    });
    if (group === undefined) groups.push([exchange]);
    else group.push(exchange);
  }
  return groups;
}

/** How many pictures a v1 body holds. */
export function imagesInBody(request: RecordedRequest): number {
  const image = recordAt(request.body, "value").image;
  return Array.isArray(image) ? image.length : 1;
}

/** The answer's JSON, or `undefined` when it is not JSON. */
export function jsonOf(response: ScriptedResponse | undefined): unknown {
  if (response === undefined) return undefined;
  if (Object.hasOwn(response.body, "json")) return response.body.json;
  const text = textAt(response.body, "text");
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return undefined;
  }
}
