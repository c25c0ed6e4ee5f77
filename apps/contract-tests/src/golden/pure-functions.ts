import {
  configurationFromPython,
  configurationToPython,
  createConfiguration,
  MODEL_ALIASES,
  readAnomalyMap,
  readDepthMap,
  redact,
  resolveModelAlias,
  serviceUrls,
} from "@inference-ts/sdk/node";
import { answeringClient } from "./answering-client.ts";
import { isRecord, textAt } from "./json.ts";
import type { Arguments } from "./method-spec.ts";

/**
 * Python functions without a client, and what does the same here. Where the package has no public function of the kind, the client
 * is observed doing it: what it sends, what it shrinks, what it gives back.
 */
export const PURE_FUNCTIONS: Readonly<
  Record<string, { readonly parameters: readonly string[]; readonly run: (args: Arguments) => unknown }>
> = {
  $adjust_prediction_to_client_scaling_factor: {
    parameters: ["prediction", "scaling_factor"],
    run: ({ prediction, scaling_factor: factor }) => rescaledByClient(prediction, factor),
  },
  $determine_scaling_aspect_ratio: {
    parameters: ["image_height", "image_width", "max_height", "max_width"],
    run: (args) =>
      factorOfClient(
        { width: Number(args.image_width), height: Number(args.image_height) },
        { width: Number(args.max_width), height: Number(args.max_height) },
      ),
  },
  $resolve_roboflow_model_alias: {
    parameters: ["model_id"],
    run: ({ model_id: id }) =>
      typeof id === "string" ? resolveModelAlias(id) : Object.fromEntries(MODEL_ALIASES),
  },
  $decode_anomaly_map: {
    parameters: ["payload"],
    run: ({ payload }) => {
      const map = readAnomalyMap({ task: "classification", predictions: [], anomaly_map: payload });
      return map === null ? null : { shape: [map.height, map.width], data: map.data };
    },
  },
  $decode_png_normalized_depth: {
    parameters: ["payload"],
    run: ({ payload }) => readDepthMap({ normalized_depth: payload }),
  },
  $service_urls: {
    parameters: ["env"],
    run: ({ env }) =>
      serviceUrls({
        region: textAt(env, "ROBOFLOW_REGION") || undefined,
        environment: textAt(env, "ROBOFLOW_ENVIRONMENT") || undefined,
      }),
  },
  $redact: { parameters: ["value"], run: ({ value }) => redact(String(value)) },
  $inference_configuration: {
    parameters: [],
    run: (args) =>
      configurationToPython(
        Object.keys(args).length === 0 ? createConfiguration() : configurationFromPython(args),
      ),
  },
  $to_api_call_parameters: {
    parameters: ["config", "client_mode", "task_type"],
    run: ({ config, client_mode: mode, task_type: task }) =>
      parametersOfClient(isRecord(config) ? config : {}, mode === "v0" ? "v0" : "v1", String(task)),
  },
};

interface Size {
  readonly width: number;
  readonly height: number;
}

const EMPTY_RESULT = { image: { width: 1, height: 1 }, predictions: [] };

const greyPixels = ({ width, height }: Size) =>
  ({ data: new Uint8Array(width * height), width, height, channels: 1 }) as const;

const registry = (task: string, input: Partial<Size> = {}) => ({
  models: [{ model_id: "project/1", task_type: task, input_width: input.width, input_height: input.height }],
});

/** The factor by which the client shrinks a picture for a model of this input size; `null` when it does not. */
async function factorOfClient(image: Size, max: Size): Promise<number | null> {
  await using run = answeringClient("v1", { clientDownsizingDisabled: false }, (path) =>
    path === "/model/registry" ? registry("object-detection", max) : EMPTY_RESULT,
  );
  await run.client.infer(greyPixels(image));
  const scale = run.events.find((event) => event.station === "load")?.scale;
  return scale === undefined || scale === 1 ? null : scale;
}

/** What the client makes of an answer for a picture that it shrank by `factor`. */
async function rescaledByClient(prediction: unknown, factor: unknown): Promise<unknown> {
  const isStub = isRecord(prediction) && prediction.is_stub === true;
  const shrink = typeof factor === "number" ? sidesFor(factor) : null;
  await using run = answeringClient(
    "v0",
    shrink === null ? {} : { clientDownsizingDisabled: false, defaultMaxInputSize: shrink.sent },
    () => (isStub ? { ...STUB_FIELDS, ...prediction } : prediction),
  );
  const side = shrink?.original ?? 1;
  const { task: _, ...result } = await run.client.infer(greyPixels({ width: side, height: side }));
  const added = new Set(
    isStub ? Object.keys(STUB_FIELDS).filter((name) => !Object.hasOwn(prediction, name)) : [],
  );
  return Object.fromEntries(Object.entries(result).filter(([name]) => !added.has(name)));
}

/** What a server's stub has and the recorded ones, shortened for the function, have not. */
const STUB_FIELDS = { model_id: "project/1", task_type: "object-detection" };

const LONGEST_SIDE = 4_000;

/** The smallest square picture that is shrunk by exactly `factor`. */
function sidesFor(factor: number): { readonly original: number; readonly sent: number } {
  for (let original = 2; original <= LONGEST_SIDE; original++) {
    const sent = Math.round(original * factor);
    if (sent >= 1 && sent / original === factor) return { original, sent };
  }
  throw new Error(`No picture up to ${LONGEST_SIDE} pixels is shrunk by exactly ${factor}.`);
}

/** What of a configuration the client puts on the wire, by wire name. */
async function parametersOfClient(
  config: Record<string, unknown>,
  mode: "v0" | "v1",
  task: string,
): Promise<Record<string, unknown>> {
  await using run = answeringClient(mode, configurationFromPython(config), (path) =>
    path === "/model/registry" ? registry(task) : EMPTY_RESULT,
  );
  await run.client.infer(greyPixels({ width: 1, height: 1 }), {
    configuration: { apiKeyTransport: "header" },
  });
  const request = run.requests.at(-1);
  if (request === undefined) return {};
  const query = Object.fromEntries(
    [...new URL(request.url).searchParams].map(([name, text]) => [name, jsonValueOf(text)]),
  );
  if (mode === "v0" || !(request.body instanceof Uint8Array)) return query;
  const body: unknown = JSON.parse(new TextDecoder().decode(request.body));
  const { model_id: _id, image: _image, ...parameters } = isRecord(body) ? body : {};
  return parameters;
}

function jsonValueOf(text: string): unknown {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}
