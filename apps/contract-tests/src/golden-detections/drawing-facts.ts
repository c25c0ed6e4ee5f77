import type { Pixels, Scene } from "@inference-ts/sdk/annotators";
import { type Mask, polygonMask } from "@inference-ts/sdk/predictions";

/** Mean colour and how much was changed in a part of a picture. */
export interface RegionFacts {
  readonly meanRgb: readonly number[];
  readonly changedFraction: number;
}

/** What a drawing changed in a picture. */
export interface DrawingFacts {
  readonly changedPixels: number;
  /** Corners, the last ones inside; `null` where nothing changed. */
  readonly changedBbox: readonly number[] | null;
  readonly meanRgbChanged: readonly number[];
  /** Changed pixels by colour (`r,g,b`). */
  readonly colors: ReadonlyMap<string, number>;
  readonly boxes: readonly (RegionFacts | undefined)[];
  readonly masks: readonly (RegionFacts | undefined)[];
}

/** Measures what was drawn. */
export function drawingFacts(base: Pixels, drawn: Pixels, scene: Scene): DrawingFacts {
  const colors = new Map<string, number>();
  const sum = [0, 0, 0];
  let [left, top, right, bottom] = [base.width, base.height, -1, -1];
  let changedPixels = 0;
  for (let pixel = 0; pixel < base.width * base.height; pixel++) {
    if (!isChanged(base, drawn, pixel)) continue;
    const rgb = [...drawn.data.subarray(pixel * 4, pixel * 4 + 3)];
    const [x, y] = [pixel % base.width, Math.floor(pixel / base.width)];
    changedPixels++;
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x),
      Math.min(top, y),
      Math.max(bottom, y),
    ];
    for (const [part, value] of rgb.entries()) sum[part] = (sum[part] ?? 0) + value;
    colors.set(rgb.join(), (colors.get(rgb.join()) ?? 0) + 1);
  }
  const inMasks = scene.objects.map((object) => polygonMask(object.rings(), base));
  const inBoxes = scene.objects.map((object) =>
    polygonMask([boxRing(object.left, object.top, object.right, object.bottom)], base),
  );
  return {
    changedPixels,
    changedBbox: changedPixels === 0 ? null : [left, top, right, bottom],
    meanRgbChanged: sum.map((value) => value / changedPixels),
    colors,
    boxes: inBoxes.map((mask) => regionFacts(base, drawn, mask)),
    masks: inMasks.map((mask) => regionFacts(base, drawn, mask)),
  };
}

function boxRing(left: number, top: number, right: number, bottom: number) {
  const [x, y, endX, endY] = [left, top, right, bottom].map(Math.trunc);
  return [
    { x: x ?? 0, y: y ?? 0 },
    { x: endX ?? 0, y: y ?? 0 },
    { x: endX ?? 0, y: endY ?? 0 },
    { x: x ?? 0, y: endY ?? 0 },
  ];
}

function isChanged(base: Pixels, drawn: Pixels, pixel: number): boolean {
  return [0, 1, 2].some((part) => base.data[pixel * 4 + part] !== drawn.data[pixel * 4 + part]);
}

function regionFacts(base: Pixels, drawn: Pixels, mask: Mask): RegionFacts | undefined {
  const sum = [0, 0, 0];
  let [area, changed] = [0, 0];
  for (const [pixel, inside] of mask.data.entries()) {
    if (inside === 0) continue;
    area++;
    if (isChanged(base, drawn, pixel)) changed++;
    for (const part of [0, 1, 2]) sum[part] = (sum[part] ?? 0) + (drawn.data[pixel * 4 + part] ?? 0);
  }
  if (area === 0) return undefined;
  return { meanRgb: sum.map((value) => value / area), changedFraction: changed / area };
}
