import {
  EncodingError,
  HTTPCallError,
  InvalidParameterError,
  InvalidResponseError,
  isInferenceError,
} from "@inference-ts/errors";
import type { ImageSource } from "@inference-ts/images";
import type { InferenceResult, TaskType } from "@inference-ts/predictions";
import { mapInOrder, mapInOrderOrFail } from "@inference-ts/transport";
import type { CallScope } from "../call/call-scope.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import type { InferPlan } from "../modes/infer-plan.ts";
import { type IndexedImage, imageBatches } from "./image-batches.ts";
import { inferBatch, inferLoaded, LOADING, type LoadedImage, load } from "./infer-batch.ts";
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

/**
 * Any number of images, one result or error for each, in order.
 *
 * @throws InvalidParameterError for what gives no images one by one.
 */
export function inferEachImage(
  scope: CallScope,
  images: Iterable<ImageSource> | AsyncIterable<ImageSource>,
  options: InferOptions,
): AsyncGenerator<InferEachItem, void, undefined> {
  if (!isIterable(images)) {
    throw new InvalidParameterError(`inferEach takes a list or a stream of images, not ${typeof images}.`);
  }
  return inferEachBatch(scope, options, (size) => imageBatches(images, size));
}

/**
 * Any number of batches, one result or error for each of their images, in order.
 *
 * @param batches - Called with the most images of one batch, once the model is known.
 * @param lookAheadPerPlace - Batches that may be taken for each place of the window before the oldest of them is delivered.
 */
export async function* inferEachBatch(
  scope: CallScope,
  options: InferOptions,
  batches: (size: number) => Iterable<readonly IndexedImage[]> | AsyncIterable<readonly IndexedImage[]>,
  lookAheadPerPlace?: number,
): AsyncGenerator<InferEachItem, void, undefined> {
  const plan = await planInference(scope, options);
  const outcomes = mapInOrder(
    batches(plan.batchSize),
    plan.concurrency,
    (batch, _index, signal) => inferTolerantly(scope, plan, options.task, batch, signal),
    scope.signal,
    lookAheadPerPlace,
  );
  for await (const outcome of outcomes) {
    if (!outcome.ok) throw outcome.error;
    yield* outcome.value;
  }
}

/**
 * Runs a batch. An image that cannot be loaded leaves it; when the rest fails in a way that one image can cause, each is tried
 * alone, one after the other, so that the batch keeps to its place in the window. No image is loaded twice: some sources can be
 * read only once.
 */
async function inferTolerantly(
  scope: CallScope,
  plan: InferPlan,
  task: TaskType | undefined,
  batch: readonly IndexedImage[],
  signal: AbortSignal,
): Promise<readonly InferEachItem[]> {
  const items: InferEachItem[] = [];
  const fail = (error: unknown, images: readonly IndexedImage[]): void => {
    // After `close` every other image would fail alike, those of an endless source for ever.
    if (!isInferenceError(error) || signal.aborted || error.code === "CLOSED") throw error;
    scope.reportFailure(
      error,
      images.map(({ index }) => index),
    );
    items.push(...images.map(({ index, input }) => ({ index, input, ok: false as const, error })));
  };
  const run = async (images: readonly LoadedImage[], timeoutMs: number | null): Promise<void> => {
    try {
      const results = await forgettingModel(scope, plan, () =>
        inferLoaded(scope, plan, task, images, { signal, timeoutMs }),
      );
      for (const [place, { index, input }] of images.entries()) {
        const result = results[place];
        if (result !== undefined) items.push({ index, input, ok: true, result });
      }
    } catch (error) {
      if (images.length === 1 || !maySpareOthers(error)) return fail(error, images);
      for (const image of images) await run([image], scope.timeoutMs());
    }
  };

  const loading = batch.map(async (image) => {
    try {
      return [await withinDeadline(scope, LOADING, signal, (within) => load(scope, plan, image, within))];
    } catch (error) {
      fail(error, [image]);
      return [];
    }
  });
  const loaded = (await Promise.all(loading)).flat();
  const images = loaded.map(({ value }) => value);
  if (images.length > 0) await run(images, shortest(loaded.map(({ timeoutMs }) => timeoutMs)));
  return items.sort((one, other) => one.index - other.index);
}

function isIterable(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}

/** The tightest of some deadlines, `null` when none is set. */
function shortest(deadlines: readonly (number | null)[]): number | null {
  const set = deadlines.filter((timeoutMs) => timeoutMs !== null);
  return set.length === 0 ? null : Math.min(...set);
}

/** False where every image would fail alike: no connection, wrong key, time over. */
function maySpareOthers(error: unknown): boolean {
  if (error instanceof HTTPCallError) return BATCH_FAULT_STATUSES.has(error.status);
  return error instanceof InvalidResponseError || error instanceof EncodingError;
}
