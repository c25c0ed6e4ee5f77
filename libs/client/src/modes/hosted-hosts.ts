/**
 * Hosts of Roboflow's hosted API, which speaks v0. Compared with the whole host of the address, never as a prefix.
 * Source: `ALL_ROBOFLOW_API_URLS` of the Python client 1.8.3 plus `segment.roboflow.com`, which the server knows as hosted.
 */
export const HOSTED_HOSTS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "detect.roboflow.com",
  "outline.roboflow.com",
  "segment.roboflow.com",
  "classify.roboflow.com",
  "infer.roboflow.com",
  "serverless.roboflow.com",
  "serverless.roboflow.one",
  "serverless.roboflow.eu",
  "serverless.roboflow-eu.one",
  "asyncinfer.roboflow.com",
  "asyncinfer.roboflow.one",
]);
