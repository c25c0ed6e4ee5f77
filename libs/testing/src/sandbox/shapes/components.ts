import { type RgbPixels, STRENGTH_THRESHOLD, strengthOf } from "./colours.ts";

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
    // Only the largest channel can have a strength.
    const colour = red >= green ? (red >= blue ? 0 : 2) : green >= blue ? 1 : 2;
    const value = strengthOf(colour, red, green, blue);
    if (value > STRENGTH_THRESHOLD) {
      label[index] = colour + 1;
      strength[index] = value;
    }
  }
  return { label, strength };
}

/** Collects the 8-connected pixels of the region at `start` into `queue`, clears their labels, and returns their number. */
function collectRegion(label: Uint8Array, width: number, start: number, queue: Uint32Array): number {
  const height = label.length / width;
  const wanted = label[start];
  let found = 1;
  queue[0] = start;
  label[start] = 0;
  for (let done = 0; done < found; done++) {
    const index = queue[done] ?? 0;
    const x = index % width;
    const y = (index - x) / width;
    const x2 = Math.min(width - 1, x + 1);
    const y2 = Math.min(height - 1, y + 1);
    for (let nextY = Math.max(0, y - 1); nextY <= y2; nextY++) {
      for (let next = nextY * width + Math.max(0, x - 1); next <= nextY * width + x2; next++) {
        if (label[next] === wanted) {
          label[next] = 0;
          queue[found++] = next;
        }
      }
    }
  }
  return found;
}

/** Half of the region's typical strength: lossy pictures bleed colour over an edge, and the edge lies at half height. */
function edgeStrength(region: Uint32Array, strength: Uint8Array): number {
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

function describe(
  classId: number,
  region: Uint32Array,
  strength: Uint8Array,
  width: number,
): ColourComponent {
  const limit = edgeStrength(region, strength);
  const kept = region.filter((index) => (strength[index] ?? 0) > limit);
  let [left, top, right, bottom, mass] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0, 0];
  for (const index of kept) {
    const x = index % width;
    const y = (index - x) / width;
    if (x < left) left = x;
    if (y < top) top = y;
    if (x >= right) right = x + 1;
    if (y >= bottom) bottom = y + 1;
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
  const queue = new Uint32Array(label.length);
  const found: ColourComponent[] = [];
  for (let index = 0; index < label.length; index++) {
    const value = label[index] ?? 0;
    if (value === 0) continue;
    const size = collectRegion(label, pixels.width, index, queue);
    if (size < MIN_AREA) continue;
    const component = describe(value - 1, queue.subarray(0, size), strength, pixels.width);
    if (component.area >= MIN_AREA) found.push(component);
  }
  return found.sort((a, b) => a.classId - b.classId || a.top - b.top || a.left - b.left);
}
