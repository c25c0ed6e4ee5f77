import type { Exchange } from "../expectation.ts";
import type { GoldenCase, RecordedCall, RecordedRequest, ScriptedResponse } from "../read-case.ts";
import { modelOf } from "../recorded-facts.ts";
import { billingQuery, contextHeaders, settingsInBody, settingsInQuery } from "./wire-settings.ts";

/** What a rule's own scripted server answers to one picture. */
export const SCRIPTED_RESULT = { time: 0.01, image: { width: 64, height: 48 }, predictions: [] } as const;

/** An answer of status 200 with a JSON body. */
export function jsonResponse(json: unknown): ScriptedResponse {
  return { status: 200, headers: {}, body: { json }, delayMs: 0, for: {} };
}

/**
 * The request of legacy key transport that an inference makes with the settings of its case; the key rules change it as they change
 * recorded ones.
 */
export function inferenceRequest(
  golden: GoldenCase,
  call: RecordedCall,
  mode: "v0" | "v1",
  images: readonly unknown[],
  task = "object-detection",
): RecordedRequest {
  const model = modelOf(golden, call) ?? "";
  const key = golden.apiKey ?? undefined;
  const headers = { "content-type": "application/json", ...contextHeaders(golden) };
  if (mode === "v0") {
    return {
      ...target(golden, `/${model}`),
      method: "POST",
      query: [...(key === undefined ? [] : [["api_key", key] as const]), ...settingsInQuery(golden)],
      headers,
      body: { kind: "base64-raw", value: images[0] },
    };
  }
  const wire = images.map((image) => ({ type: "base64", value: image }));
  const route = task === "keypoint-detection" ? "keypoints_detection" : task.replaceAll("-", "_");
  return {
    ...target(golden, `/infer/${route}`),
    method: "POST",
    query: billingQuery(golden),
    headers,
    body: {
      kind: "json",
      value: {
        ...(key === undefined ? {} : { api_key: key }),
        model_id: model,
        ...settingsInBody(golden, task),
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

/** Where a request to the server of a case goes. */
export function target(
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
