import type { EndpointAnswer } from "@inference-ts/endpoints";
import { InvalidResponseError } from "@inference-ts/errors";
import type { InferenceRequestImage } from "@inference-ts/schema";
import { mapInOrderOrFail } from "@inference-ts/transport";
import type { CallScope } from "../call/call-scope.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import { type IndexedImage, imageBatches } from "../infer/image-batches.ts";
import { LOADING, load, onePerImage } from "../infer/infer-batch.ts";
import { wireImage } from "../infer/wire-image.ts";
import type { ImageInput } from "./core-model-options.ts";
import {
  type CoreRoute,
  type CoreTarget,
  coreTarget,
  coreTimeoutMs,
  reportPlan,
  UNCHANGED,
} from "./core-request.ts";

/** The images of one request: `image` for routes that take one, `images` (a bare image, or a list) for the others. */
export interface WireImages {
  readonly image: InferenceRequestImage;
  readonly images: InferenceRequestImage | InferenceRequestImage[];
}

/** What a core model does with images. */
export interface ImageTask<Result> extends CoreRoute {
  /** False: one image per request, whatever the configuration says, since the route takes one. */
  readonly batches: boolean;
  request(images: WireImages, target: CoreTarget): Promise<EndpointAnswer<unknown>>;
  /** The answers of the images of one request. Default: one element of a list for each. */
  split?(data: unknown, count: number): readonly unknown[];
  /** Checks the answer of one image. */
  decode(body: unknown): Result | Promise<Result>;
}

/**
 * Runs a task on one image or on each image of a list, inside the window of concurrent requests. In a list the first failure
 * cancels the rest.
 */
export async function forEachImage<Result>(
  scope: CallScope,
  input: ImageInput,
  task: ImageTask<Result>,
): Promise<Result | Result[]> {
  const { maxBatchSize, maxConcurrentRequests } = scope.state.configuration;
  const batchSize = task.batches ? maxBatchSize : 1;
  reportPlan(scope, task, batchSize);
  if (!isList(input)) {
    const [result] = await runBatch(scope, task, [{ index: 0, input }], scope.signal);
    if (result === undefined) throw new InvalidResponseError("The server answered one image with no result.");
    return result;
  }
  const results: Result[] = [];
  const batches = mapInOrderOrFail(
    imageBatches(input.flat(Number.POSITIVE_INFINITY), batchSize),
    maxConcurrentRequests,
    (batch, _index, signal) => runBatch(scope, task, batch, signal),
    scope.signal,
  );
  for await (const batch of batches) results.push(...batch);
  return results;
}

async function runBatch<Result>(
  scope: CallScope,
  task: ImageTask<Result>,
  batch: readonly IndexedImage[],
  signal: AbortSignal | undefined,
): Promise<readonly Result[]> {
  const { value: loaded, timeoutMs } = await withinDeadline(
    scope,
    LOADING,
    signal,
    (within) => Promise.all(batch.map((item) => load(scope, UNCHANGED, item, within))),
    coreTimeoutMs(scope),
  );
  const { core, callId } = scope;
  core.events.emit(() => ({ station: "batch", callId, indexes: batch.map(({ index }) => index) }));
  const images = loaded.map(({ image }) => wireImage(image, core.writeBase64));
  const [image, ...more] = images;
  if (image === undefined) return [];
  const target = coreTarget(scope, task, { signal, timeoutMs });
  const { data } = await task.request({ image, images: more.length === 0 ? image : images }, target);
  const bodies = (task.split ?? onePerImage)(data, images.length);
  return Promise.all(
    bodies.map(async (body, place) => {
      const startedAt = performance.now();
      const result = await task.decode(body);
      core.events.emit(() => ({
        station: "decode",
        callId,
        index: batch[place]?.index ?? place,
        task: task.operation,
        durationMs: performance.now() - startedAt,
      }));
      return result;
    }),
  );
}

function isList(input: ImageInput): input is readonly Exclude<ImageInput, readonly unknown[]>[] {
  return Array.isArray(input);
}
