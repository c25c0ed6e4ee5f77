import type { Point } from "../results.ts";
import type { Patch } from "./patch.ts";

/** How close to the border between two pixels a point belongs to both. */
const BORDER_WIDTH = 1e-6;

/**
 * Whether every pixel under the straight stretch between two points is covered, where pixels are squares around whole
 * coordinates; where the stretch runs along the border of pixels or through a corner, those on both sides must be.
 */
export function isStretchCovered(patch: Patch, from: Point, to: Point): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  // Most stretches that are asked for fail near their start: a look at a pixel a step costs little.
  const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)));
  for (let step = 1; step < steps; step++) {
    const [x, y] = [from.x + (dx * step) / steps, from.y + (dy * step) / steps];
    if (!isCovered(patch, Math.round(x), Math.round(y))) return false;
  }
  const crossings = [0, 1, ...borderCrossings(from.x, dx), ...borderCrossings(from.y, dy)].sort(
    (a, b) => a - b,
  );
  return crossings.every((crossing, index) => {
    const middle = (crossing + (crossings[index + 1] ?? crossing)) / 2;
    return [crossing, middle].every((part) => isCoveredAround(patch, from.x + dx * part, from.y + dy * part));
  });
}

/** Where along a stretch (0..1) it crosses the borders between pixels of one axis. */
function borderCrossings(start: number, length: number): number[] {
  const found: number[] = [];
  const last = Math.max(start, start + length);
  for (let border = Math.ceil(Math.min(start, start + length) - 0.5) + 0.5; border < last; border++) {
    found.push((border - start) / length);
  }
  return found;
}

function isCoveredAround(patch: Patch, x: number, y: number): boolean {
  const columns = [Math.floor(x + 0.5 - BORDER_WIDTH), Math.floor(x + 0.5 + BORDER_WIDTH)];
  const rows = [Math.floor(y + 0.5 - BORDER_WIDTH), Math.floor(y + 0.5 + BORDER_WIDTH)];
  return rows.every((row) => columns.every((column) => isCovered(patch, column, row)));
}

function isCovered({ left, top, width, height, data }: Patch, column: number, row: number): boolean {
  const [x, y] = [column - left, row - top];
  return x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] !== 0;
}
