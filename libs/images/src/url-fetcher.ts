import { InvalidUrlInputError, isInferenceError, readErrorBody, redactUrl } from "@inference-ts/errors";
import { abortErrorOf, throwIfAborted } from "./abort.ts";
import { isGlobalAddress } from "./ip-address.ts";
import { checkByteLength, DEFAULT_MAX_IMAGE_BYTES } from "./limits.ts";
import type { UrlFetcher } from "./ports.ts";
import { readStream } from "./read-stream.ts";
import { describeContent, sniffImageFormat } from "./sniff.ts";
import { checkUrl, DEFAULT_URL_POLICY, type UrlPolicy } from "./url-policy.ts";

/** How {@link createUrlFetcher} fetches. */
export interface UrlFetcherOptions {
  /** Rules for URLs; missing fields take the values of `DEFAULT_URL_POLICY`. */
  readonly policy?: Partial<UrlPolicy>;
  /** Most bytes of one download. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Replaces `fetch`. Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch;
  /** Addresses of a host name. Asked before a request when the policy refuses non-global addresses. */
  readonly lookup?: (hostname: string) => Promise<readonly string[]>;
}

const MAX_ERROR_BYTES = 64 * 1024;
const MAX_ERROR_CHARACTERS = 300;
/** Values of a query that are this long may be keys or signatures; an answer that repeats them is cleaned. */
const MIN_SECRET_LENGTH = 8;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Makes a fetcher of pictures by URL: one GET, no retry, redirects followed one by one with the policy applied to each. A
 * browser hides the targets of redirects; there they are followed by the browser itself, or refused when the policy has rules.
 */
export function createUrlFetcher(options: UrlFetcherOptions = {}): UrlFetcher {
  const policy: UrlPolicy = { ...DEFAULT_URL_POLICY, ...options.policy };
  const limit = options.maxBytes ?? DEFAULT_MAX_IMAGE_BYTES;

  async function request(
    url: URL,
    authorization: string | null,
    redirect: RequestRedirect,
    signal: AbortSignal,
  ) {
    const send = options.fetch ?? globalThis.fetch;
    const headers: Record<string, string> = authorization === null ? {} : { authorization };
    try {
      return await send(url, { headers, redirect, signal });
    } catch (error) {
      throwIfAborted(signal);
      throw new InvalidUrlInputError(
        `The image ${redactUrl(url.href)} could not be fetched: ${reasonOf(error)}.`,
      );
    }
  }

  async function checkAddresses(url: URL): Promise<void> {
    const { lookup } = options;
    const isLiteral = isGlobalAddress(url.hostname.replace(/^\[|\]$/g, "")) !== null;
    if (policy.allowNonGlobalAddresses || lookup === undefined || isLiteral) return;
    const addresses = await lookup(url.hostname).catch(() => []);
    const refused = addresses.find((address) => isGlobalAddress(address) !== true);
    if (addresses.length > 0 && refused === undefined) return;
    const reason =
      refused === undefined ? "its host has no address" : `its host has the non-global address ${refused}`;
    throw new InvalidUrlInputError(`The image URL ${redactUrl(url.href)} is refused: ${reason}.`);
  }

  async function follow(start: URL, signal: AbortSignal): Promise<Response> {
    let { url, authorization } = takeCredentials(checkUrl(start, policy));
    for (let redirects = 0; redirects <= policy.maxRedirects; redirects++) {
      if (redirects === 0 || policy.validateRedirects) await checkAddresses(url);
      const response = await request(url, authorization, "manual", signal);
      if (response.type === "opaqueredirect") return followHidden(url, authorization, signal);
      if (!REDIRECTS.has(response.status)) return response;
      await response.body?.cancel();
      const target = URL.parse(response.headers.get("location") ?? "", url);
      if (target === null || !response.headers.has("location")) {
        throw new InvalidUrlInputError(`The image ${redactUrl(url.href)} redirects to no valid address.`, {
          status: response.status,
        });
      }
      const next = takeCredentials(policy.validateRedirects ? checkUrl(target, policy) : target);
      // A key of one host is not for another.
      authorization = next.authorization ?? (next.url.origin === url.origin ? authorization : null);
      url = next.url;
    }
    throw new InvalidUrlInputError(
      `The image ${redactUrl(start.href)} redirects more than ${policy.maxRedirects} times.`,
    );
  }

  async function followHidden(
    url: URL,
    authorization: string | null,
    signal: AbortSignal,
  ): Promise<Response> {
    const hasRules =
      !policy.allowNonHttps ||
      !policy.allowWithoutFqdn ||
      !policy.allowNonGlobalAddresses ||
      policy.allowedDestinations !== null ||
      policy.blockedDestinations !== null;
    if (policy.maxRedirects === 0 || (policy.validateRedirects && hasRules)) {
      throw new InvalidUrlInputError(
        `The image ${redactUrl(url.href)} redirects, and this runtime hides where to, so that the URL policy cannot be applied.`,
        { hint: "Give the final URL." },
      );
    }
    return request(url, authorization, "follow", signal);
  }

  return {
    async fetch(start, signal, maxBytes = limit) {
      throwIfAborted(signal);
      const label = redactUrl(start.href);
      const response = await follow(start, signal);
      const { status } = response;
      if (!response.ok) {
        const said = await readErrorText(response, start, signal);
        throw new InvalidUrlInputError(`The image ${label} was answered with status ${status}${said}.`, {
          status,
        });
      }
      const bytes = await readBody(response, { signal, label, maxBytes: Math.min(limit, maxBytes) });
      if (sniffImageFormat(bytes) === null) {
        const content = describeContent(bytes);
        throw new InvalidUrlInputError(
          `The image URL ${label} leads to no picture: the answer is ${content}.`,
          {
            status,
            hint: "Open the URL without being logged in to see what it gives.",
          },
        );
      }
      return bytes;
    },
  };
}

/** What the answer says about its failure, ready for a sentence; empty when it says nothing or too much. */
async function readErrorText(response: Response, start: URL, signal: AbortSignal): Promise<string> {
  if (response.body === null) return "";
  const secrets = [...start.searchParams.values(), start.password].filter(
    (value) => value.length >= MIN_SECRET_LENGTH,
  );
  try {
    const body = await readStream(response.body, { signal, maxBytes: MAX_ERROR_BYTES, label: "error" });
    const { serverMessage } = readErrorBody(body, response.headers.get("content-type"), secrets);
    return serverMessage === undefined ? "" : `: ${serverMessage.slice(0, MAX_ERROR_CHARACTERS)}`;
  } catch {
    throwIfAborted(signal);
    return "";
  }
}

async function readBody(
  response: Response,
  options: { readonly signal: AbortSignal; readonly label: string; readonly maxBytes: number },
): Promise<Uint8Array> {
  const { signal, label, maxBytes } = options;
  try {
    checkByteLength(Number(response.headers.get("content-length") ?? 0), maxBytes, label);
    return response.body === null ? new Uint8Array() : await readStream(response.body, options);
  } catch (error) {
    if (response.body?.locked === false) await response.body.cancel();
    if (signal.aborted) throw abortErrorOf(signal);
    if (isInferenceError(error)) throw error;
    throw new InvalidUrlInputError(`The download of the image ${label} broke off: ${reasonOf(error)}.`, {
      status: response.status,
    });
  }
}

/** `fetch` takes no credentials in a URL; they travel as basic authentication instead, and stay out of later messages. */
function takeCredentials(url: URL): { url: URL; authorization: string | null } {
  if (url.username === "" && url.password === "") return { url, authorization: null };
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  const pair = new TextEncoder().encode(`${decodeLenient(url.username)}:${decodeLenient(url.password)}`);
  return { url: bare, authorization: `Basic ${btoa(String.fromCharCode(...pair))}` };
}

function decodeLenient(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A library's own text may hold the whole URL, so only a system code or the error's kind is repeated. */
function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return "the connection failed";
}
