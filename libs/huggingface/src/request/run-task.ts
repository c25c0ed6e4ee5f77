import type { ImageSource } from "@inference-ts/images";
import { writeJsonBody } from "@inference-ts/transport";
import { resolveAddress } from "../address/resolve-address.ts";
import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { Answer, OutgoingRequest } from "../call/exchange.ts";
import { sendRequest } from "../call/send-request.ts";
import type { TaskOptions } from "../client-options.ts";
import { acceptOf } from "./accept.ts";
import { base64Hole, loadBytes } from "./load-input.ts";
import { mediaTypeOf } from "./media-type.ts";
import { parametersField, wireParameters } from "./parameters.ts";

/** `content-type` of JSON, exactly as the table of the Inference Endpoints container has it. */
export const JSON_TYPE = { "content-type": "application/json" } as const;

/** A request with a JSON body. */
export function jsonRequest(url: string, task: string | null, body: unknown): OutgoingRequest {
  const headers = { ...JSON_TYPE, ...acceptOf(task) };
  return { method: "POST", url, body: writeJsonBody(body), headers, task };
}

/** Sends a JSON body to a task. */
export async function sendJson(scope: CallScope, task: string, body: unknown): Promise<Answer> {
  return sendRequest(scope, jsonRequest(await resolveAddress(scope, task), task, body));
}

/**
 * Sends a picture or sound to a task: the bytes with their media type, or JSON with base64 as soon as there are parameters.
 */
export async function sendMedia(
  scope: CallScope,
  task: string,
  source: ImageSource,
  parameters: Record<string, unknown>,
): Promise<Answer> {
  if (Object.keys(parameters).length > 0) {
    const inputs = base64Hole(scope, await loadBytes(scope, source));
    return sendJson(scope, task, { inputs, ...parametersField(parameters) });
  }
  const url = await resolveAddress(scope, task);
  const bytes = await loadBytes(scope, source);
  return sendRequest(scope, {
    method: "POST",
    url,
    body: bytes,
    headers: { ...contentTypeOf(bytes), ...acceptOf(task) },
    task,
  });
}

function contentTypeOf(bytes: Uint8Array): Record<string, string> {
  if (bytes.byteLength === 0) return {};
  return { "content-type": mediaTypeOf(bytes) ?? "application/octet-stream" };
}

/** The JSON that a task answers to a picture or sound. */
export async function askMedia(
  scope: CallScope,
  task: string,
  source: ImageSource,
  options: TaskOptions,
): Promise<unknown> {
  return readJson(await sendMedia(scope, task, source, wireParameters(options)), scope.operation);
}

/** The JSON that a task answers to a body of some fields, with the options as parameters. */
export async function askJson(
  scope: CallScope,
  task: string,
  fields: object,
  options: TaskOptions,
): Promise<unknown> {
  const body = { ...fields, ...parametersField(wireParameters(options)) };
  return readJson(await sendJson(scope, task, body), scope.operation);
}
