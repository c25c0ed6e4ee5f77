import { InvalidInputFormatError } from "@inference-ts/errors";
import type { RawPixels } from "./ports.ts";

const CHANNELS: readonly number[] = [1, 3, 4];

function isChannels(value: unknown): value is RawPixels["channels"] {
  return typeof value === "number" && CHANNELS.includes(value);
}

/** True for an object that is meant as pixels: it has `data`, `width` and `height`. */
export function looksLikePixels(
  value: object,
): value is { readonly data: unknown; readonly width: unknown; readonly height: unknown } {
  return "data" in value && "width" in value && "height" in value;
}

/**
 * Checks pixels: whole sizes, 1, 3 or 4 channels of 8 bits, as much data as the size says. Without `channels` (`ImageData`) the
 * data is RGBA.
 *
 * @throws InvalidInputFormatError that says what is wrong.
 */
export function checkRawPixels(value: {
  readonly data: unknown;
  readonly width: unknown;
  readonly height: unknown;
}): RawPixels {
  const { data, width, height } = value;
  if (!isSide(width) || !isSide(height)) {
    throw new InvalidInputFormatError(
      `Raw pixels need a width and a height of 1 or more, got ${describeSide(width)} x ${describeSide(height)}.`,
    );
  }
  if (!(data instanceof Uint8Array) && !(data instanceof Uint8ClampedArray)) {
    throw new InvalidInputFormatError(
      `Raw pixels need 8 bits a channel in a Uint8Array or Uint8ClampedArray, got ${typeName(data)}.`,
      { hint: "Turn fractions 0..1 into whole numbers 0..255 first." },
    );
  }
  const channels: unknown = "channels" in value ? value.channels : 4;
  if (!isChannels(channels)) {
    throw new InvalidInputFormatError(`Raw pixels have 1, 3 or 4 channels, got ${describeSide(channels)}.`);
  }
  if (data.length !== width * height * channels) {
    throw new InvalidInputFormatError(
      `Raw pixels of ${width} x ${height} with ${channels} channels are ${width * height * channels} bytes, got ${data.length}.`,
    );
  }
  return { data, width, height, channels };
}

function isSide(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function describeSide(value: unknown): string {
  return typeof value === "number" ? String(value) : typeName(value);
}

/** Name of a value's type for messages, never its content. */
export function typeName(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.prototype.toString.call(value).slice(8, -1) === "Object"
    ? (value.constructor?.name ?? "object")
    : Object.prototype.toString.call(value).slice(8, -1);
}
