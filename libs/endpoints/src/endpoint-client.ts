import { InvalidResponseError } from "@inference-ts/errors";
import type { paths } from "@inference-ts/schema";
import {
  type Answer,
  BodyHole,
  type StreamBody,
  type WireRequest,
  writeHoleBody,
  writeJsonBody,
} from "@inference-ts/transport";
import createClient, { type Client } from "openapi-fetch";

/** Sends one request with everything that belongs to the call around it: deadline, retries, key header, events. */
export type SendRequest = (request: WireRequest) => Promise<Answer>;

/** What an endpoint gives back: the body as the specification types it (decoders check it), and the answer around it. */
export interface EndpointAnswer<T> {
  readonly data: T;
  readonly answer: Answer;
}

/** The typed operations of one server. */
export type EndpointClient = Client<paths>;

/**
 * The openapi-fetch client of one server address. This is the only file that knows openapi-fetch.
 *
 * Two of its own options make it quick: a plain class instead of the WHATWG `Request`, whose construction costs more than
 * the rest of a local call, and our `fetch`, which returns the part of `Response` that openapi-fetch reads.
 *
 * @param baseUrl - Origin and path prefix without a trailing slash.
 */
export function createEndpointClient(baseUrl: string): EndpointClient {
  return createClient<paths>({
    baseUrl,
    // openapi-fetch constructs it and passes it to `fetch`, nothing else; only its type asks for the whole Request.
    Request: PlainRequest as unknown as typeof Request,
    bodySerializer: writeBody,
    querySerializer: writeQuery,
  });
}

/** Makes the `fetch` option of one call from the call's `send`. */
export function fetchWith(send: SendRequest): (request: Request) => Promise<Response> {
  return async (request) => {
    const answer = await send(toWireRequest(request));
    // See createEndpointClient: openapi-fetch reads status, ok, headers.get and json() only.
    return new PlainResponse(answer) as unknown as Response;
  };
}

/** Takes the answer out of what openapi-fetch returns. */
export function endpointAnswer<T>(result: {
  readonly data?: T;
  readonly response: Response;
}): EndpointAnswer<NonNullable<T>> {
  const { data, response } = result;
  const plain: unknown = response;
  if (!(plain instanceof PlainResponse) || data === undefined || data === null) {
    throw new InvalidResponseError(`The server's answer is ${data === null ? "null" : "empty"}.`);
  }
  return { data, answer: plain.answer };
}

/** The answer of a call whose body was left alone (`parseAs: "stream"`). */
export function rawAnswer(result: { readonly response: Response }): Answer {
  const plain: unknown = result.response;
  if (plain instanceof PlainResponse) return plain.answer;
  throw new InvalidResponseError("The endpoint client returned a foreign response.");
}

/**
 * The body of an answer as JSON.
 *
 * @throws InvalidResponseError when it is not JSON, such as the HTML page of a proxy.
 */
export async function parseJsonAnswer(answer: Answer): Promise<unknown> {
  const text = decoder.decode(answer.body);
  try {
    return JSON.parse(text);
  } catch {
    const { readUnusualJson } = await import("./unusual-json.ts");
    return readUnusualJson(answer, text);
  }
}

/** Bytes and streams are the body as they are, everything else is written as JSON. */
function writeBody(body: unknown): Uint8Array | StreamBody {
  if (body instanceof BodyHole) return writeHoleBody(body);
  return isReadyBody(body) ? body : writeJsonBody(body);
}

function isReadyBody(body: unknown): body is Uint8Array | StreamBody {
  if (body instanceof Uint8Array) return true;
  return typeof body === "object" && body !== null && "open" in body && typeof body.open === "function";
}

/** Query values as the Python client writes them (`True`, `False`); the server reads booleans in any case. */
function writeQuery(query: unknown): string {
  if (typeof query !== "object" || query === null) return "";
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const text = typeof value === "boolean" ? (value ? "True" : "False") : String(value);
    pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(withoutHalves(text))}`);
  }
  return pairs.join("&");
}

/** Half of a surrogate pair, which has no form in a URL, becomes the replacement character, as `URLSearchParams` does it. */
function withoutHalves(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

class PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: unknown;
  readonly body: unknown;

  constructor(
    url: string,
    init: { readonly method?: string; readonly headers?: unknown; readonly body?: unknown },
  ) {
    this.url = url;
    this.method = init.method ?? "GET";
    this.headers = init.headers;
    this.body = init.body;
  }
}

class PlainResponse {
  readonly answer: Answer;
  readonly ok = true;
  // openapi-fetch parses by itself, and throws a bare SyntaxError, unless there is a content length.
  readonly headers = { get: (name: string) => (name === "Content-Length" ? "1" : null) };
  readonly body = null;

  constructor(answer: Answer) {
    this.answer = answer;
  }

  get status(): number {
    // 204 would make openapi-fetch return no data without asking; an empty body is our own error.
    return this.answer.status === 204 ? 200 : this.answer.status;
  }

  async json(): Promise<unknown> {
    return parseJsonAnswer(this.answer);
  }
}

function toWireRequest(request: unknown): WireRequest {
  if (!(request instanceof PlainRequest))
    throw new TypeError("openapi-fetch did not construct the request class it was given");
  const { url, method, headers, body } = request;
  return {
    url,
    method,
    headers: headers instanceof Headers ? Object.fromEntries(headers) : {},
    body: isReadyBody(body) ? body : null,
  };
}

const decoder = new TextDecoder();
