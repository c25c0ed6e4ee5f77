import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { HTTPCallError, InvalidParameterError, ServerConnectionError } from "@inference-ts/errors";
import { parseJson } from "./json.ts";
import { normalise, type Spec } from "./normalise.ts";

const FETCH_TIMEOUT_MS = 60_000;

/** A server's document with what is known about where it is from. */
export interface LoadedSpec {
  readonly spec: Spec;
  /** How it was got, without keys and without folders of this machine. */
  readonly how: string;
  /** SHA-256 of the bytes as they came, hexadecimal. */
  readonly rawSha256: string;
}

/** SHA-256 of a text in UTF-8 or of bytes, hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The document's URL of a server: `/openapi.json` is added when the URL has no path. */
function documentUrl(text: string): URL {
  if (!URL.canParse(text)) throw new InvalidParameterError(`"${text}" is not a URL.`);
  const url = new URL(text);
  if (url.pathname === "/") url.pathname = "/openapi.json";
  return url;
}

async function fetchBytes(url: URL, shown: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  } catch (cause) {
    throw new ServerConnectionError(`No answer from ${shown}. Is the server running?`, { cause });
  }
  if (!response.ok) {
    throw new HTTPCallError(`${shown} answered ${response.status}, not an OpenAPI document.`, {
      status: response.status,
      method: "GET",
      url: shown,
      serverMessage: undefined,
    });
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new InvalidParameterError(
      `"${path}" is not a file that can be read. Give a file, an http(s) URL of a server, or a version in openapi/.`,
      { cause },
    );
  }
}

/**
 * Loads a document from a server or a file and brings it into normal form.
 *
 * @param place - An http(s) URL of a server or of its document, or a path.
 * @throws InvalidParameterError when it is no file, no JSON or no OpenAPI 3 document.
 * @throws ServerConnectionError when the server does not answer.
 * @throws HTTPCallError when it answers with an error.
 */
export async function loadSpec(place: string): Promise<LoadedSpec> {
  const isUrl = /^https?:\/\//i.test(place);
  const url = isUrl ? documentUrl(place) : undefined;
  // Query and credentials of a URL can hold a key.
  const shown = url === undefined ? `"${place}"` : `${url.origin}${url.pathname}`;
  const bytes = url === undefined ? await readBytes(place) : await fetchBytes(url, shown);
  return {
    spec: normalise(parseJson(new TextDecoder().decode(bytes), shown), shown),
    how: url === undefined ? `file ${basename(place)}` : `GET ${shown}`,
    rawSha256: sha256(bytes),
  };
}
