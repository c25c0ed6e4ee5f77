import { InvalidUrlInputError, isInferenceError, readErrorBody, redactUrl } from "@inference-ts/errors";
import { abortErrorOf, throwIfAborted } from "./abort.ts";
import { checkByteLength, DEFAULT_MAX_IMAGE_BYTES } from "./limits.ts";
import type { UrlFetcher } from "./ports.ts";
import { readStream } from "./read-stream.ts";
import { describeContent, sniffImageFormat } from "./sniff.ts";
import { checkUrl, DEFAULT_URL_POLICY, type UrlPolicy } from "./url-policy.ts";

/** How {@link createUrlFetcher} fetches. */
export interface UrlFetcherOptions {
  /** Rules for URLs; missing fields take the values of `DEFAULT_URL_POLICY`. */
  readonly policy?: Partial<UrlPolicy> | undefined;
  /** Most bytes of one download. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** Replaces `fetch`. Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Addresses of a host name, asked before a request when the policy refuses non-global addresses; needs `follow`. */
  readonly lookup?: ((hostname: string) => Promise<readonly string[]>) | undefined;
  /** How redirects are followed. Default: by `fetch` itself, and refused when the policy has rules that a target could break. */
  readonly follow?: RedirectFollower | undefined;
}

/** Gets the final answer for a URL that the policy allows. */
export type RedirectFollower = (start: URL, context: FollowContext) => Promise<Response>;

/** What a {@link RedirectFollower} works with. */
export interface FollowContext {
  readonly policy: UrlPolicy;
  readonly lookup: UrlFetcherOptions["lookup"];
  /** One GET; failures are errors of this package. */
  request(url: URL, redirect: RequestRedirect): Promise<Response>;
}

/** A browser hides where redirects lead, so it may follow them only where every target is allowed. */
const followByRuntime: RedirectFollower = (start, { policy, request }) => {
  const { allowNonHttps, allowWithoutFqdn, allowNonGlobalAddresses } = policy;
  const allowsAll =
    allowNonHttps &&
    allowWithoutFqdn &&
    allowNonGlobalAddresses &&
    policy.allowedDestinations === null &&
    policy.blockedDestinations === null;
  const mayFollow = policy.maxRedirects > 0 && (allowsAll || !policy.validateRedirects);
  return request(start, mayFollow ? "follow" : "error");
};

const MAX_ERROR_BYTES = 64 * 1024;
const MAX_ERROR_CHARACTERS = 300;
/** Values of a query that are this long may be keys or signatures; an answer that repeats them is cleaned. */
const MIN_SECRET_LENGTH = 8;

/** Makes a fetcher of pictures by URL: GET without retry, within the policy and the byte limit; the answer must be a picture. */
export function createUrlFetcher(options: UrlFetcherOptions = {}): UrlFetcher {
  const policy: UrlPolicy = { ...DEFAULT_URL_POLICY, ...options.policy };
  const limit = options.maxBytes ?? DEFAULT_MAX_IMAGE_BYTES;
  const follow = options.follow ?? followByRuntime;
  return {
    async fetch(url, signal, maxBytes = limit) {
      throwIfAborted(signal);
      const label = redactUrl(url.href);
      const request = async (target: URL, redirect: RequestRedirect) => {
        try {
          const [bare, headers] = takeCredentials(target);
          return await (options.fetch ?? globalThis.fetch)(bare, { headers, redirect, signal });
        } catch (error) {
          throw failureOf(error, redactUrl(target.href), signal, undefined);
        }
      };
      const response = await follow(checkUrl(url, policy), { policy, lookup: options.lookup, request });
      const { status } = response;
      if (!response.ok) {
        const said = await readErrorText(response, url, signal);
        throw new InvalidUrlInputError(`The image ${label} was answered with status ${status}${said}.`, {
          status,
        });
      }
      const bytes = await readBody(response, { signal, label, maxBytes: Math.min(limit, maxBytes) });
      if (sniffImageFormat(bytes) === null) {
        throw new InvalidUrlInputError(
          `The URL ${label} leads to no picture: the answer is ${describeContent(bytes)}.`,
          { status },
        );
      }
      return bytes;
    },
  };
}

/** What the answer says about its failure, ready for a sentence; empty when it says nothing or too much. */
async function readErrorText(response: Response, url: URL, signal: AbortSignal): Promise<string> {
  const { body, headers } = response;
  if (body === null) return "";
  const secrets = [...url.searchParams.values(), url.password].filter(
    (value) => value.length >= MIN_SECRET_LENGTH,
  );
  try {
    const bytes = await readStream(body, { signal, maxBytes: MAX_ERROR_BYTES, label: "" });
    const { serverMessage } = readErrorBody(bytes, headers.get("content-type"), secrets);
    return serverMessage === undefined ? "" : `: ${serverMessage.slice(0, MAX_ERROR_CHARACTERS)}`;
  } catch {
    throwIfAborted(signal);
    return "";
  }
}

async function readBody(
  { body, headers, status }: Response,
  options: { readonly signal: AbortSignal; readonly label: string; readonly maxBytes: number },
): Promise<Uint8Array> {
  const { signal, label, maxBytes } = options;
  if (body === null) return new Uint8Array();
  try {
    checkByteLength(Number(headers.get("content-length")), maxBytes, label);
    return await readStream(body, options);
  } catch (error) {
    if (!body.locked) await body.cancel();
    throw failureOf(error, label, signal, status);
  }
}

/** A library's own text may hold the whole URL, so only a system code is repeated of it. */
function failureOf(error: unknown, label: string, signal: AbortSignal, status: number | undefined): Error {
  if (signal.aborted) return abortErrorOf(signal);
  if (isInferenceError(error)) return error;
  let reason = "the connection failed";
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") reason = cause.code;
  }
  return new InvalidUrlInputError(
    `The image ${label} could not be fetched: ${reason}.`,
    status === undefined ? {} : { status },
  );
}

/** `fetch` takes no credentials in a URL; they travel as basic authentication instead. */
function takeCredentials(url: URL): readonly [bare: URL, headers: Record<string, string>] {
  if (url.username === "" && url.password === "") return [url, {}];
  const bare = new URL(url);
  bare.username = "";
  bare.password = "";
  const pair = new TextEncoder().encode(`${decodeLenient(url.username)}:${decodeLenient(url.password)}`);
  return [bare, { authorization: `Basic ${btoa(String.fromCharCode(...pair))}` }];
}

function decodeLenient(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
