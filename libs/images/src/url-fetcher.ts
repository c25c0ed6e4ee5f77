import { InvalidUrlInputError, isInferenceError, redact, urlWithoutQuery } from "@inference-ts/errors";
import { throwIfAborted } from "./abort.ts";
import { describeContent } from "./describe-content.ts";
import { failureCode } from "./failure-code.ts";
import { checkByteLength, DEFAULT_MAX_IMAGE_BYTES } from "./limits.ts";
import type { UrlFetcher } from "./ports.ts";
import { readStream } from "./read-stream.ts";
import { sniffImageFormat } from "./sniff.ts";
import { type AddressJudge, checkUrl, DEFAULT_URL_POLICY, type UrlPolicy } from "./url-policy.ts";

/** How {@link createUrlFetcher} fetches. */
export interface UrlFetcherOptions {
  /** Rules for URLs; missing fields take the values of `DEFAULT_URL_POLICY`. */
  readonly policy?: Partial<UrlPolicy> | undefined;
  /** Most bytes of one download. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
  /** Take any content, not pictures alone. Default false. */
  readonly anyContent?: boolean | undefined;
  /** Replaces `fetch`. Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Addresses of a host name, asked before a request when the policy refuses non-global addresses; needs `follow`. */
  readonly lookup?: ((hostname: string) => Promise<readonly string[]>) | undefined;
  /** Judges IP addresses. Default: none is global. */
  readonly isGlobalAddress?: AddressJudge | undefined;
  /** How redirects are followed. Default: by `fetch` itself, and refused when the policy has rules that a target could break. */
  readonly follow?: RedirectFollower | undefined;
}

/** Gets the final answer for a URL that the policy allows. */
export type RedirectFollower = (start: URL, context: FollowContext) => Promise<Response>;

/** What a {@link RedirectFollower} works with. */
export interface FollowContext {
  readonly policy: UrlPolicy;
  readonly lookup: UrlFetcherOptions["lookup"];
  /** How messages call what is downloaded. Default `image`. */
  readonly what?: string;
  /** Checks a URL against the policy. */
  check(url: URL): URL;
  /** One GET. */
  request(url: URL, redirect: RequestRedirect, headers?: Record<string, string>): Promise<Response>;
}

/** A browser hides where redirects lead, so it may follow them only where every target is allowed. */
const followByRuntime: RedirectFollower = (start, { policy, request }) => {
  const hasRules = JSON.stringify(policy) !== JSON.stringify(DEFAULT_URL_POLICY);
  return request(start, hasRules && policy.validateRedirects ? "error" : "follow");
};

/** Values of a query that are this long may be keys or signatures; an answer that repeats them is cleaned. */
const MIN_SECRET_LENGTH = 8;

/** Makes a fetcher of pictures by URL: GET without retry, within the policy and the byte limit; the answer must be a picture. */
export function createUrlFetcher(options: UrlFetcherOptions = {}): UrlFetcher {
  const policy: UrlPolicy = { ...DEFAULT_URL_POLICY, ...options.policy };
  const { lookup, isGlobalAddress, follow = followByRuntime } = options;
  const limit = options.maxBytes ?? DEFAULT_MAX_IMAGE_BYTES;
  const check = (url: URL) => checkUrl(url, policy, isGlobalAddress);
  return {
    async fetch(url, signal, maxBytes = limit) {
      const label = urlWithoutQuery(url.href);
      const request: FollowContext["request"] = (target, redirect, headers = {}) =>
        (options.fetch ?? globalThis.fetch)(target, { headers, redirect, signal });
      let status: number | undefined;
      const fail = (reason: string) =>
        new InvalidUrlInputError(
          `The image ${label} could not be fetched: ${reason}.`,
          status === undefined ? {} : { status },
        );
      try {
        throwIfAborted(signal);
        const response = await follow(check(url), { policy, check, lookup, request });
        const { body, headers } = response;
        status = response.status;
        const max = Math.min(limit, maxBytes);
        // Not every proxy writes a number; what arrives is counted anyway.
        const announced = Number(headers.get("content-length")) || 0;
        if (announced > max) await body?.cancel();
        checkByteLength(announced, max, label);
        const bytes =
          body === null ? new Uint8Array() : await readStream(body, { signal, maxBytes: max }, label);
        if (!response.ok) {
          const secrets = [...url.searchParams.values()].filter((value) => value.length >= MIN_SECRET_LENGTH);
          const said = redact(wordsOf(new TextDecoder().decode(bytes.subarray(0, 4096))), secrets);
          throw fail(`status ${status} ${said.replace(/\s+/g, " ").trim().slice(0, 300)}`.trim());
        }
        if (options.anyContent !== true && sniffImageFormat(bytes) === null)
          throw fail(`its content is ${describeContent(bytes)}`);
        return bytes;
      } catch (error) {
        throwIfAborted(signal);
        throw isInferenceError(error) ? error : fail(failureCode(error));
      }
    },
  };
}

/** What a failed download says: the message of JSON, or the text without its tags. */
function wordsOf(text: string): string {
  try {
    const { message, detail, error } = JSON.parse(text);
    return String(message ?? detail ?? error ?? text);
  } catch {
    return text.replace(/<[^<>]*>/g, " ");
  }
}
