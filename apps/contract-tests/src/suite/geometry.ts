import { expect } from "vitest";
import type { Picture, Shape } from "./pictures.ts";

/** Edges in pixels; right and bottom exclusive. */
export interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A box as the server writes it: `x`, `y` are its centre. */
interface CentredBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function edgesOfBox({ x, y, width, height }: CentredBox): Edges {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

/** Polygon points are pixels; the last one belongs to the shape, `pixel` is its size (larger after downsizing). */
export function edgesOfPoints(points: readonly { x: number; y: number }[], pixel = 1): Edges {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs) + pixel,
    bottom: Math.max(...ys) + pixel,
  };
}

/** The smallest rectangle around the pixels that `isInside`. */
export function edgesOfPixels(
  { width, height, data }: { width: number; height: number; data: Uint8Array },
  isInside: (value: number) => boolean,
): Edges & { readonly area: number } {
  const edges = { left: width, top: height, right: 0, bottom: 0, area: 0 };
  for (const [index, value] of data.entries()) {
    if (!isInside(value)) continue;
    const [x, y] = [index % width, Math.floor(index / width)];
    edges.left = Math.min(edges.left, x);
    edges.top = Math.min(edges.top, y);
    edges.right = Math.max(edges.right, x + 1);
    edges.bottom = Math.max(edges.bottom, y + 1);
    edges.area += 1;
  }
  return edges;
}

/** Every edge of `found` lies within `tolerancePx` of the shape's. */
export function expectEdges(found: Edges, shape: Shape, tolerancePx: number): void {
  for (const edge of ["left", "top", "right", "bottom"] as const) {
    const off = Math.abs(found[edge] - shape[edge]);
    expect(off, `${shape.colour}: ${edge} is ${found[edge]}, drawn at ${shape[edge]}`).toBeLessThanOrEqual(
      tolerancePx,
    );
  }
}

/** Exactly one prediction per drawn shape, of its class, box within the tolerance; confidence as the networks give it. */
export function expectBoxes(
  predictions: readonly (CentredBox & { readonly class: string; readonly confidence: number })[],
  picture: Picture,
  tolerancePx: number,
): void {
  const classes = predictions.map((prediction) => prediction.class).sort();
  expect(classes).toEqual(picture.shapes.map((shape) => shape.colour).sort());
  for (const shape of picture.shapes) {
    const prediction = predictionOf(predictions, shape);
    expectEdges(edgesOfBox(prediction), shape, tolerancePx);
    // 0.95 for a pure colour; less where JPEG or resizing changed it.
    expect(prediction.confidence).toBeGreaterThan(0.8);
    expect(prediction.confidence).toBeLessThanOrEqual(0.951);
  }
}

/** The prediction of a shape's class. */
export function predictionOf<T extends { readonly class: string }>(
  predictions: readonly T[],
  shape: Shape,
): T {
  const found = predictions.find((prediction) => prediction.class === shape.colour);
  if (found === undefined) throw new Error(`There is no prediction of class ${shape.colour}.`);
  return found;
}

export const areaOf = (shape: Shape) => (shape.right - shape.left) * (shape.bottom - shape.top);
