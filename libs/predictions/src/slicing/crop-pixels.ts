import { InvalidParameterError } from "@inference-ts/errors";
import type { ImageDimensions } from "../results.ts";
import type { Slice } from "./plan-slices.ts";

/** Uncompressed pixels, row by row from the top left, 8 bits a channel: what codecs decode to and clients take as pictures. */
export interface Pixels extends ImageDimensions {
  readonly data: Uint8Array | Uint8ClampedArray;
  /** 1 = grey, 3 = RGB, 4 = RGBA. */
  readonly channels: 1 | 3 | 4;
}

/**
 * A part of a picture, copied.
 *
 * @throws InvalidParameterError when the part is not inside, or there are not as many bytes as the size says
 */
export function cropPixels({ data, width, height, channels }: Pixels, part: Slice): Pixels {
  const inside = part.x >= 0 && part.y >= 0 && part.x + part.width <= width && part.y + part.height <= height;
  if (!inside || data.length !== width * height * channels) {
    throw new InvalidParameterError(
      `A part of ${part.width} x ${part.height} pixels at (${part.x}, ${part.y}) cannot be cut out of ${data.length} bytes of a picture of ${width} x ${height}.`,
    );
  }
  const rowBytes = part.width * channels;
  const cropped = new Uint8Array(rowBytes * part.height);
  for (let row = 0; row < part.height; row++) {
    const start = ((part.y + row) * width + part.x) * channels;
    cropped.set(data.subarray(start, start + rowBytes), row * rowBytes);
  }
  return { data: cropped, width: part.width, height: part.height, channels };
}
