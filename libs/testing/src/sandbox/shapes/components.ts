import { COLOURS, type RgbPixels, STRENGTH_THRESHOLD, strengthOf } from "./colours.ts";

/** One connected region of one colour. Bounds are pixel edges: `right` and `bottom` are exclusive. */
export interface ColourComponent {
  /** 0 red, 1 green, 2 blue. */
  readonly classId: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Number of pixels. */
  readonly area: number;
  /** Mean strength of the region's pixels, 0..1. */
  readonly strength: number;
  /** One byte a pixel of the bounds (`right - left` wide), 1 inside the region. */
  readonly mask: Uint8Array;
}

/** Regions smaller than this are noise (the real test networks use the same limit). */
const MIN_AREA = 4;

/** One byte a pixel: class id + 1 of the dominant colour, 0 where none is strong enough; and the strength. */
function colourMap(pixels: RgbPixels): { label: Uint8Array; strength: Uint8Array } {
  const count = pixels.width * pixels.height;
  const label = new Uint8Array(count);
  const strength = new Uint8Array(count);
  const data = pixels.data;
  for (let index = 0, offset = 0; index < count; index++, offset += 3) {
    const red = data[offset] ?? 0;
    const green = data[offset + 1] ?? 0;
    const blue = data[offset + 2] ?? 0;
    for (let colour = 0; colour < COLOURS.length; colour++) {
      const value = strengthOf(colour, red, green, blue);
      if (value > STRENGTH_THRESHOLD) {
        label[index] = colour + 1;
        strength[index] = value;
      }
    }
  }
  return { label, strength };
}

/** Collects the 8-connected pixels of the region at `start`, and clears their labels. */
function collectRegion(label: Uint8Array, width: number, height: number, start: number): number[] {
  const wanted = label[start];
  const region: number[] = [];
  const pending = [start];
  label[start] = 0;
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    region.push(index);
    const x = index % width;
    const y = (index - x) / width;
    const x2 = Math.min(width - 1, x + 1);
    const y2 = Math.min(height - 1, y + 1);
    for (let nextY = Math.max(0, y - 1); nextY <= y2; nextY++) {
      for (let nextX = Math.max(0, x - 1); nextX <= x2; nextX++) {
        const next = nextY * width + nextX;
        if (label[next] === wanted) {
          label[next] = 0;
          pending.push(next);
        }
      }
    }
  }
  return region;
}

/** Half of the region's typical strength: lossy pictures bleed colour over an edge, and the edge lies at half height. */
function edgeStrength(region: readonly number[], strength: Uint8Array): number {
  const histogram = new Uint32Array(256);
  for (const index of region) {
    const value = strength[index] ?? 0;
    histogram[value] = (histogram[value] ?? 0) + 1;
  }
  let seen = 0;
  for (let value = 255; value > 0; value--) {
    seen += histogram[value] ?? 0;
    if (seen * 2 >= region.length) return value / 2;
  }
  return 0;
}

function describe(classId: number, region: readonly number[], strength: Uint8Array, width: number) {
  const limit = edgeStrength(region, strength);
  const kept = region.filter((index) => (strength[index] ?? 0) > limit);
  let [left, top, right, bottom, mass] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0, 0];
  for (const index of kept) {
    const x = index % width;
    const y = (index - x) / width;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + 1);
    mass += strength[index] ?? 0;
  }
  const mask = new Uint8Array((right - left) * (bottom - top));
  for (const index of kept) {
    const x = index % width;
    mask[((index - x) / width - top) * (right - left) + x - left] = 1;
  }
  return { classId, left, top, right, bottom, area: kept.length, strength: mass / kept.length / 255, mask };
}

/** The uniformly coloured regions of a picture, by class id, then from the top left. */
export function findComponents(pixels: RgbPixels): ColourComponent[] {
  const { label, strength } = colourMap(pixels);
  const found: ColourComponent[] = [];
  for (let index = 0; index < label.length; index++) {
    const value = label[index] ?? 0;
    if (value === 0) continue;
    const region = collectRegion(label, pixels.width, pixels.height, index);
    if (region.length < MIN_AREA) continue;
    const component = describe(value - 1, region, strength, pixels.width);
    if (component.area >= MIN_AREA) found.push(component);
  }
  return found.sort((a, b) => a.classId - b.classId || a.top - b.top || a.left - b.left);
}
