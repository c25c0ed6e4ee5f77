import type { GoldenCase, RecordedCall } from "../read-case.ts";

/** Hosts of the hosted API. Written down again here, so that a wrong table in the client is noticed. */
const HOSTED = new Set(
  ["detect", "outline", "classify", "infer", "serverless", "asyncinfer", "segment"].map(
    (name) => `${name}.roboflow.com`,
  ),
);
for (const host of [
  "serverless.roboflow.one",
  "serverless.roboflow.eu",
  "serverless.roboflow-eu.one",
  "asyncinfer.roboflow.one",
]) {
  HOSTED.add(host);
}

/** Python's list has no `segment`, and is compared as the beginning of the address. */
const PYTHON_PREFIXES = [...HOSTED]
  .filter((host) => !host.startsWith("segment."))
  .map((host) => `https://${host}`);

/** The mode that our client starts in: https, the default port, exactly a hosted host. */
export function ourStartMode(apiUrl: string): "v0" | "v1" {
  const url = URL.parse(apiUrl);
  return url?.protocol === "https:" && url.port === "" && HOSTED.has(url.hostname) ? "v0" : "v1";
}

/** The mode that the Python client starts in. */
export function pythonStartMode(apiUrl: string): "v0" | "v1" {
  return PYTHON_PREFIXES.some((prefix) => apiUrl.startsWith(prefix)) ? "v0" : "v1";
}

const SELECTED: Readonly<Record<string, "v0" | "v1">> = {
  select_api_v0: "v0",
  select_api_v1: "v1",
  use_api_v0: "v0",
  use_api_v1: "v1",
};

/** The mode that the set-up asks for, whatever the host; `undefined` when it does not. */
export function selectedMode(golden: GoldenCase): "v0" | "v1" | undefined {
  return golden.setup
    .map((step) => SELECTED[step.context ?? step.method])
    .filter((mode) => mode !== undefined)
    .at(-1);
}

/** The mode that our client runs a call in. */
export function modeOfCall(golden: GoldenCase, call: RecordedCall): "v0" | "v1" {
  if (call.method.endsWith("_from_api_v0")) return "v0";
  if (call.method.endsWith("_from_api_v1")) return "v1";
  return selectedMode(golden) ?? ourStartMode(golden.apiUrl);
}
