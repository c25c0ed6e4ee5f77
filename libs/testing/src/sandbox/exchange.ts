import type { IncomingHttpHeaders } from "node:http";
import type { LiveFault } from "./faults.ts";

/** One request as the routes see it, and what they note about it for the response headers. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** Model ids that the request named, for `x-model-id`. */
  readonly modelIds: Set<string>;
  /** Models that were loaded for the request, for the cold start headers. */
  readonly loads: { readonly modelId: string; readonly seconds: number }[];
  /** How the live video session that the request starts shall misbehave. */
  readonly live?: LiveFault;
}

/** An answer before it is written to the socket. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The body in the pieces in which it is sent, unless a fault wants it whole. */
  readonly pieces?: readonly Uint8Array[];
  /** Time to wait before the answer, in milliseconds. */
  readonly delayMs?: number;
  /** Called when the peer goes away before the answer is complete. */
  readonly onLeave?: () => void;
}

/** An answer of server-sent events, one piece each. */
export function eventAnswer(events: readonly string[]): Answer {
  const pieces = events.map((event) => Buffer.from(event));
  return {
    status: 200,
    headers: { "content-type": "text/event-stream" },
    body: Buffer.concat(pieces),
    pieces,
  };
}

/** An answer with a JSON body; fields that are null are kept. */
export function jsonAnswer(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** An answer with a text body. */
export function textAnswer(text: string, status = 200, contentType = "text/plain; charset=utf-8"): Answer {
  return { status, headers: { "content-type": contentType }, body: Buffer.from(text) };
}

/** Ends a request with an answer from any depth of a route; never leaves the server. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with status ${answer.status}`);
    this.answer = answer;
  }
}

/** Ends the request with `{"message": ...}`, the shape of most errors of the real server. */
export function refuse(
  status: number,
  message: string,
  extra: Readonly<Record<string, unknown>> = {},
): never {
  throw new Refusal(jsonAnswer({ message, ...extra }, status));
}
