import type { ImageSize } from "./ports.ts";

/** A picture that is to be shrunk: to which size and by which factor. */
export interface Downsizing {
  readonly size: ImageSize;
  /** Factor of the limiting side, between 0 and 1; coordinates of the answer are divided by it. */
  readonly factor: number;
}

/**
 * Factor by which `image` must shrink to fit into `max`, keeping its proportions; `null` when it fits already. Pictures are
 * never enlarged. The formula is the Python SDK's `determine_scaling_aspect_ratio`.
 */
export function scalingFactor(image: ImageSize, max: ImageSize): number | null {
  const factor = Math.min(max.height / image.height, max.width / image.width);
  return factor < 1 ? factor : null;
}

/** Size and factor for shrinking `image` into `max`; `null` when it fits already. Sides are whole pixels, 1 or more. */
export function planDownsizing(image: ImageSize, max: ImageSize): Downsizing | null {
  const factor = scalingFactor(image, max);
  if (factor === null) return null;
  const side = (length: number) => Math.max(1, roundHalfToEven(length * factor));
  return { factor, size: { width: side(image.width), height: side(image.height) } };
}

/** Python's `round`, which OpenCV uses too: a half goes to the even neighbour. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (fraction !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
