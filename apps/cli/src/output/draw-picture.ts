import { drawOnImage, type InferenceResult } from "@inference-ts/sdk/node";
import type { DrawingPlan } from "../drawing/drawing-plan.ts";

/** A picture with its results drawn on it, encoded. */
export interface DrawnPicture {
  readonly bytes: Uint8Array;
  /** Of its file name. */
  readonly ending: "jpg" | "png";
}

/** Draws a result; without a plan its boxes, masks, key points and labels. A JPEG stays a JPEG; everything else becomes a PNG, which loses nothing. */
export async function drawPicture(
  picture: Uint8Array,
  result: InferenceResult,
  plan: DrawingPlan | undefined,
): Promise<DrawnPicture> {
  const isJpeg = picture[0] === 0xff && picture[1] === 0xd8;
  const bytes = await drawOnImage(picture, result, {
    format: isJpeg ? "jpeg" : "png",
    annotators: plan?.(),
  });
  return { bytes, ending: isJpeg ? "jpg" : "png" };
}
