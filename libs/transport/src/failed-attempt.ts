import {
  addressOf,
  type HTTPCallError,
  hideSecrets,
  isInferenceError,
  ServerConnectionError,
} from "@inference-ts/errors";
import type { AttemptFailure } from "./retry-policy.ts";
import type { WireRequest } from "./wire.ts";

/** What messages about a call are made of. */
export interface CallDescription {
  /** Values that must not be in any error. */
  readonly secrets: readonly string[];
  /** What is done, for messages, such as `infer`. */
  readonly operation: string;
}

/** One failed attempt: the error the caller gets if no other attempt follows, and what the retry policy looks at. */
export interface FailedAttempt {
  readonly error: HTTPCallError | ServerConnectionError;
  readonly failure: AttemptFailure;
}

/** An attempt that an answer with an error status ended. */
export function failedStatus(error: HTTPCallError): FailedAttempt {
  const { status, retryAfterMs } = error;
  return { error, failure: { kind: "status", status, retryAfterMs } };
}

/**
 * An attempt that no complete answer ended.
 *
 * @throws The error itself when it is not about the connection: no other attempt would help.
 */
export function failedConnection(
  request: WireRequest,
  call: CallDescription,
  cause: unknown,
  attempts: number,
): FailedAttempt {
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  const error = brokenConnection(
    `No complete answer from ${targetOf(request, call)} for ${call.operation}${tries}`,
    call,
    cause,
    attempts,
    "Check that the server runs and that its address is right.",
  );
  return { error, failure: { kind: "connection", systemCode: error.systemCode } };
}

/** What a transport threw as an error that says what it broke. @throws Errors that are not about the connection, as they are. */
export function brokenConnection(
  what: string,
  { secrets }: CallDescription,
  cause: unknown,
  attempts: number,
  hint?: string,
): ServerConnectionError {
  const isOurs = cause instanceof ServerConnectionError;
  if (isInferenceError(cause) && !isOurs) throw cause;
  const reason = cause instanceof Error ? cause.message : "the transport failed";
  return new ServerConnectionError(`${what}: ${hideSecrets(reason, secrets)}.`, {
    attempts,
    systemCode: isOurs ? cause.systemCode : undefined,
    hint,
  });
}

/** The address for messages: no query, no secret. */
export function targetOf(request: WireRequest, { secrets }: CallDescription): string {
  return hideSecrets(addressOf(request.url), secrets);
}
