import { type ErrorAnswer, type HTTPCallError, secretsOfHeaders } from "@inference-ts/errors";
import { retryAfterOf } from "./retry-after.ts";
import type { WireRequest, WireResponse } from "./wire.ts";

/** Makes an error of an answer with an error status. */
export type ErrorReader = (answer: ErrorAnswer) => HTTPCallError | Promise<HTTPCallError>;

/** What is known about the request behind an answer. */
export interface FailedRequest {
  readonly request: WireRequest;
  readonly about: string | undefined;
  readonly secrets: readonly string[];
  readonly errorOf: ErrorReader;
  /** Attempts made, 1 or more. */
  readonly attempts: number;
  /** Milliseconds since 1970 on the client's clock. */
  readonly now: number;
}

/** Longest error body that is read, in bytes; what is beyond it is not worth waiting for. */
const MAX_ERROR_BODY_BYTES = 1024 * 1024;

/** Reads an answer with an error status into the error that the caller gets. */
export async function readFailedAnswer(
  response: WireResponse,
  { request, now, errorOf, secrets, ...call }: FailedRequest,
): Promise<HTTPCallError> {
  const retryAfterMs = retryAfterOf(response, now);
  return errorOf({
    method: request.method,
    url: request.url,
    status: response.status,
    header: (name) => response.header(name),
    body: await readWhatIsThere(response),
    retryAfterMs,
    // Headers of the caller's own may be credentials too: those of a gateway, or cookies.
    secrets: [...secrets, ...secretsOfHeaders(request.headers)],
    ...call,
  });
}

/** The status says what happened even when the body is broken, too long or cut off by the deadline. */
async function readWhatIsThere(response: WireResponse): Promise<Uint8Array | string> {
  try {
    return await response.bytes(MAX_ERROR_BODY_BYTES);
  } catch {
    return "";
  }
}
