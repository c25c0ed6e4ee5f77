import type { GlowShape } from "../display-list.ts";
import { parseColor } from "../palette.ts";
import { cover } from "./cover.ts";
import { meanOf } from "./mean.ts";
import { mix, type Pixels } from "./pixels.ts";

/** Mixes the shapes' colours into the picture around them: as much as of a square around a pixel is covered. */
export function glow(picture: Pixels, { shapes, size, opacity }: GlowShape): void {
  const points = shapes.flatMap(({ rings }) => rings.flat());
  const bound = (value: number, end: number) => Math.min(end, Math.max(0, value));
  const reach = Math.ceil(size) + 1;
  const left = bound(Math.floor(least(points.map(({ x }) => x))) - reach, picture.width);
  const top = bound(Math.floor(least(points.map(({ y }) => y))) - reach, picture.height);
  const right = bound(Math.ceil(-least(points.map(({ x }) => -x))) + reach, picture.width);
  const bottom = bound(Math.ceil(-least(points.map(({ y }) => -y))) + reach, picture.height);
  const [width, height] = [right - left, bottom - top];
  if (width <= 0 || height <= 0) return;
  // Colours times coverage, and the coverage itself.
  const light = new Float32Array(width * height * 4);
  for (const { rings, fill = "#000000" } of shapes) {
    const [red, green, blue] = parseColor(fill);
    const inPart = rings.map((ring) => ring.map(({ x, y }) => ({ x: x - left, y: y - top })));
    cover({ rings: inPart, discs: [], rule: "evenodd" }, width, height, false, (row, from, to) => {
      for (let x = from; x < to; x++) light.set([red, green, blue, 1], (row * width + x) * 4);
    });
  }
  const spread = meanOf(light, width, height, 4, size);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const share = spread[pixel * 4 + 3] ?? 0;
    if (light[pixel * 4 + 3] !== 0 || share < 1e-4) continue;
    const [red, green, blue] = [0, 1, 2].map((part) => (spread[pixel * 4 + part] ?? 0) / share);
    const at = (top + Math.floor(pixel / width)) * picture.width + left + (pixel % width);
    mix(picture.data, at, red ?? 0, green ?? 0, blue ?? 0, Math.min(1, share * opacity));
  }
}

function least(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Number.POSITIVE_INFINITY);
}
