import { type CompareType, InvalidParameterError, type VisualPrompt } from "@inference-ts/sdk/node";
import type { BoxValue, PointValue } from "./option-kinds.ts";

/** What a picture is compared with: texts or pictures, not both. */
export function promptsOf({
  prompt = [],
  promptImage = [],
}: {
  readonly prompt: readonly string[] | undefined;
  readonly promptImage: readonly string[] | undefined;
}): { readonly prompt: readonly string[]; readonly promptType: CompareType } {
  if ((prompt.length === 0) === (promptImage.length === 0)) {
    throw new InvalidParameterError(
      "Give what to compare with: --prompt texts, or --prompt-image files, not both.",
    );
  }
  return prompt.length > 0 ? { prompt, promptType: "text" } : { prompt: promptImage, promptType: "image" };
}

/** Boxes and points as they are typed. */
export interface VisualValues {
  readonly box: readonly BoxValue[] | undefined;
  readonly point: readonly PointValue[] | undefined;
  readonly outsidePoint: readonly PointValue[] | undefined;
}

/**
 * Every box is an object of its own. Points are all about one object: that of the box when there is exactly one, else one more.
 * `undefined` without any: the model segments what it finds.
 */
export function visualPrompts({
  box = [],
  point = [],
  outsidePoint = [],
}: VisualValues): readonly VisualPrompt[] | undefined {
  const points = [
    ...point.map((place) => ({ ...place, positive: true })),
    ...outsidePoint.map((place) => ({ ...place, positive: false })),
  ];
  const boxes = box.map((one): VisualPrompt => ({ box: one }));
  if (points.length === 0) return boxes.length === 0 ? undefined : boxes;
  const [first, ...others] = boxes;
  return first !== undefined && others.length === 0 ? [{ ...first, points }] : [...boxes, { points }];
}
