import type { ImageSource } from "@inference-ts/images";
import { writeJsonBody } from "@inference-ts/transport";
import { resolveAddress } from "../address/resolve-address.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { OutgoingRequest } from "../call/exchange.ts";
import { openStream, sendRequest } from "../call/send-request.ts";
import type { CallOptions } from "../client-options.ts";
import { acceptOf } from "../request/accept.ts";
import { loadBytes } from "../request/load-input.ts";
import { JSON_TYPE } from "../request/run-task.ts";
import type { InferenceStream } from "../stream/inference-stream.ts";

/** What `post` sends. */
export interface PostOptions extends CallOptions {
  /** A JSON body; not sent when `data` is given. `null` counts as not given, as in Python. */
  readonly json?: unknown;
  /** Bytes, sent as they are, without a content type unless `headers` gives one. Text is a path or an address. */
  readonly data?: ImageSource | undefined;
  /** Name of a task: part of the address of some models, and the recommended model when none is named. */
  readonly task?: string | null | undefined;
  /** Give the lines of the answer as they arrive. */
  readonly stream?: boolean | undefined;
}

/** Sends anything to a model and gives the bytes of the answer, or its lines. */
export async function post(
  scope: CallScope,
  options: PostOptions,
): Promise<Uint8Array | InferenceStream<Uint8Array>> {
  const task = options.task ?? null;
  const url = await resolveAddress(scope, task);
  const isJson = options.data === undefined && (options.json ?? null) !== null;
  const request: OutgoingRequest = {
    method: "POST",
    url,
    body: await bodyOf(scope, options),
    headers: { ...(isJson ? JSON_TYPE : {}), ...acceptOf(task) },
    task,
  };
  if (options.stream !== true) return (await sendRequest(scope, request)).body;
  const { lineStream } = await import("../stream/streams.ts");
  return lineStream(await openStream(scope, request));
}

async function bodyOf(scope: CallScope, { data, json }: PostOptions): Promise<Uint8Array> {
  if (data !== undefined) return loadBytes(scope, data);
  return json === undefined || json === null ? new Uint8Array() : writeJsonBody(json);
}
