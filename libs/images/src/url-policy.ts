import { InvalidUrlInputError, urlWithoutQuery } from "@inference-ts/errors";

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
   * `ALLOW_URL_TO_NON_GLOBAL_ADDRESSES`. In `./node` names are resolved and their addresses checked before the request; the
   * connection is not pinned to the checked address, so a hostile name server can still answer differently the second time. Elsewhere
   * names cannot be resolved: false refuses every IP address and `localhost`.
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

/** Names under these labels are never public; a public name ends in letters (or a punycode label) after a dot. */
const PUBLIC_NAME =
  /\.(?!(localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|example|invalid|onion|arpa)$)([a-z]{2,}|xn--[a-z0-9-]+)$/;

/** Whether a host is a global IP address; `null` for a name. */
export type AddressJudge = (host: string) => boolean | null;

/** The judge of runtimes without the tables of addresses: no address passes. */
const refuseAddresses: AddressJudge = (host) => (/^[\d.]+$|:/.test(host) ? false : null);

/** Lower case, without brackets and without a final dot. */
const plainHost = (host: string): string => host.toLowerCase().replace(/^\[|\]$|\.$/g, "");

/**
 * Checks a URL against the policy. Pure: names are not resolved.
 *
 * @param what - How messages call what the URL names.
 * @throws InvalidUrlInputError that says which rule refused it.
 */
export function checkUrl(
  input: string | URL,
  policy: UrlPolicy = DEFAULT_URL_POLICY,
  isGlobal: AddressJudge = refuseAddresses,
  what = "image",
): URL {
  const text = String(input).trim();
  const url = URL.parse(text);
  if (url === null || /^[a-z]+:\/*[^/?#]*\\/i.test(text))
    throw new InvalidUrlInputError(`The ${what} URL is not valid.`);
  const host = plainHost(url.hostname);
  const isListed = (hosts: readonly string[]) => hosts.some((entry) => plainHost(entry) === host);
  const { allowedDestinations, blockedDestinations } = policy;
  const rules: readonly (readonly [name: string, isMet: boolean])[] = [
    ["allowUrlInput", policy.allowUrlInput],
    ["neither http: nor https:", /^https?:$/.test(url.protocol)],
    ["allowNonHttps", policy.allowNonHttps || url.protocol === "https:"],
    ["allowWithoutFqdn", policy.allowWithoutFqdn || PUBLIC_NAME.test(host)],
    ["allowedDestinations", allowedDestinations === null || isListed(allowedDestinations)],
    ["blockedDestinations", blockedDestinations === null || !isListed(blockedDestinations)],
    [
      "allowNonGlobalAddresses",
      policy.allowNonGlobalAddresses || (isGlobal(host) ?? !/(^|\.)localhost$/.test(host)),
    ],
  ];
  const broken = rules.find(([, isMet]) => !isMet);
  if (broken === undefined) return url;
  throw new InvalidUrlInputError(
    `The ${what} URL ${urlWithoutQuery(url.href)} is refused by the URL policy: ${broken[0]}.`,
  );
}
