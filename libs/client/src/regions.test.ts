import { expect, test } from "vitest";
import { serviceUrls } from "./regions.ts";

test.each([
  [undefined, undefined, "https://serverless.roboflow.com"],
  [" EU ", undefined, "https://serverless.roboflow.eu"],
  ["us", "staging", "https://serverless.roboflow.one"],
  ["eu", "Staging", "https://serverless.roboflow-eu.one"],
])("region %j in %j", (region, environment, serverless) => {
  expect(serviceUrls({ region, environment }).serverless).toBe(serverless);
});

test.each([{ region: "mars" }, { environment: "production" }, { region: "constructor" }])(
  "refuses %j",
  (options) => {
    expect(() => serviceUrls(options)).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  },
);
