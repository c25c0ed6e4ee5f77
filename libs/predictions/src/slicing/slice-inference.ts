import { AbortedError, InvalidParameterError } from "@inference-ts/errors";
import { Detections } from "../detections/detections.ts";
import type { OverlapOptions } from "../detections/score-order.ts";
import type { ImageDimensions } from "../results.ts";
import type { JsonObject } from "../wire-guards.ts";
import { cropPixels, type Pixels } from "./crop-pixels.ts";
import { planSlices, type Slice, type SliceSizes } from "./plan-slices.ts";

/** A picture that parts can be cut out of; what a part is, is up to the picture. */
export interface SliceablePicture<Tile> extends ImageDimensions {
  crop(slice: Slice): Tile | Promise<Tile>;
}

/** What is known about a slice while it is worked on. */
export interface SliceContext {
  readonly slice: Slice;
  /** Place of the slice, row by row from 0. */
  readonly index: number;
  /** Aborts when the detections are no longer wanted. */
  readonly signal: AbortSignal;
}

/** Finds detections in a slice, in pixels of the slice: a result of a client, or detections. */
export type SliceInfer<Tile> = (tile: Tile, context: SliceContext) => Promise<Detections | JsonObject>;

/** How a picture is sliced and what becomes of objects that several slices see. */
export interface SliceInferenceOptions extends SliceSizes, OverlapOptions {
  /** `nms` (default) keeps the best of those that overlap, `nmm` makes one of them, `none` keeps all. */
  readonly filter?: "nms" | "nmm" | "none";
  /** Most slices worked on at once, default 4. */
  readonly maxConcurrentSlices?: number;
  readonly signal?: AbortSignal;
}

const DEFAULT_CONCURRENT = 4;

/**
 * Finds objects in a picture that is too large for a model: cuts it into slices that overlap, works on some of them at once, brings what
 * is found to pixels of the whole picture, and filters what several slices found. The order does not depend on which
 * slice is ready first. The first failure ends everything and is thrown.
 *
 * @example
 * ```ts no-run: needs a large picture and a model
 * import { readFile } from "node:fs/promises";
 * import { InferenceHTTPClient, sharpCodec } from "@inference-ts/sdk/node";
 * import { sliceInference } from "@inference-ts/sdk/predictions";
 * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001" });
 * const pixels = await sharpCodec().decode(await readFile("orthophoto.jpg"));
 * const detections = await sliceInference(pixels, (tile, { signal }) => client.infer(tile, { modelId: "ships/3", signal }));
 * ```
 *
 * @param picture uncompressed pixels, or a picture that cuts out its parts itself
 * @throws InvalidParameterError for impossible options
 * @throws AbortedError when the signal aborts
 */
export function sliceInference(
  picture: Pixels,
  infer: SliceInfer<Pixels>,
  options?: SliceInferenceOptions,
): Promise<Detections>;
export function sliceInference<Tile>(
  picture: SliceablePicture<Tile>,
  infer: SliceInfer<Tile>,
  options?: SliceInferenceOptions,
): Promise<Detections>;
export async function sliceInference<Tile>(
  picture: Pixels | SliceablePicture<Tile>,
  infer: SliceInfer<Tile | Pixels>,
  options: SliceInferenceOptions = {},
): Promise<Detections> {
  const slices = planSlices(picture, options);
  const found = await inTurn(slices, options, async (slice, index, signal) => {
    const tile = "crop" in picture ? await picture.crop(slice) : cropPixels(picture, slice);
    const result = await infer(tile, { slice, index, signal });
    return result instanceof Detections ? result : Detections.from(result);
  });
  return mergeSlices(picture, slices, found, options);
}

/**
 * Brings the detections of slices to pixels of the whole picture and filters what several slices found.
 *
 * @param found detections of each slice, in its pixels
 */
export function mergeSlices(
  picture: ImageDimensions,
  slices: readonly Slice[],
  found: readonly Detections[],
  { filter = "nms", ...overlap }: Pick<SliceInferenceOptions, "filter" | keyof OverlapOptions> = {},
): Detections {
  const size = { width: picture.width, height: picture.height };
  const moved = slices.flatMap((slice, index) => found[index]?.move(slice.x, slice.y, size) ?? []);
  const merged = Detections.merge(moved);
  if (filter === "none" || merged.length === 0) return merged;
  return filter === "nmm" ? merged.nmm(overlap) : merged.nms(overlap);
}

/** Works on some items at once; results in order. The first failure aborts the rest. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  { maxConcurrentSlices = DEFAULT_CONCURRENT, signal }: SliceInferenceOptions,
  work: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  if (!(Number.isInteger(maxConcurrentSlices) && maxConcurrentSlices >= 1)) {
    throw new InvalidParameterError(
      `maxConcurrentSlices must be a whole number of at least 1, got ${maxConcurrentSlices}.`,
    );
  }
  const failed = new AbortController();
  const either = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const results = new Array<Result>(items.length);
  const queue = items.entries();
  const failures: unknown[] = [];
  const place = async () => {
    for (const [index, item] of queue) {
      if (signal?.aborted) throw new AbortedError("Slicing was aborted.", { cause: signal.reason });
      if (failed.signal.aborted) return;
      results[index] = await work(item, index, either);
    }
  };
  const places = Array.from({ length: Math.min(maxConcurrentSlices, items.length) }, () =>
    place().catch((error: unknown) => {
      failures.push(error);
      failed.abort(error);
    }),
  );
  await Promise.all(places);
  if (failures.length > 0) throw failures[0];
  return results;
}
