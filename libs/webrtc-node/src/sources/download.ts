import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AbortedError, InvalidUrlInputError, isInferenceError, urlWithoutQuery } from "@inference-ts/errors";
import {
  checkUrl,
  DEFAULT_URL_POLICY,
  failureCode,
  followRedirects,
  isGlobalAddress,
  type UrlPolicy,
} from "@inference-ts/images";
import { nodeLookup } from "@inference-ts/images-node";

/** The Python client's time limit of a download. */
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** Rules of a download. */
export interface DownloadRules {
  /** Fields that are missing take the values of `DEFAULT_URL_POLICY`. */
  readonly urlPolicy: Partial<UrlPolicy>;
  /** Throws for addresses that must not be asked; called for the address and for every redirect. */
  readonly checkUrl?: ((url: URL) => void | Promise<void>) | undefined;
}

/** @throws InvalidUrlInputError for an address that the policy refuses. */
export function checkVideoUrl(url: URL, policy: Partial<UrlPolicy>): URL {
  return checkUrl(url, { ...DEFAULT_URL_POLICY, ...policy }, isGlobalAddress, "video");
}

/**
 * Downloads a video into a file that is there whole or not at all.
 *
 * @throws InvalidUrlInputError when it is refused or fails, AbortedError.
 */
export async function downloadVideo(
  start: URL,
  path: string,
  rules: DownloadRules,
  signal: AbortSignal,
): Promise<void> {
  const shown = urlWithoutQuery(start.href);
  const timeout = AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS);
  const partial = `${path}.${randomUUID()}.part`;
  try {
    const response = await ask(start, rules, AbortSignal.any([signal, timeout]));
    await mkdir(dirname(path), { recursive: true });
    await pipeline(bodyOf(response, shown), createWriteStream(partial, { flags: "wx", mode: 0o600 }));
    if ((await stat(partial)).size === 0) throw failed(shown, "it is empty");
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    if (signal.aborted)
      throw new AbortedError("The download of the video was aborted.", { cause: signal.reason });
    if (timeout.aborted) throw failed(shown, `it took longer than ${DOWNLOAD_TIMEOUT_MS / 1000} s`);
    throw isInferenceError(error) ? error : failed(shown, failureCode(error));
  }
}

function ask(
  start: URL,
  { urlPolicy, checkUrl: judge }: DownloadRules,
  signal: AbortSignal,
): Promise<Response> {
  const check = (url: URL): URL => checkVideoUrl(url, urlPolicy);
  return followRedirects(check(start), {
    policy: { ...DEFAULT_URL_POLICY, ...urlPolicy },
    lookup: nodeLookup,
    what: "video",
    check,
    request: async (url, redirect, headers = {}) => {
      await judge?.(url);
      return fetch(url, { headers, redirect, signal });
    },
  });
}

function bodyOf({ ok, status, body }: Response, shown: string): Readable {
  if (!ok) {
    body?.cancel().catch(() => undefined);
    throw failed(shown, `status ${status}`, status);
  }
  if (body === null) throw failed(shown, "it is empty", status);
  return Readable.from(body);
}

function failed(shown: string, reason: string, status?: number): InvalidUrlInputError {
  const message = `The video ${shown} could not be downloaded: ${reason}.`;
  return new InvalidUrlInputError(message, status === undefined ? {} : { status });
}
