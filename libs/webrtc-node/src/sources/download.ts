import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AbortedError, InvalidUrlInputError, isInferenceError, redactUrl } from "@inference-ts/errors";

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const MAX_REDIRECTS = 30;
/** The Python client's time limit of a download. */
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** Rules of a download. */
export interface DownloadRules {
  /** Throws for addresses that must not be asked; called for the address and for every redirect. */
  readonly checkUrl?: ((url: URL) => void | Promise<void>) | undefined;
}

/**
 * Downloads a video into a file that is there whole or not at all.
 *
 * @throws InvalidUrlInputError when it is refused or fails, AbortedError.
 */
export async function downloadVideo(
  start: URL,
  path: string,
  { checkUrl }: DownloadRules,
  signal: AbortSignal,
): Promise<void> {
  const shown = redactUrl(start.href);
  const timeout = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
  const partial = `${path}.${randomUUID()}.part`;
  try {
    const response = await follow(start, shown, checkUrl, AbortSignal.any([signal, timeout]));
    await mkdir(dirname(path), { recursive: true });
    await pipeline(bodyOf(response, shown), createWriteStream(partial, { flags: "wx", mode: 0o600 }));
    if ((await stat(partial)).size === 0) throw failed(shown, "it is empty");
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    if (signal.aborted)
      throw new AbortedError("The download of the video was aborted.", { cause: signal.reason });
    if (timeout.aborted) throw failed(shown, `it took longer than ${DOWNLOAD_TIMEOUT_MS / 1000} s`);
    throw isInferenceError(error) ? error : failed(shown, systemCode(error));
  }
}

async function follow(
  start: URL,
  shown: string,
  checkUrl: DownloadRules["checkUrl"],
  signal: AbortSignal,
): Promise<Response> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    if (!["http:", "https:"].includes(url.protocol)) {
      throw failed(shown, `${url.protocol} is neither http: nor https:`);
    }
    await checkUrl?.(url);
    const [bare, headers] = takeCredentials(url);
    const response = await fetch(bare, { headers, redirect: "manual", signal });
    if (!REDIRECTS.includes(response.status)) return response;
    await response.body?.cancel();
    const location = response.headers.get("location");
    const target = location === null ? null : URL.parse(location, url);
    if (target === null) throw failed(shown, "it redirects to no valid address", response.status);
    // Credentials stay with their origin.
    if (target.origin === url.origin) {
      target.username ||= url.username;
      target.password ||= url.password;
    }
    url = target;
  }
  throw failed(shown, `it redirects more than ${MAX_REDIRECTS} times`);
}

function bodyOf({ ok, status, body }: Response, shown: string): Readable {
  if (!ok) {
    body?.cancel().catch(() => undefined);
    throw failed(shown, `status ${status}`, status);
  }
  if (body === null) throw failed(shown, "it is empty", status);
  return Readable.from(body);
}

/** `fetch` takes no credentials in a URL; they travel as basic authentication instead. */
function takeCredentials(url: URL): readonly [bare: URL, headers: Record<string, string>] {
  if (url.username === "" && url.password === "") return [url, {}];
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  const pair = [url.username, url.password].map(decodeLenient).join(":");
  return [bare, { authorization: `Basic ${Buffer.from(pair).toString("base64")}` }];
}

function decodeLenient(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A library's own text may hold the whole URL, so only a system code is repeated of it. */
function systemCode(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return typeof code === "string" ? code : "no connection";
}

function failed(shown: string, reason: string, status?: number): InvalidUrlInputError {
  const message = `The video ${shown} could not be downloaded: ${reason}.`;
  return new InvalidUrlInputError(message, status === undefined ? {} : { status });
}
