import { HTTPCallError, InvalidParameterError, InvalidResponseError } from "@inference-ts/errors";
import { type ImageSource, loadImage } from "@inference-ts/images";
import { type InferenceResult, isTaskType, TASK_TYPES } from "@inference-ts/predictions";
import { descriptionsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import { describeModel } from "../models/manage-models.ts";
import { chooseModelId } from "../models/model-id.ts";
import type { InferPlan } from "../modes/infer-plan.ts";
import { planV0 } from "../modes/v0.ts";
import { planV1 } from "../modes/v1.ts";
import { inferBatch } from "./infer-batch.ts";
import type { InferOptions } from "./infer-options.ts";

/** Decides about the requests of an inference; in v1 this may ask the server about the model, and load it. */
export async function planInference(scope: CallScope, options: InferOptions): Promise<InferPlan> {
  const { core, state } = scope;
  const { task } = options;
  if (task !== undefined && !isTaskType(task)) {
    const known = Object.keys(TASK_TYPES).join(", ");
    throw new InvalidParameterError(`task "${String(task)}" is none of ${known}.`);
  }
  const modelId = await chooseModelId(options.modelId, state.modelId);
  const plan =
    state.mode === "v0"
      ? planV0(state.configuration, modelId, core.apiKey !== null)
      : planV1(state.configuration, await describeModel(scope, modelId, true));
  core.events.emit(() => ({
    station: "plan",
    callId: scope.callId,
    modelId,
    task: plan.mode === "v1" ? plan.task : undefined,
    batchSize: plan.batchSize,
    concurrency: plan.concurrency,
  }));
  return plan;
}

/** One image, one result. */
export async function inferOne(
  scope: CallScope,
  image: ImageSource,
  options: InferOptions,
): Promise<InferenceResult> {
  const input = await checkedFirst(scope, image);
  const plan = await planInference(scope, options);
  const results = await forgettingModel(scope, plan, () =>
    inferBatch(scope, plan, options.task, [{ index: 0, input }], scope.signal),
  );
  const [result] = results;
  if (result === undefined) throw new InvalidResponseError("The server answered one image with no result.");
  return result;
}

/**
 * Loads an image that is at hand, so that a wrong one is refused before the server is asked about the model (and perhaps
 * loads it). What must be fetched, drawn or encoded is left for its station: it would be loaded in another form there.
 */
async function checkedFirst(scope: CallScope, input: ImageSource): Promise<ImageSource> {
  if (typeof input === "object" && !(input instanceof Uint8Array)) return input;
  if (typeof input === "string" && /^\s*https?:\/\//i.test(input)) return input;
  const { images: runtime, maxImageBytes: maxBytes, maxImagePixels: maxPixels } = scope.core;
  const { value } = await withinDeadline(scope, "Loading the image", scope.signal, (signal) =>
    loadImage(input, { runtime, signal, maxBytes, maxPixels }),
  );
  return value;
}

/**
 * Runs a request of an inference. A 4xx may mean that the server no longer has the model, so what it said of it is asked anew
 * next time.
 */
export async function forgettingModel<T>(
  scope: CallScope,
  plan: InferPlan,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof HTTPCallError && error.status >= 400 && error.status < 500) {
      descriptionsOf(scope.core).forget(plan.modelId);
    }
    throw error;
  }
}
