import type { ImageSource } from "@inference-ts/images";
import { objectList } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { askMedia } from "../request/run-task.ts";
import type { ImageSegmentationOutputElement } from "../results.ts";
import { readMask } from "./read-mask.ts";

/** Options of `imageSegmentation`. */
export interface ImageSegmentationOptions extends TaskOptions {
  /** Where a mask becomes black and white, 0 to 1. */
  readonly maskThreshold?: number | null | undefined;
  /** Overlap above which a small part is thrown away, 0 to 1. */
  readonly overlapMaskAreaThreshold?: number | null | undefined;
  readonly subtask?: "instance" | "panoptic" | "semantic" | null | undefined;
  /** Lowest score that is given, 0 to 1. */
  readonly threshold?: number | null | undefined;
}

/** Segments of a picture; masks are decoded from base64. */
export async function imageSegmentation(
  scope: CallScope,
  source: ImageSource,
  options: ImageSegmentationOptions,
): Promise<ImageSegmentationOutputElement[]> {
  const { operation } = scope;
  const segments = objectList<{ readonly label: string; readonly mask?: unknown }>(
    await askMedia(scope, "image-segmentation", source, options),
    operation,
  );
  return Promise.all(
    segments.map(async (segment, index) => ({
      ...segment,
      mask: await readMask(segment.mask, `[${index}].mask`, operation),
    })),
  );
}
