import { ClosedError, InvalidParameterError } from "@inference-ts/errors";
import { type FetchCall, openCall } from "./fetch-call.ts";
import { contentLengthOf, joinPieces, tooLongError } from "./read-bytes.ts";
import { piecesOf } from "./read-pieces.ts";
import { createRunningCalls } from "./running-calls.ts";
import type { Transport, WireRequest, WireResponse } from "./wire.ts";

/** The part of `fetch` that is used. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** Options of `fetchTransport`. */
export interface FetchTransportOptions {
  /** A `fetch` of your own. Default: `globalThis.fetch`, looked up at each call so that interceptors see it. */
  readonly fetch?: FetchFunction;
}

/**
 * The transport of browsers and other runtimes with `fetch`. Redirects are not followed: a redirected POST would lose its
 * body. A browser hides their status, which is then 0. Closing ends the calls; idle connections stay with the runtime, which
 * shares them between all that use `fetch`.
 */
export function fetchTransport(options: FetchTransportOptions = {}): Transport {
  /** Calls that are under way, to be ended by `close()`. */
  const calls = createRunningCalls<FetchCall>();
  let closed = false;
  return {
    name: "fetch",
    send: async (request, signal) => {
      if (closed) throw closedError();
      if (signal.aborted) throw signal.reason;
      const call = openCall(calls, signal);
      try {
        const doFetch: FetchFunction = options.fetch ?? globalThis.fetch;
        const { body } = request;
        const init = requestInit(request, call);
        // Bytes need no code for streams.
        if (body !== null && !(body instanceof Uint8Array))
          (await import("./stream-upload.ts")).addStream(init, body, call);
        return wireResponse(await doFetch(request.url, init), call);
      } catch (error) {
        throw call.fail(error);
      }
    },
    close: async () => {
      closed = true;
      for (const call of calls) call.abort(closedError());
    },
  };
}

function closedError(): ClosedError {
  return new ClosedError("The transport is closed. Make a new client.");
}

function requestInit(request: WireRequest, call: FetchCall): RequestInit {
  const { method, body } = request;
  if (body !== null && (method === "GET" || method === "HEAD")) {
    throw new InvalidParameterError(`A ${method} request cannot have a body in this runtime.`);
  }
  return {
    method,
    headers: fetchHeaders(request.headers),
    redirect: "manual",
    signal: call.signal,
    ...(body instanceof Uint8Array ? { body: ownedBytes(body) } : {}),
  };
}

/** The platform's own message would quote the value, and with it perhaps the key. */
function fetchHeaders(headers: Readonly<Record<string, string>>): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    try {
      result.append(name, value);
    } catch {
      throw new InvalidParameterError(`The request cannot be written: invalid header "${name}".`);
    }
  }
  return result;
}

const isOwned = (bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> => bytes.buffer instanceof ArrayBuffer;

/** `fetch` does not take shared memory. */
function ownedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return isOwned(bytes) ? bytes : new Uint8Array(bytes);
}

function wireResponse(response: Response, call: FetchCall): WireResponse {
  return {
    status: response.status,
    header: (name) => response.headers.get(name),
    bytes: async (maxBytes) => {
      try {
        return await readBytes(response, maxBytes);
      } catch (error) {
        throw call.fail(error);
      } finally {
        call.end();
      }
    },
    stream: () => readStream(response, call),
    discard: () => {
      response.body?.cancel().catch(() => undefined);
      call.end();
    },
  };
}

async function readBytes(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array(0);
  const announced = contentLengthOf(response.headers.get("content-length"));
  if (announced !== null && announced > maxBytes) {
    await response.body.cancel();
    throw tooLongError(maxBytes);
  }
  if (announced !== null && response.type !== "cors" && response.headers.get("content-encoding") === null) {
    // The runtime stops at the announced length, so one read is safe and a lot faster than pieces. Of another site's answer a browser
    // does not tell the encoding, and with it how long the body will be.
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.byteLength > maxBytes) throw tooLongError(maxBytes);
    return bytes;
  }
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const piece of piecesOf(response.body)) {
    total += piece.byteLength;
    if (total > maxBytes) throw tooLongError(maxBytes);
    pieces.push(piece);
  }
  return joinPieces(pieces, total);
}

async function* readStream(response: Response, call: FetchCall): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (response.body !== null) yield* piecesOf(response.body);
  } catch (error) {
    throw call.fail(error);
  } finally {
    call.end();
  }
}
