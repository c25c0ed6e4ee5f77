import { InvalidInputFormatError } from "@inference-ts/errors";
import type { RawPixels } from "./ports.ts";

interface PixelsLike {
  readonly data: unknown;
  readonly width: unknown;
  readonly height: unknown;
  readonly channels?: unknown;
}

/** True for an object that is meant as pixels: it has `data`, `width` and `height`. */
export function looksLikePixels(value: object): value is PixelsLike {
  return "data" in value && "width" in value && "height" in value;
}

/**
 * Checks pixels: whole sizes, 1, 3 or 4 channels of 8 bits, as much data as the size says. Without `channels` (`ImageData`) the
 * data is RGBA.
 *
 * @throws InvalidInputFormatError that says what was given and what is needed.
 */
export function checkRawPixels({ data, width, height, channels = 4 }: PixelsLike): RawPixels {
  if (
    (data instanceof Uint8Array || data instanceof Uint8ClampedArray) &&
    isSide(width) &&
    isSide(height) &&
    (channels === 1 || channels === 3 || channels === 4) &&
    data.length === width * height * channels
  ) {
    return { data, width, height, channels };
  }
  const length = ArrayBuffer.isView(data) && "length" in data ? ` of length ${data.length}` : "";
  throw new InvalidInputFormatError(
    `Raw pixels need 8 bits a channel (Uint8Array, 0..255) and width x height x 1, 3 or 4 channels, got ${typeName(data)}${length} for ${width} x ${height} x ${channels}.`,
  );
}

function isSide(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** Name of a value's type for messages, never its content. */
export function typeName(value: unknown): string {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag === "Object" ? (value.constructor?.name ?? tag) : tag;
}
