import { expect, test } from "vitest";
import { recordedSettings } from "./recorded-settings.ts";
import { urlPolicyFrom } from "./url-policy-settings.ts";

test("settings are taken from wherever a case changed them, and read as Python reads them", () => {
  const settings = recordedSettings({
    environ: {
      ALLOW_URL_INPUT: "False",
      MAX_IMAGE_URL_REDIRECTS: "3",
      WHITELISTED_DESTINATIONS_FOR_URL_INPUT: "a.com,b.com",
      ROBOFLOW_INTERNAL_SERVICE_SECRET: "1",
    },
    sdkSettings: { ALLOW_NON_HTTPS_URL_INPUT: true },
    constants: new Map([["EXECUTION_ID_HEADER", "X-Execution"]]),
  });
  expect(Object.fromEntries(settings)).toEqual({
    ALLOW_URL_INPUT: false,
    MAX_IMAGE_URL_REDIRECTS: 3,
    WHITELISTED_DESTINATIONS_FOR_URL_INPUT: ["a.com", "b.com"],
    ROBOFLOW_INTERNAL_SERVICE_SECRET: "1",
    ALLOW_NON_HTTPS_URL_INPUT: true,
    EXECUTION_ID_HEADER: "X-Execution",
  });
  expect(urlPolicyFrom(settings)).toEqual({
    allowUrlInput: false,
    maxRedirects: 3,
    allowedDestinations: ["a.com", "b.com"],
    allowNonHttps: true,
  });
});
