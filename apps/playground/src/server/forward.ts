import type { IncomingMessage, ServerResponse } from "node:http";

/** Requests that the page may make, by method. Everything else would be free use of somebody's key. */
const ALLOWED: readonly (readonly [method: string, path: RegExp])[] = [
  ["GET", /^\/info$/],
  ["GET", /^\/model\/registry$/],
  ["POST", /^\/model\/add$/],
  ["POST", /^\/infer\/[a-z_]+$/],
  ["POST", /^\/initialise_webrtc_worker$/],
];
const MAX_BODY_BYTES = 32_000_000;
/** Only these headers of the page are passed on: no cookie, and no key of anybody else. */
const PASSED_HEADERS = ["content-type", "accept"] as const;

/** The server behind the page. */
export interface Upstream {
  readonly apiUrl: string;
  readonly apiKey: string | undefined;
}

/** Passes a request of the page on to the server, with the key, and its answer back. */
export async function forward(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
): Promise<void> {
  const { pathname, search } = new URL(path, "http://page");
  if (!ALLOWED.some(([method, allowed]) => request.method === method && allowed.test(pathname))) {
    return answer(response, 404, `The playground does not pass on ${request.method} ${pathname}.`);
  }
  // A page of another origin must not use the key through somebody's browser.
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") {
    return answer(response, 403, "The playground serves its own page alone.");
  }
  const body = request.method === "GET" ? undefined : await readBody(request);
  if (body === null) {
    // The rest of it is not read, so that the connection serves nobody else.
    response.setHeader("connection", "close");
    return answer(response, 413, `A request may have ${MAX_BODY_BYTES} bytes.`);
  }
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  let answered: Response;
  try {
    answered = await fetch(`${upstream.apiUrl.replace(/\/+$/, "")}${pathname}${search}`, {
      method: request.method ?? "GET",
      headers: headersFor(request, upstream),
      signal: leaving.signal,
      redirect: "manual",
      ...(body === undefined ? {} : { body: keyed(pathname, body, upstream) }),
    });
  } catch {
    return answer(response, 502, `No server answers at ${upstream.apiUrl}.`);
  }
  response.writeHead(answered.status, {
    "content-type": answered.headers.get("content-type") ?? "application/octet-stream",
  });
  response.end(Buffer.from(await answered.arrayBuffer()));
}

function headersFor(request: IncomingMessage, { apiKey }: Upstream): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of PASSED_HEADERS) {
    const value = request.headers[name];
    if (typeof value === "string") headers[name] = value;
  }
  if (apiKey !== undefined) headers.authorization = `Bearer ${apiKey}`;
  return headers;
}

/** Servers before 1.8 take the key of a live session from the body alone. */
function keyed(
  pathname: string,
  body: Uint8Array<ArrayBuffer>,
  { apiKey }: Upstream,
): Uint8Array<ArrayBuffer> | string {
  if (apiKey === undefined || pathname !== "/initialise_webrtc_worker") return body;
  try {
    const fields: unknown = JSON.parse(new TextDecoder().decode(body));
    return JSON.stringify({ ...(typeof fields === "object" ? fields : {}), api_key: apiKey });
  } catch {
    return body;
  }
}

/** The body, or null when it is too long. */
async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) return null;
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ message }));
}
