import type { Sandbox } from "../sandbox.ts";

/** An answer with its body read. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; fails on first use when it is not JSON. */
  readonly json: unknown;
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    get json(): unknown {
      return JSON.parse(text);
    },
  };
}

/** The field at a path such as `predictions.0.width`. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split(".")) {
    if (typeof here !== "object" || here === null) throw new Error(`nothing at "${path}" (${key})`);
    here = Reflect.get(here, key);
  }
  return here;
}

/** A list of objects at a path. */
export function rows(value: unknown, path: string): Record<string, unknown>[] {
  const list = at(value, path);
  if (!Array.isArray(list)) throw new Error(`no list at "${path}"`);
  return list;
}

export async function getJson(sandbox: Sandbox, path: string, headers: HeadersInit = {}): Promise<Reply> {
  return read(await fetch(sandbox.url + path, { headers }));
}

export async function postJson(
  sandbox: Sandbox,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const all = { "content-type": "application/json", ...headers };
  return read(await fetch(sandbox.url + path, { method: "POST", headers: all, body: text }));
}

/** A v0 request with base64 text. */
export async function postLegacy(sandbox: Sandbox, path: string, image: Uint8Array): Promise<Reply> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = Buffer.from(image).toString("base64");
  return read(await fetch(sandbox.url + path, { method: "POST", headers, body }));
}

/** The `image` field of a v1 request. */
export function imageField(bytes: Uint8Array): { type: "base64"; value: string } {
  return { type: "base64", value: Buffer.from(bytes).toString("base64") };
}
