import type { UrlPolicy } from "@inference-ts/sdk";

/** Settings that the Python SDK reads from its environment, and the fields of our URL policy. */
const FIELDS: Readonly<Record<string, keyof UrlPolicy>> = {
  ALLOW_URL_INPUT: "allowUrlInput",
  ALLOW_NON_HTTPS_URL_INPUT: "allowNonHttps",
  ALLOW_URL_INPUT_WITHOUT_FQDN: "allowWithoutFqdn",
  WHITELISTED_DESTINATIONS_FOR_URL_INPUT: "allowedDestinations",
  BLACKLISTED_DESTINATIONS_FOR_URL_INPUT: "blockedDestinations",
  ALLOW_URL_TO_NON_GLOBAL_ADDRESSES: "allowNonGlobalAddresses",
  VALIDATE_IMAGE_URL_REDIRECTS: "validateRedirects",
  MAX_IMAGE_URL_REDIRECTS: "maxRedirects",
};

/** True for a setting that {@link urlPolicyFrom} reads. */
export function isUrlSetting(name: string): boolean {
  return FIELDS[name] !== undefined;
}

/** The URL policy of a case's settings; other settings are passed over. */
export function urlPolicyFrom(settings: ReadonlyMap<string, unknown>): Partial<UrlPolicy> {
  return Object.fromEntries(
    [...settings].flatMap(([name, value]) => {
      const field = FIELDS[name];
      return field === undefined ? [] : [[field, value]];
    }),
  );
}
