import type { UrlPolicy } from "@inference-ts/sdk";
import type { JsonRecord } from "./json.ts";

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

/** The URL policy of a case's `sdk_settings`. Throws for a setting without a counterpart. */
export function urlPolicyFrom(settings: JsonRecord): Partial<UrlPolicy> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const field = FIELDS[name];
      if (field === undefined) throw new Error(`The runner knows no setting "${name}".`);
      return [field, value];
    }),
  );
}
