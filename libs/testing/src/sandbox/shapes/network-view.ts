import { COLOURS, type RgbPixels, STRENGTH_THRESHOLD, strengthOf } from "./colours.ts";
import type { ColourComponent } from "./components.ts";

/** Side of the square that the models of the real test server look at. */
export const NETWORK_SIZE = 64;

/** How a picture is fitted into the square. */
export type FitMode = "stretch" | "letterbox";

/** The picture as the network sees it: strength of every colour in every cell, and where the picture lies in the square. */
export interface NetworkView {
  /** Strength 0..255 by colour, cell and row; 0 below the threshold. */
  readonly planes: readonly Float64Array[];
  /** Cell = pixel * scale + offset. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

function sample(pixels: RgbPixels, channel: number, x: number, y: number): number {
  const clamp = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const at = (column: number, row: number) =>
    pixels.data[(clamp(row, pixels.height) * pixels.width + clamp(column, pixels.width)) * 3 + channel] ?? 0;
  const [fx, fy] = [x - left, y - top];
  const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
  const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Scales a picture to the network's square with bilinear sampling, as the real server does before its models. */
export function viewOf(pixels: RgbPixels, fit: FitMode): NetworkView {
  const stretchX = NETWORK_SIZE / pixels.width;
  const stretchY = NETWORK_SIZE / pixels.height;
  const scaleX = fit === "stretch" ? stretchX : Math.min(stretchX, stretchY);
  const scaleY = fit === "stretch" ? stretchY : scaleX;
  const offsetX = Math.round((NETWORK_SIZE - pixels.width * scaleX) / 2);
  const offsetY = Math.round((NETWORK_SIZE - pixels.height * scaleY) / 2);
  const planes = COLOURS.map(() => new Float64Array(NETWORK_SIZE * NETWORK_SIZE));
  for (let row = 0; row < NETWORK_SIZE; row++) {
    const y = (row + 0.5 - offsetY) / scaleY - 0.5;
    if (y < -0.5 || y > pixels.height - 0.5) continue;
    for (let column = 0; column < NETWORK_SIZE; column++) {
      const x = (column + 0.5 - offsetX) / scaleX - 0.5;
      if (x < -0.5 || x > pixels.width - 0.5) continue;
      const [red, green, blue] = [sample(pixels, 0, x, y), sample(pixels, 1, x, y), sample(pixels, 2, x, y)];
      for (const [colour, plane] of planes.entries()) {
        const value = strengthOf(colour, red, green, blue);
        if (value > STRENGTH_THRESHOLD) plane[row * NETWORK_SIZE + column] = value;
      }
    }
  }
  return { planes, scaleX, scaleY, offsetX, offsetY };
}

/** Share of the square that each colour covers, 0..1. */
export function colourShares(view: NetworkView): number[] {
  return view.planes.map(
    (plane) => plane.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0) / plane.length,
  );
}

/**
 * Confidence of a region as the real test networks compute it: 0.95 times the mean strength of the region's cells. A region
 * too small to be seen in the square takes its strength from the picture itself.
 */
export function confidenceOf(component: ColourComponent, view: NetworkView): number {
  const plane = view.planes[component.classId] ?? new Float64Array();
  const from = (value: number, scale: number, offset: number) =>
    Math.max(0, Math.floor(value * scale + offset - 1));
  const to = (value: number, scale: number, offset: number) =>
    Math.min(NETWORK_SIZE, Math.ceil(value * scale + offset + 1));
  let [cells, mass] = [0, 0];
  for (
    let row = from(component.top, view.scaleY, view.offsetY);
    row < to(component.bottom, view.scaleY, view.offsetY);
    row++
  ) {
    for (
      let column = from(component.left, view.scaleX, view.offsetX);
      column < to(component.right, view.scaleX, view.offsetX);
      column++
    ) {
      const value = plane[row * NETWORK_SIZE + column] ?? 0;
      if (value > 0) {
        cells += 1;
        mass += value / 255;
      }
    }
  }
  return 0.95 * (cells < 4 ? component.strength : mass / cells);
}
