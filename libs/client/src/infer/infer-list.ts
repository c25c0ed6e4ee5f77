import { HTTPCallError, type InferenceError, isInferenceError } from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import type { InferenceResult, TaskType } from "@inference-ts/predictions";
import { mapInOrder, mapInOrderOrFail } from "@inference-ts/transport";
import type { CallScope } from "../call/call-scope.ts";
import type { InferPlan } from "../modes/infer-plan.ts";
import { type IndexedImage, imageBatches } from "./image-batches.ts";
import { inferBatch } from "./infer-batch.ts";
import { forgettingModel, planInference } from "./infer-one.ts";
import type { InferEachItem, InferOptions } from "./infer-options.ts";

/** Statuses that say something about the images of a batch, so that one of them may spoil the others. */
const BATCH_FAULT_STATUSES: ReadonlySet<number> = new Set([400, 413, 422, 500]);

/** A list of images, a list of results; the first failure cancels the rest. */
export async function inferAll(
  scope: CallScope,
  images: readonly ImageSource[],
  options: InferOptions,
): Promise<InferenceResult[]> {
  const plan = await planInference(scope, options);
  const results: InferenceResult[] = [];
  const batches = mapInOrderOrFail(
    imageBatches(images, plan.batchSize),
    plan.concurrency,
    (batch, _index, signal) =>
      forgettingModel(scope, plan, () => inferBatch(scope, plan, options.task, batch, signal)),
    scope.signal,
  );
  for await (const batch of batches) results.push(...batch);
  return results;
}

/** Any number of images, one result or error for each, in order. */
export async function* inferEachImage(
  scope: CallScope,
  images: Iterable<ImageSource> | AsyncIterable<ImageSource>,
  options: InferOptions,
): AsyncGenerator<InferEachItem, void, undefined> {
  const plan = await planInference(scope, options);
  const batches = mapInOrder(
    imageBatches(images, plan.batchSize),
    plan.concurrency,
    (batch, _index, signal) => inferTolerantly(scope, plan, options.task, batch, signal),
    scope.signal,
  );
  for await (const outcome of batches) {
    if (!outcome.ok) throw outcome.error;
    yield* outcome.value;
  }
}

/** Runs a batch; when it fails in a way that one bad image can cause, every image is tried alone. */
async function inferTolerantly(
  scope: CallScope,
  plan: InferPlan,
  task: TaskType | undefined,
  batch: readonly IndexedImage[],
  signal: AbortSignal,
): Promise<readonly InferEachItem[]> {
  try {
    const results = await forgettingModel(scope, plan, () => inferBatch(scope, plan, task, batch, signal));
    return batch.flatMap(({ index, input }, place) => {
      const result = results[place];
      return result === undefined ? [] : [{ index, input, ok: true as const, result }];
    });
  } catch (error) {
    if (!isInferenceError(error) || signal.aborted) throw error;
    if (batch.length > 1 && maySpareOthers(error)) {
      const alone = await Promise.all(
        batch.map((image) => inferTolerantly(scope, plan, task, [image], signal)),
      );
      return alone.flat();
    }
    scope.reportFailure(
      error,
      batch.map((image) => image.index),
    );
    return batch.map(({ index, input }) => ({ index, input, ok: false as const, error }));
  }
}

/** False where every image would fail alike: no connection, wrong key, time over. */
function maySpareOthers(error: InferenceError): boolean {
  if (error instanceof HTTPCallError) return BATCH_FAULT_STATUSES.has(error.status);
  return SPARES_OTHERS.has(error.code);
}

const SPARES_OTHERS: ReadonlySet<string> = new Set([
  "INVALID_INPUT_FORMAT",
  "IMAGE_TOO_LARGE",
  "ENCODING_FAILED",
  "INVALID_URL_INPUT",
  "INVALID_RESPONSE",
]);
