import { APIKeyNotProvidedError } from "@inference-ts/errors";
import type { InferenceConfiguration } from "../configuration/configuration.ts";
import { v0Query } from "../configuration/wire-parameters.ts";
import { splitModelId } from "../models/model-id.ts";
import type { InferPlanV0 } from "./infer-plan.ts";

/**
 * Plans v0 requests. The model id is checked before the key, as in the Python client.
 *
 * @throws InvalidModelIdentifierError unless the id is `project/version`.
 * @throws APIKeyNotProvidedError without a key: hosted routes always need one.
 */
export function planV0(configuration: InferenceConfiguration, modelId: string, hasKey: boolean): InferPlanV0 {
  const path = splitModelId(modelId);
  if (!hasKey) {
    throw new APIKeyNotProvidedError("Inference in API mode v0 needs an API key.", {
      hint: "Pass apiKey to the client.",
    });
  }
  const side = configuration.defaultMaxInputSize;
  return {
    mode: "v0",
    modelId,
    path,
    query: v0Query(configuration),
    downsizeTo: configuration.clientDownsizingDisabled ? null : { width: side, height: side },
    batchSize: 1,
    concurrency: configuration.maxConcurrentRequests,
  };
}
