import { loadSharp } from "./picture.ts";
import type { RgbPixels } from "./shapes/colours.ts";
import type { Candidate } from "./shapes/suppression.ts";

/** Line colours by class id; lighter than the classes' own colours, so that a line on its shape can be seen. */
const LINE_COLOURS = [
  [255, 160, 160],
  [160, 255, 160],
  [160, 160, 255],
] as const;

type DrawnBox = Omit<Candidate, "confidence">;

/** The picture with the edges of the boxes drawn into it, as JPEG. Labels are not drawn. */
export async function drawVisualisation(
  pixels: RgbPixels,
  boxes: readonly Candidate[],
  strokeWidth: number,
): Promise<Uint8Array> {
  const data = drawBoxes(pixels, boxes, strokeWidth);
  const open = await loadSharp("the sandbox server to draw visualisations");
  const { width, height } = pixels;
  return open(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** A copy of the pixels with the edges of the boxes drawn into it. */
export function drawBoxes(pixels: RgbPixels, boxes: readonly DrawnBox[], strokeWidth: number): Uint8Array {
  const data = pixels.data.slice();
  for (const box of boxes) drawEdges(data, pixels, box, Math.max(1, strokeWidth));
  return data;
}

function drawEdges(data: Uint8Array, pixels: RgbPixels, box: DrawnBox, stroke: number): void {
  const colour = LINE_COLOURS[box.classId] ?? [255, 255, 255];
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const inner =
        x >= box.left + stroke && x < box.right - stroke && y >= box.top + stroke && y < box.bottom - stroke;
      if (!inner) data.set(colour, (y * pixels.width + x) * 3);
    }
  }
}
