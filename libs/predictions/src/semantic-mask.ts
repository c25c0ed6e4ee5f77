import { readGreyPng } from "./grey-png.ts";
import { type Mask, resizeMask } from "./mask.ts";
import type { ImageDimensions, SemanticSegmentationResult } from "./results.ts";
import { refuse } from "./wire-guards.ts";

/** Most pixels of a mask; an answer that claims a larger picture must not get the memory for it. */
const MAX_PIXELS = 2 ** 28;

/** Class and confidence of every pixel, row by row from the top left. */
export interface SemanticMask extends ImageDimensions {
  /** Key of `classNames` for every pixel. */
  readonly classIds: Uint8Array;
  /** 0..255 for every pixel, 255 = certain. */
  readonly confidences: Uint8Array;
  readonly classNames: ReadonlyMap<number, string>;
}

/**
 * Decodes the masks of a semantic segmentation answer.
 *
 * @param size size of the masks in pixels, nearest pixel; default is `image` of the result, so that the masks fit the
 *   caller's picture also when a smaller one was sent
 * @throws InvalidResponseError when a mask is not base64 of an 8-bit grey PNG, or the size is none
 */
export async function readSemanticMask(
  result: SemanticSegmentationResult,
  size: ImageDimensions | undefined = result.image,
): Promise<SemanticMask> {
  const { segmentation_mask, confidence_mask, class_map } = result.predictions;
  const sent = await readGreyPng(segmentation_mask, "predictions.segmentation_mask");
  const wanted = size ?? sent;
  const isSize = [wanted.width, wanted.height].every((side) => Number.isSafeInteger(side) && side >= 1);
  if (!isSize || wanted.width * wanted.height > MAX_PIXELS) {
    refuse("image", `a size in whole pixels, at most ${MAX_PIXELS} in all`, wanted);
  }
  const fit = (mask: Mask) => resizeMask(mask, wanted);
  const confidences = fit(await readGreyPng(confidence_mask, "predictions.confidence_mask"));
  const { width, height, data } = fit(sent);
  const classNames = new Map(Object.entries(class_map).map(([id, name]) => [Number(id), name]));
  return { width, height, classIds: data, confidences: confidences.data, classNames };
}
