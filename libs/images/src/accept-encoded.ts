import { InvalidInputFormatError } from "@inference-ts/errors";
import { describeContent } from "./describe-content.ts";
import { type EncodedImage, encodedImage } from "./encoded-image.ts";
import { readImageHeader } from "./image-header.ts";
import { checkByteLength, checkPixelCount } from "./limits.ts";

/** How a picture is named in messages, and how large it may be. */
export interface Acceptance {
  readonly label: string;
  readonly maxBytes: number;
  readonly maxPixels: number;
}

/** Encoded bytes as a picture that is sent untouched; refuses what is empty, no picture, incomplete or too large. */
export function acceptEncoded(bytes: Uint8Array, { label, maxBytes, maxPixels }: Acceptance): EncodedImage {
  checkByteLength(bytes.length, maxBytes, label);
  const header = readImageHeader(bytes);
  if (header === null) {
    throw new InvalidInputFormatError(
      `The image ${label} is no picture: its content is ${describeContent(bytes)}.`,
      { hint: "Give a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC." },
    );
  }
  const { format, size, truncated } = header;
  if (truncated) {
    throw new InvalidInputFormatError(
      `The image ${label} is truncated: its ${format} data ends after ${bytes.length} bytes.`,
      { hint: "Copy or download it again." },
    );
  }
  // No PNG hides its size: one without is 0 pixels wide or high.
  if (size === null && format === "png") {
    throw new InvalidInputFormatError(`The image ${label} is a PNG without pixels.`);
  }
  if (size !== null) checkPixelCount(size, maxPixels, label);
  return encodedImage(bytes, format, label, size, size);
}
