import { INFER_TASK_ENDPOINTS, type InferTask, legacyInfer } from "@inference-ts/endpoints";
import { InvalidResponseError } from "@inference-ts/errors";
import { type Base64Writer, type EncodedImage, loadImage, type RemoteImage } from "@inference-ts/images";
import {
  decodeResult,
  type InferenceResult,
  loadResultFinishing,
  TASK_TYPES,
  type TaskType,
  type VisualisationFormat,
} from "@inference-ts/predictions";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { bodyTags } from "../call/usage-tags.ts";
import { withinDeadline } from "../call/within-deadline.ts";
import type { InferPlan, InferPlanV0, InferPlanV1 } from "../modes/infer-plan.ts";
import type { IndexedImage } from "./image-batches.ts";
import { imageHole, wireImage } from "./wire-image.ts";

/** An image that is ready to be sent, with its place in the caller's list. */
export interface LoadedImage extends IndexedImage {
  readonly image: EncodedImage | RemoteImage;
}

/** Signal and deadline of the request. */
export interface Sending {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | null;
}

/** What is said to have taken too long. */
export const LOADING = "Loading the image";

/** Loads the images of one batch, sends them as one request and decodes one result per image. */
export async function inferBatch(
  scope: CallScope,
  plan: InferPlan,
  task: TaskType | undefined,
  batch: readonly IndexedImage[],
  signal: AbortSignal | undefined,
): Promise<InferenceResult[]> {
  const { value: images, timeoutMs } = await withinDeadline(scope, LOADING, signal, (within) =>
    Promise.all(batch.map((item) => load(scope, plan, item, within))),
  );
  return inferLoaded(scope, plan, task, images, { signal, timeoutMs });
}

/** Sends loaded images as one request and decodes one result per image. */
export async function inferLoaded(
  scope: CallScope,
  plan: InferPlan,
  task: TaskType | undefined,
  images: readonly LoadedImage[],
  sending: Sending,
): Promise<InferenceResult[]> {
  scope.core.events.emit(() => ({
    station: "batch",
    callId: scope.callId,
    indexes: images.map(({ index }) => index),
  }));
  const bodies = await request(
    scope,
    plan,
    images.map(({ image }) => image),
    sending,
  );
  return Promise.all(bodies.map((body, place) => decode(scope, plan, task, body, images[place], place)));
}

/** Loads one image of a batch. */
export async function load(
  scope: CallScope,
  plan: Pick<InferPlan, "downsizeTo">,
  { index, input }: IndexedImage,
  signal: AbortSignal,
): Promise<LoadedImage> {
  const { core, callId } = scope;
  const startedAt = performance.now();
  const image = await loadImage(input, {
    runtime: core.images,
    signal,
    maxBytes: core.maxImageBytes,
    maxPixels: core.maxImagePixels,
    downsizeTo: plan.downsizeTo,
  });
  core.events.emit(() => ({
    station: "load",
    callId,
    index,
    label: image.label,
    byteLength: image.kind === "encoded-image" ? image.bytes.length : 0,
    scale: image.kind === "encoded-image" ? image.scale.x : 1,
    durationMs: performance.now() - startedAt,
  }));
  return { index, input, image };
}

async function request(
  scope: CallScope,
  plan: InferPlan,
  images: readonly LoadedImage["image"][],
  sending: Sending,
): Promise<readonly unknown[]> {
  if (plan.mode === "v1") return requestV1(scope, plan, images, sending);
  const [image] = images;
  if (image === undefined) return [];
  return [await requestV0(scope, plan, image, sending)];
}

async function requestV0(
  scope: CallScope,
  plan: InferPlanV0,
  image: LoadedImage["image"],
  sending: Sending,
): Promise<unknown> {
  const key = scope.keyPlacement(true);
  const { datasetId, versionId } = plan.path;
  const remote = image.kind === "remote-image";
  const answer = await legacyInfer(
    endpointsOf(scope.core),
    { dataset_id: datasetId, version_id: versionId },
    remote ? null : imageHole(image, scope.core.writeBase64),
    {
      ...scope.keyField(key.query),
      ...scope.usageQuery(),
      ...plan.query,
      ...(remote ? { image: image.url } : {}),
    },
    scope.send({
      operation: "POST /{project}/{version}",
      about: `model ${plan.modelId}`,
      runs: { modelId: plan.modelId, inBody: false },
      ...sending,
      replay: "always",
      key,
    }),
  );
  return answer.kind === "json"
    ? answer.data
    : { visualization: base64Text(answer.bytes, scope.core.writeBase64) };
}

/** A drawn picture takes the form that JSON answers give it, so that one decoder serves both. */
function base64Text(bytes: Uint8Array, writeBase64: Base64Writer): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  writeBase64(bytes, text, 0);
  return new TextDecoder().decode(text);
}

async function requestV1<T extends InferTask>(
  scope: CallScope,
  plan: InferPlanV1<T>,
  images: readonly LoadedImage["image"][],
  sending: Sending,
): Promise<readonly unknown[]> {
  const key = scope.keyPlacement(true);
  const wire = images.map((image) => wireImage(image, scope.core.writeBase64));
  const [only, ...more] = wire;
  const { data } = await INFER_TASK_ENDPOINTS[plan.task](
    endpointsOf(scope.core),
    {
      ...scope.keyField(key.body),
      ...plan.parameters,
      ...bodyTags(scope),
      model_id: plan.modelId,
      image: only !== undefined && more.length === 0 ? only : wire,
    },
    plan.query,
    scope.send({
      operation: `POST ${TASK_TYPES[plan.task].route}`,
      about: `model ${plan.modelId}`,
      runs: { modelId: plan.modelId, inBody: true },
      ...sending,
      replay: "always",
      key,
    }),
  );
  return onePerImage(data, images.length);
}

/** One image is answered with an object, or by some servers with a list of one; several images with a list. */
export function onePerImage(data: unknown, count: number): readonly unknown[] {
  if (!Array.isArray(data)) {
    if (count === 1) return [data];
    throw new InvalidResponseError(`The server answered ${count} images with one result instead of a list.`);
  }
  if (data.length !== count) {
    throw new InvalidResponseError(`The server answered ${count} images with ${data.length} results.`, {
      hint: "Which result belongs to which image cannot be known; set maxBatchSize to 1.",
    });
  }
  return data;
}

async function decode(
  scope: CallScope,
  plan: InferPlan,
  task: TaskType | undefined,
  body: unknown,
  loaded: LoadedImage | undefined,
  place: number,
): Promise<InferenceResult> {
  const startedAt = performance.now();
  const decoded = decodeResult(body, task ?? (plan.mode === "v1" ? plan.task : undefined));
  const result = await finish(decoded, loaded?.image, scope.state.configuration.outputVisualisationFormat);
  if (task !== undefined && result.task !== task) {
    throw new InvalidResponseError(
      `The model ${plan.modelId} answered with a result of the task "${result.task}"; "${task}" was asked for.`,
      { path: "predictions", hint: "Leave the task option out to take whatever the model gives." },
    );
  }
  scope.core.events.emit(() => ({
    station: "decode",
    callId: scope.callId,
    index: loaded?.index ?? place,
    task: result.task,
    durationMs: performance.now() - startedAt,
  }));
  return result;
}

/** Most results are finished as they are; bringing them to another size or form is loaded when it is needed. */
async function finish(
  result: InferenceResult,
  image: LoadedImage["image"] | undefined,
  visualisation: VisualisationFormat,
): Promise<InferenceResult> {
  const scale = image?.kind === "encoded-image" ? image.scale : UNSCALED;
  const isFinished = scale.x === 1 && scale.y === 1 && visualisation === "base64";
  return isFinished ? result : (await loadResultFinishing()).finishResult(result, { scale, visualisation });
}

const UNSCALED = { x: 1, y: 1 };
