import { InvalidParameterError } from "@inference-ts/errors";
import type { OpenVideoOptions } from "@inference-ts/images";

/** A picture that lies on the border of two slots by rounding alone belongs to the later one. */
const SLOT_TOLERANCE = 1e-6;

/** Decides, picture by picture in order, which ones are given out. */
export type PictureChoice = (index: number, timestampMs: number) => boolean;

/**
 * Every `stride`-th picture; of those, with `maxFps`, the first one in each slot of `1 / maxFps` seconds.
 *
 * @throws InvalidParameterError for a stride that is no whole number from 1 up, or a rate that is not above 0.
 */
export function choosePictures({ stride = 1, maxFps }: OpenVideoOptions): PictureChoice {
  if (!Number.isSafeInteger(stride) || stride < 1) {
    throw new InvalidParameterError(
      `stride is ${stride}; give a whole number from 1 up (1 = every picture).`,
    );
  }
  if (maxFps !== undefined && !(Number.isFinite(maxFps) && maxFps > 0)) {
    throw new InvalidParameterError(`maxFps is ${maxFps}; give a number of pictures a second above 0.`);
  }
  let lastSlot = Number.NEGATIVE_INFINITY;
  return (index, timestampMs) => {
    if (index % stride !== 0) return false;
    if (maxFps === undefined) return true;
    const slot = Math.floor((timestampMs * maxFps) / 1000 + SLOT_TOLERANCE);
    if (slot <= lastSlot) return false;
    lastSlot = slot;
    return true;
  };
}
