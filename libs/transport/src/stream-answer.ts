import { ServerConnectionError } from "@inference-ts/errors";
import type { Deadline } from "./deadline.ts";
import { brokenConnection, type CallDescription, targetOf } from "./failed-attempt.ts";
import type { WireRequest, WireResponse } from "./wire.ts";

/** An answer with a 2xx status whose body is still arriving. */
export interface StreamAnswer {
  readonly status: number;
  /** Value of a header (any case), `null` when absent. */
  header(name: string): string | null;
  /** How many attempts were made, 1 or more. */
  readonly attempts: number;
  /** The body; can be read once. Leaving the loop releases the connection. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Drops what is left of the body. Needed when `body` is not read; may be called at any time. */
  close(): void;
}

/** The call behind a streamed answer. */
export interface StreamCall {
  readonly request: WireRequest;
  readonly description: CallDescription;
  /** Attempts made, 1 or more. */
  readonly attempts: number;
  /** Ends with the stream. */
  readonly deadline: Deadline;
  /** Longest silence between two pieces, in milliseconds; `null` for none. Does not count while the reader is busy. */
  readonly idleTimeoutMs: number | null;
  /** What the loop throws when the caller or the time limit ended the call. */
  endedEarly(): unknown;
}

/** Gives an answer's body in pieces as they arrive; its time limit holds between two pieces. */
export function streamAnswer(response: WireResponse, call: StreamCall): StreamAnswer {
  let reading = false;
  call.deadline.restart(null);
  return {
    status: response.status,
    header: (name) => response.header(name),
    attempts: call.attempts,
    body: {
      [Symbol.asyncIterator]: () => {
        if (reading) throw new ServerConnectionError("The body of a streamed answer can be read once.");
        reading = true;
        return readPieces(response, call);
      },
    },
    close: () => {
      call.deadline.end();
      if (!reading) response.discard();
      reading = true;
    },
  };
}

async function* readPieces(
  response: WireResponse,
  call: StreamCall,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { request, description, attempts, deadline } = call;
  const pieces = response.stream()[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      deadline.restart(call.idleTimeoutMs);
      const step = await pieces.next();
      deadline.restart(null);
      if (step.done) {
        ended = true;
        return;
      }
      yield step.value;
    }
  } catch (error) {
    ended = true;
    if (deadline.cause === "closed") return;
    if (deadline.cause !== null) throw call.endedEarly();
    const what = `The answer of ${targetOf(request, description)} for ${description.operation} broke off`;
    throw brokenConnection(what, description, error, attempts);
  } finally {
    deadline.end();
    // A piece may never come, so this is not waited for.
    if (!ended) Promise.resolve(pieces.return?.()).catch(() => undefined);
  }
}
