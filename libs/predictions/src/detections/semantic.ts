import { InstanceMask } from "../masks/instance-mask.ts";
import type { SemanticSegmentationResult } from "../results.ts";
import { readSemanticMask } from "../semantic-mask.ts";
import { type DetectionColumns, emptyColumns } from "./columns.ts";

/** Which classes of a semantic segmentation become detections. */
export interface SemanticOptions {
  /** Names of classes to leave out, such as `background`. Default: none. */
  readonly without?: readonly string[];
}

/** The columns of a semantic segmentation: a detection for each class that covers a pixel, by ascending class id. */
export async function readSemanticDetections(
  result: SemanticSegmentationResult,
  { without = [] }: SemanticOptions = {},
): Promise<DetectionColumns> {
  const { width, height, classIds, confidences, classNames } = await readSemanticMask(result);
  const sums = new Map<number, { pixels: number; confidence: number }>();
  for (const [pixel, id] of classIds.entries()) {
    const sum = sums.get(id) ?? { pixels: 0, confidence: 0 };
    sums.set(id, sum);
    sum.pixels++;
    sum.confidence += confidences[pixel] ?? 0;
  }
  const found = [...sums]
    .sort(([a], [b]) => a - b)
    .map(([id, { pixels, confidence }]) => ({
      id,
      name: classNames.get(id) ?? String(id),
      confidence: confidence / pixels / 255,
      mask: InstanceMask.fromBitmap({
        width,
        height,
        data: classIds.map((value) => (value === id ? 1 : 0)),
      }),
    }))
    .filter(({ name }) => !without.includes(name));
  return {
    ...emptyColumns({ width, height }),
    boxes: Float64Array.from(
      found.flatMap(({ mask: { box } }) => [box.x, box.y, box.x + box.width, box.y + box.height]),
    ),
    confidence: Float64Array.from(found, ({ confidence }) => confidence),
    classId: Int32Array.from(found, ({ id }) => id),
    classNames: found.map(({ name }) => name),
    masks: found.map(({ mask }) => mask),
  };
}
