import type { InferenceResult } from "@inference-ts/sdk";
import { annotate, drawOnCanvas } from "@inference-ts/sdk/drawing";

/** A picture that a canvas can show. */
export interface ShownPicture {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** Shows a picture with the result on it. */
export function drawResult(
  canvas: HTMLCanvasElement,
  { image, width, height }: ShownPicture,
  result: InferenceResult | null,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.drawImage(image, 0, 0, width, height);
  if (result !== null) drawOnCanvas(context, annotate(result, { size: { width, height } }));
}

/** How many of each class were found, most first. */
export function countClasses(
  result: InferenceResult | null,
): readonly (readonly [name: string, count: number])[] {
  const found =
    result !== null && "predictions" in result && Array.isArray(result.predictions) ? result.predictions : [];
  const counts = new Map<string, number>();
  for (const { class: name } of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
