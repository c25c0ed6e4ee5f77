import type http from "node:http";
import { InvalidResponseError, isInferenceError } from "@inference-ts/errors";
import { contentLengthOf, tooLongError, type WireResponse } from "@inference-ts/transport";
import { collect, plainArray } from "./collect.ts";
import { decodedBody, hadNothingToDecode, isDecodingError } from "./content-encoding.ts";

/** An answer whose head has arrived, and how its call is ended. */
export interface NodeAnswer {
  readonly message: http.IncomingMessage;
  /** What to throw for an error of the connection. */
  failureOf(error: unknown): unknown;
  /** The answer was read to its end: the connection can serve the next request. */
  complete(): void;
  /** The answer is broken or no longer wanted: the connection is closed. */
  abandon(): void;
}

/** Presents an `IncomingMessage` as the port's answer. */
export function nodeResponse(answer: NodeAnswer): WireResponse {
  const { message } = answer;
  /** An error that comes before anyone reads is kept for the reader; without a listener it would end the process. */
  const early: { error: unknown } = { error: null };
  message.on("error", (error) => {
    early.error = error;
    answer.abandon();
  });
  return {
    status: message.statusCode ?? 0,
    header: (name) => headerOf(message.headers, name),
    bytes: (maxBytes) => readAll(answer, early.error, maxBytes),
    stream: () => readPieces(answer, early.error),
    discard: () => answer.abandon(),
  };
}

function headerOf(headers: http.IncomingHttpHeaders, name: string): string | null {
  const value = headers[name] ?? headers[name.toLowerCase()];
  if (value === undefined) return null;
  return Array.isArray(value) ? value.join(", ") : value;
}

async function readAll(answer: NodeAnswer, earlyError: unknown, maxBytes: number): Promise<Uint8Array> {
  try {
    if (earlyError !== null) throw earlyError;
    const announced = contentLengthOf(answer.message.headers["content-length"] ?? null);
    if (announced !== null && announced > maxBytes) throw tooLongError(maxBytes);
    const { readable, isDecoded } = decodedBody(answer.message);
    const bytes = await collect(readable, isDecoded ? null : announced, maxBytes).catch((error: unknown) => {
      if (hadNothingToDecode(error, readable)) return new Uint8Array(0);
      throw error;
    });
    answer.complete();
    return bytes;
  } catch (error) {
    throw broken(answer, error);
  }
}

async function* readPieces(
  answer: NodeAnswer,
  earlyError: unknown,
): AsyncGenerator<Uint8Array, void, undefined> {
  let ended = false;
  try {
    if (earlyError !== null) throw earlyError;
    const { readable } = decodedBody(answer.message);
    try {
      for await (const piece of readable) {
        if (piece instanceof Uint8Array) yield plainArray(piece);
      }
    } catch (error) {
      if (!hadNothingToDecode(error, readable)) throw error;
    }
    ended = true;
    answer.complete();
  } catch (error) {
    throw broken(answer, error);
  } finally {
    if (!ended) answer.abandon();
  }
}

/** Ends the call; returns what to throw. */
function broken(answer: NodeAnswer, error: unknown): unknown {
  const failure = isDecodingError(error)
    ? new InvalidResponseError("The answer's compressed bytes are damaged.")
    : isInferenceError(error)
      ? error
      : answer.failureOf(error);
  answer.abandon();
  return failure;
}
