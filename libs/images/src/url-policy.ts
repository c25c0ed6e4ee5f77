import { InvalidUrlInputError, redactUrl } from "@inference-ts/errors";
import { isGlobalAddress } from "./ip-address.ts";

/**
 * Which URLs are fetched as images. The fields are those of the Python SDK's environment variables; the defaults are as
 * permissive as Python's, except that redirects are checked too. A service that takes URLs from strangers should set
 * `allowNonGlobalAddresses: false`, best with `allowedDestinations`.
 */
export interface UrlPolicy {
  /** Take URLs at all. Default true. Python: `ALLOW_URL_INPUT`. */
  readonly allowUrlInput: boolean;
  /** Take `http:` beside `https:`. Default true. Python: `ALLOW_NON_HTTPS_URL_INPUT`. */
  readonly allowNonHttps: boolean;
  /**
   * Take IP addresses and hosts without a public-looking domain name. Default true. Python: `ALLOW_URL_INPUT_WITHOUT_FQDN`. No list of
   * public suffixes is carried: a name passes when it has a dot and its last label is not reserved for local use (RFC 6761, RFC 6762).
   */
  readonly allowWithoutFqdn: boolean;
  /** Hosts that alone are allowed, exact names; `null` = all. Python: `WHITELISTED_DESTINATIONS_FOR_URL_INPUT`. */
  readonly allowedDestinations: readonly string[] | null;
  /** Hosts that are refused, exact names; `null` = none. Python: `BLACKLISTED_DESTINATIONS_FOR_URL_INPUT`. */
  readonly blockedDestinations: readonly string[] | null;
  /**
   * Take private, loopback, link-local, multicast and other non-global addresses. Default true. Python:
   * `ALLOW_URL_TO_NON_GLOBAL_ADDRESSES`. Where names can be resolved (`./node`), their addresses are checked before the request; the
   * connection is not pinned to the checked address, so a hostile name server can still answer differently the second time.
   */
  readonly allowNonGlobalAddresses: boolean;
  /** Apply all rules to the target of every redirect. Default true (Python: `VALIDATE_IMAGE_URL_REDIRECTS`, false). */
  readonly validateRedirects: boolean;
  /** Most redirects that are followed. Default 30. Python: `MAX_IMAGE_URL_REDIRECTS`. */
  readonly maxRedirects: number;
}

/** See {@link UrlPolicy}. */
export const DEFAULT_URL_POLICY: UrlPolicy = {
  allowUrlInput: true,
  allowNonHttps: true,
  allowWithoutFqdn: true,
  allowedDestinations: null,
  blockedDestinations: null,
  allowNonGlobalAddresses: true,
  validateRedirects: true,
  maxRedirects: 30,
};

/** Top-level labels that never name a public host. */
const LOCAL_LABELS =
  /^(localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|example|invalid|onion|arpa)$/;

interface Destination {
  readonly url: URL;
  /** Lower-case host without brackets and without a final dot. */
  readonly host: string;
  /** `null` for names. */
  readonly isGlobal: boolean | null;
}

type Rule = (destination: Destination, policy: UrlPolicy) => string | null;

/** Each rule gives the reason of its refusal, or `null`. */
const RULES: readonly Rule[] = [
  (_, policy) => (policy.allowUrlInput ? null : "images by URL are switched off (allowUrlInput)"),
  ({ url }) => (/^https?:$/.test(url.protocol) ? null : "only http and https URLs are fetched"),
  ({ url }, policy) =>
    policy.allowNonHttps || url.protocol === "https:" ? null : "only https URLs are allowed (allowNonHttps)",
  ({ host, isGlobal }, policy) =>
    policy.allowWithoutFqdn || (isGlobal === null && isPublicName(host))
      ? null
      : "the host has no fully qualified domain name (allowWithoutFqdn)",
  ({ host }, policy) =>
    policy.allowedDestinations === null || lists(policy.allowedDestinations, host)
      ? null
      : "the host is not on the allow-list (allowedDestinations)",
  ({ host }, policy) =>
    policy.blockedDestinations !== null && lists(policy.blockedDestinations, host)
      ? "the host is on the block-list (blockedDestinations)"
      : null,
  ({ host, isGlobal }, policy) =>
    policy.allowNonGlobalAddresses || (isGlobal ?? !/(^|\.)localhost$/.test(host))
      ? null
      : `${host} is not a global address (allowNonGlobalAddresses)`,
];

/**
 * Checks a URL against the policy. Pure: names are not resolved.
 *
 * @throws InvalidUrlInputError that says which rule refused it.
 */
export function checkUrl(input: string | URL, policy: UrlPolicy = DEFAULT_URL_POLICY): URL {
  const text = String(input).trim();
  const authority = /^[a-z][a-z0-9+.-]*:(\/*[^/?#]*)/i.exec(text)?.[1] ?? "";
  const url = URL.parse(text);
  if (url === null || authority.includes("\\")) {
    throw new InvalidUrlInputError("The image URL is not valid.", {
      hint: "Give a whole URL such as https://example.com/street.jpg, without a backslash.",
    });
  }
  const host = url.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, "");
  const destination = { url, host, isGlobal: isGlobalAddress(host) };
  for (const rule of RULES) {
    const reason = rule(destination, policy);
    if (reason !== null)
      throw new InvalidUrlInputError(`The image URL ${redactUrl(url.href)} is refused: ${reason}.`);
  }
  return url;
}

function isPublicName(host: string): boolean {
  const label = /\.([^.]+)$/.exec(host)?.[1];
  return label !== undefined && /^([a-z]{2,}|xn--[a-z0-9-]+)$/.test(label) && !LOCAL_LABELS.test(label);
}

function lists(hosts: readonly string[], host: string): boolean {
  return hosts.some((entry) => entry.toLowerCase().replace(/^\[|\]$|\.$/g, "") === host);
}
