import { InvalidParameterError } from "@inference-ts/errors";
import type { RawPixels } from "@inference-ts/images";
import { loadSharp } from "./picture.ts";
import { COLOURS, type Colour } from "./shapes/colours.ts";

/** A colour by name, or as red, green and blue from 0 to 255. */
export type ShapeColour = Colour | "black" | "white" | "grey" | readonly [number, number, number];

/** A shape that fills the box `x`, `y` (top left corner), `width`, `height`, in whole pixels. */
export interface Shape {
  /** A triangle has its tip at the top and its base at the bottom. */
  readonly kind: "rectangle" | "ellipse" | "triangle";
  readonly colour: ShapeColour;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What {@link drawShapes} draws. */
export interface ShapePicture {
  readonly width: number;
  readonly height: number;
  /** Default black. */
  readonly background?: ShapeColour;
  /** Later shapes cover earlier ones. */
  readonly shapes: readonly Shape[];
}

/** RGB pixels, three bytes a pixel. */
export interface RgbRawPixels extends RawPixels {
  readonly data: Uint8Array;
  readonly channels: 3;
}

const NAMED_COLOURS: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  black: [0, 0, 0],
  white: [255, 255, 255],
  grey: [128, 128, 128],
};

function rgbOf(colour: ShapeColour): readonly [number, number, number] {
  const rgb = typeof colour === "string" ? NAMED_COLOURS[colour] : colour;
  if (rgb === undefined) {
    const known = [...COLOURS, "black", "white", "grey"].join(", ");
    throw new InvalidParameterError(
      `colour is "${String(colour)}"; use one of ${known}, or [red, green, blue].`,
    );
  }
  return rgb;
}

/** Whether the centre of a pixel lies in the shape; `x` and `y` count from the shape's corner. */
const INSIDE: Readonly<Record<Shape["kind"], (shape: Shape, x: number, y: number) => boolean>> = {
  rectangle: () => true,
  ellipse: (shape, x, y) => {
    const dx = (x + 0.5) / (shape.width / 2) - 1;
    const dy = (y + 0.5) / (shape.height / 2) - 1;
    return dx * dx + dy * dy <= 1;
  },
  // Half a pixel at least, so that the tip is never empty.
  triangle: (shape, x, y) =>
    Math.abs(x + 0.5 - shape.width / 2) <= Math.max(0.5, ((y + 1) / shape.height) * (shape.width / 2)),
};

function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new InvalidParameterError(`${name} is ${value}; it must be a whole number of ${least} or more.`);
  }
}

/**
 * Draws a picture with shapes at known places. A model of the sandbox (or a colour network on the real server) finds exactly
 * these places again.
 *
 * @throws InvalidParameterError for a size that is not a whole positive number and for an unknown colour.
 */
export function drawShapes(picture: ShapePicture): RgbRawPixels {
  const { width, height } = picture;
  requireWhole("width", width, 1);
  requireWhole("height", height, 1);
  const data = new Uint8Array(width * height * 3);
  const background = rgbOf(picture.background ?? "black");
  for (let offset = 0; offset < data.length; offset += 3) data.set(background, offset);
  for (const shape of picture.shapes) {
    for (const name of ["x", "y"] as const) requireWhole(`${shape.kind}.${name}`, shape[name], 0);
    for (const name of ["width", "height"] as const) requireWhole(`${shape.kind}.${name}`, shape[name], 1);
    const rgb = rgbOf(shape.colour);
    for (let y = 0; y < Math.min(shape.height, height - shape.y); y++) {
      for (let x = 0; x < Math.min(shape.width, width - shape.x); x++) {
        if (INSIDE[shape.kind](shape, x, y)) data.set(rgb, ((shape.y + y) * width + shape.x + x) * 3);
      }
    }
  }
  return { width, height, channels: 3, data };
}

/** EXIF orientation: 1 upright, 3 upside down, 6 and 8 on the side, even and 5, 7 mirrored. */
export type ExifOrientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Where a visible pixel is stored in a picture of that orientation (`w`, `h`: visible size). */
const STORED: Readonly<
  Record<ExifOrientation, (x: number, y: number, w: number, h: number) => readonly [number, number]>
> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _w, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, w) => [y, w - 1 - x],
  7: (x, y, w, h) => [h - 1 - y, w - 1 - x],
  8: (x, y, _w, h) => [h - 1 - y, x],
};

/** The pixels as a camera held that way would store them; who follows EXIF sees the original again. */
export function storeRotated(pixels: RgbRawPixels, orientation: ExifOrientation): RgbRawPixels {
  const turned = orientation >= 5;
  const [width, height] = turned ? [pixels.height, pixels.width] : [pixels.width, pixels.height];
  const data = new Uint8Array(pixels.data.length);
  for (let y = 0; y < pixels.height; y++) {
    for (let x = 0; x < pixels.width; x++) {
      const [storedX, storedY] = STORED[orientation](x, y, pixels.width, pixels.height);
      const from = (y * pixels.width + x) * 3;
      data.set(pixels.data.subarray(from, from + 3), (storedY * width + storedX) * 3);
    }
  }
  return { width, height, channels: 3, data };
}

/** Options of {@link encodeShapes}. */
export interface ShapeEncoding {
  /** Default `png`. */
  readonly format?: "png" | "jpeg";
  /** JPEG quality 1..100. Default 90. */
  readonly quality?: number;
  /** Stores the picture turned, with the EXIF tag that turns it back. Default 1, upright. */
  readonly orientation?: ExifOrientation;
}

/**
 * Encodes drawn pixels as PNG or JPEG.
 *
 * @throws MissingPeerError when `sharp` is not installed.
 */
export async function encodeShapes(pixels: RgbRawPixels, encoding: ShapeEncoding = {}): Promise<Uint8Array> {
  const { format = "png", quality = 90, orientation = 1 } = encoding;
  const stored = storeRotated(pixels, orientation);
  const open = await loadSharp("drawing test pictures");
  const picture = open(stored.data, { raw: { width: stored.width, height: stored.height, channels: 3 } });
  const tagged = orientation === 1 ? picture : picture.withMetadata({ orientation });
  const encoded = format === "png" ? tagged.png() : tagged.jpeg({ quality });
  return new Uint8Array(await encoded.toBuffer());
}
