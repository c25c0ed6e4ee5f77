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
import type { Client } from "openapi-fetch";

/** Sends one request with everything that belongs to the call around it: deadline, retries, key header, events. */
export type SendRequest = (request: WireRequest) => Promise<Answer>;

/** What an endpoint gives back: the body as the specification types it (decoders check it), and the answer around it. */
export interface EndpointAnswer<T> {
  readonly data: T;
  readonly answer: Answer;
}

/** The typed operations of one server. */
export type EndpointClient = Pick<Client<paths>, "GET" | "POST" | "request">;

/** What a call of an operation gives beside its path, of all that openapi-fetch's types allow. */
interface OperationInit {
  readonly params?: { readonly path?: Readonly<Record<string, unknown>>; readonly query?: unknown };
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `stream` leaves the body of the answer alone. */
  readonly parseAs?: "stream";
  readonly pathSerializer?: (path: string) => string;
  readonly querySerializer?: (query: unknown) => string;
  readonly fetch: SendRequest;
}

interface OperationResult {
  readonly data?: unknown;
  readonly response: Answer;
}

/**
 * The operations of one server address, with openapi-fetch's types and a run time of our own. What openapi-fetch does besides
 * (middleware, parameter styles, WHATWG requests and headers) is a seventh of what a page may load, and is not used here.
 *
 * @param baseUrl - Origin and path prefix without a trailing slash.
 */
export function createEndpointClient(baseUrl: string): EndpointClient {
  const request = async (method: string, path: string, init: OperationInit): Promise<OperationResult> => {
    const {
      params = {},
      body,
      headers,
      pathSerializer = (text: string) => writePath(text, params.path),
    } = init;
    const query = (init.querySerializer ?? writeQuery)(params.query);
    const response = await init.fetch({
      url: `${baseUrl}${pathSerializer(path)}${query === "" ? "" : `?${query}`}`,
      method: method.toUpperCase(),
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      body: body === undefined ? null : writeBody(body),
    });
    return init.parseAs === "stream" ? { response } : { data: await parseJsonAnswer(response), response };
  };
  const client = {
    request,
    GET: (path: string, init: OperationInit) => request("GET", path, init),
    POST: (path: string, init: OperationInit) => request("POST", path, init),
  };
  // Its types say `Request` and `Response` where this package has `WireRequest` and `Answer`.
  return client as unknown as EndpointClient;
}

/** Makes the `fetch` option of one call from the call's `send`. See `createEndpointClient` for the types. */
export function fetchWith(send: SendRequest): (request: Request) => Promise<Response> {
  return send as unknown as (request: Request) => Promise<Response>;
}

/** Takes the answer out of what an operation returns. */
export function endpointAnswer<T>(result: {
  readonly data?: T;
  readonly response: Response;
}): EndpointAnswer<NonNullable<T>> {
  const { data } = result;
  if (data === undefined || data === null) throw new InvalidResponseError("The server's answer is null.");
  return { data, answer: rawAnswer(result) };
}

/** The answer of a call whose body was left alone (`parseAs: "stream"`). */
export function rawAnswer(result: { readonly response: Response }): Answer {
  return result.response as unknown as Answer;
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

/** Puts parameters into the `{name}`s of a path, escaped. */
function writePath(path: string, parameters: Readonly<Record<string, unknown>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (place, name: string) =>
    parameters[name] === undefined ? place : encodeURIComponent(String(parameters[name])),
  );
}

/** Query values as the Python client writes them (`True`, `False`); the server reads booleans in any case. */
function writeQuery(query: unknown): string {
  if (typeof query !== "object" || query === null) return "";
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    const text = typeof value === "boolean" ? (value ? "True" : "False") : String(value);
    pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  }
  return pairs.join("&");
}

const decoder = new TextDecoder();
