import {
  configurationFromPython,
  configurationToPython,
  createConfiguration,
  MODEL_ALIASES,
  resolveModelAlias,
  v0Query,
  v1Body,
} from "@inference-ts/client";
import { ModelTaskTypeNotSupportedError, redact } from "@inference-ts/errors";
import { scalingFactor } from "@inference-ts/images";
import { readAnomalyMap, rescaleResult, taskTypeFromRegistry } from "@inference-ts/predictions";
import type { Arguments } from "./arguments.ts";
import { isRecord } from "./json.ts";

/** Python functions without a client, and what does the same here. */
export const PURE_FUNCTIONS: Readonly<
  Record<string, { readonly parameters: readonly string[]; readonly run: (args: Arguments) => unknown }>
> = {
  $adjust_prediction_to_client_scaling_factor: {
    parameters: ["prediction", "scaling_factor"],
    run: ({ prediction, scaling_factor: factor }) => {
      if (!isRecord(prediction)) throw new TypeError("prediction is no object");
      return rescaleResult(prediction, typeof factor === "number" ? factor : 1);
    },
  },
  $determine_scaling_aspect_ratio: {
    parameters: ["image_height", "image_width", "max_height", "max_width"],
    run: (args) =>
      scalingFactor(
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
    run: ({ config, client_mode: mode, task_type: task }) => {
      const configuration = configurationFromPython(isRecord(config) ? config : {});
      if (mode === "v0") return v0Query(configuration);
      const known = taskTypeFromRegistry(String(task));
      if (known === null || known === "multi-label-classification") {
        throw new ModelTaskTypeNotSupportedError(`No route for the task ${String(task)}.`);
      }
      return v1Body(configuration, known);
    },
  },
};
