import type { Exchange } from "../expectation.ts";
import type { GoldenCase, RecordedCall, RecordedRequest, ScriptedResponse } from "../read-case.ts";
import { configurationArguments, modelOf } from "../recorded-facts.ts";

/** Configuration that changes nothing on the wire of an inference request. */
const NOT_ON_THE_WIRE = new Set([
  "api_key_transport",
  "max_batch_size",
  "max_concurrent_requests",
  "client_downsizing_disabled",
  "default_max_input_size",
  "output_visualisation_format",
  "image_extensions_for_directory_scan",
  "profiling_directory",
  "workflow_run_retries_enabled",
]);

/** What a rule's own scripted server answers to one picture. */
export const SCRIPTED_RESULT = { time: 0.01, image: { width: 64, height: 48 }, predictions: [] } as const;

/** An answer of status 200 with a JSON body. */
export function jsonResponse(json: unknown): ScriptedResponse {
  return { status: 200, headers: {}, body: { json }, delayMs: 0, for: {} };
}

/**
 * The request of legacy key transport that an inference with the default configuration makes; the key rules change it as they
 * change recorded ones. Throws where the case's configuration would be on the wire, since only recorded requests tell how.
 */
export function inferenceRequest(
  golden: GoldenCase,
  call: RecordedCall,
  mode: "v0" | "v1",
  images: readonly unknown[],
  task = "object-detection",
): RecordedRequest {
  const onWire = golden.setup
    .filter((step) => step.method === "configure")
    .flatMap((step) => Object.keys(configurationArguments(step)))
    .filter((name) => !NOT_ON_THE_WIRE.has(name));
  if (onWire.length > 0) {
    throw new Error(
      `A rule has to make up a request here and does not know the wire form of ${onWire.join(", ")}.`,
    );
  }
  const model = modelOf(golden, call) ?? "";
  const key = golden.apiKey ?? undefined;
  if (mode === "v0") {
    return {
      ...target(golden, `/${model}`),
      method: "POST",
      query: [
        ...(key === undefined ? [] : [["api_key", key] as const]),
        ["allow_reduced_mask_resolution", "False"],
        ["disable_active_learning", "False"],
      ],
      headers: { "content-type": "application/json" },
      body: { kind: "base64-raw", value: images[0] },
    };
  }
  const wire = images.map((image) => ({ type: "base64", value: image }));
  const route = task === "keypoint-detection" ? "keypoints_detection" : task.replaceAll("-", "_");
  return {
    ...target(golden, `/infer/${route}`),
    method: "POST",
    query: [],
    headers: { "content-type": "application/json" },
    body: {
      kind: "json",
      value: {
        ...(key === undefined ? {} : { api_key: key }),
        model_id: model,
        ...(task === "semantic-segmentation"
          ? {}
          : { visualize_predictions: false, disable_active_learning: false }),
        image: wire.length === 1 ? wire[0] : wire,
      },
    },
  };
}

/** The registry request and an answer that lists the model, for rules that turn a v0 case into a v1 case. */
export function registryExchange(golden: GoldenCase, call: RecordedCall): Exchange {
  const key = golden.apiKey ?? undefined;
  return {
    request: {
      ...target(golden, "/model/registry"),
      method: "GET",
      query: key === undefined ? [] : [["api_key", key]],
      headers: {},
      body: { kind: "empty" },
    },
    response: jsonResponse({ models: [{ model_id: modelOf(golden, call), task_type: "object-detection" }] }),
  };
}

function target(
  golden: GoldenCase,
  path: string,
): { readonly url: string | undefined; readonly path: string } {
  const isBase = golden.apiUrl.startsWith("{BASE}");
  const base = (
    isBase ? golden.apiUrl.slice("{BASE}".length) : (URL.parse(golden.apiUrl)?.pathname ?? "")
  ).replace(/\/+$/, "");
  const origin = isBase ? undefined : URL.parse(golden.apiUrl)?.origin;
  return { url: origin === undefined ? undefined : `${origin}${base}${path}`, path: `${base}${path}` };
}
