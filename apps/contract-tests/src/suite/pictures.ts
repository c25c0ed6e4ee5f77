import sharp from "sharp";

export type Colour = "red" | "green" | "blue";

/** A rectangle of one colour, in pixels of the picture that a viewer sees; right and bottom are exclusive. */
export interface Shape {
  readonly colour: Colour;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A black picture with at most one rectangle per colour. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

const RGB: Readonly<Record<Colour, readonly [number, number, number]>> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
};

const shape = (colour: Colour, left: number, top: number, right: number, bottom: number): Shape => ({
  colour,
  left,
  top,
  right,
  bottom,
});

/**
 * The networks of the real server see 64 x 64 cells (masks: 16 x 16). Every edge here lies on a cell of both grids, so that
 * the server can answer exactly, and what is off by more than the tolerance is off because of the client.
 */
export const THREE_SHAPES: Picture = {
  width: 640,
  height: 480,
  shapes: [
    shape("red", 40, 60, 240, 300),
    shape("green", 320, 0, 520, 120),
    shape("blue", 360, 240, 600, 420),
  ],
};

/** Larger than any input size, so that client-side downsizing shrinks it. */
export const BIG: Picture = {
  width: 2048,
  height: 2048,
  shapes: [shape("red", 128, 256, 768, 1280), shape("blue", 1152, 768, 1920, 1792)],
};

export const ONLY_BLUE: Picture = { width: 512, height: 512, shapes: [shape("blue", 64, 128, 320, 480)] };
export const ONLY_RED: Picture = { width: 512, height: 512, shapes: [shape("red", 192, 32, 448, 288)] };
export const RED_AND_BLUE: Picture = {
  width: 512,
  height: 512,
  shapes: [shape("red", 32, 64, 192, 224), shape("blue", 288, 256, 480, 448)],
};
export const EMPTY: Picture = { width: 64, height: 64, shapes: [] };

/** How many degrees clockwise the stored pixels are turned against what a viewer sees, per EXIF orientation. */
const STORED_TURN = { 1: 0, 3: 180, 6: 270, 8: 90 } as const;

/** EXIF orientations that only turn the picture. */
export type Orientation = keyof typeof STORED_TURN;

function draw(picture: Picture) {
  const pixels = Buffer.alloc(picture.width * picture.height * 3);
  for (const { colour, left, top, right, bottom } of picture.shapes) {
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) pixels.set(RGB[colour], (y * picture.width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width: picture.width, height: picture.height, channels: 3 } });
}

export async function asPng(picture: Picture): Promise<Uint8Array> {
  return new Uint8Array(await draw(picture).png().toBuffer());
}

/** A JPEG whose EXIF orientation tells viewers to turn the stored pixels; without one there is no EXIF block. */
export async function asJpeg(picture: Picture, orientation?: Orientation): Promise<Uint8Array> {
  // Full colour resolution: the usual half resolution of colours would blur the edges.
  const jpeg = { quality: 95, chromaSubsampling: "4:4:4" };
  if (orientation === undefined) return new Uint8Array(await draw(picture).jpeg(jpeg).toBuffer());
  const stored = draw(picture).rotate(STORED_TURN[orientation]).jpeg(jpeg).withMetadata({ orientation });
  return new Uint8Array(await stored.toBuffer());
}

/** Grey values of an encoded picture, one byte a pixel. */
export async function readGrey(png: Uint8Array) {
  const { data, info } = await sharp(png).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** Whole from the first to the last byte for whoever looks at signature, size and end, but nobody can decode it. */
export async function asUndecodable(encode: (picture: Picture) => Promise<Uint8Array>): Promise<Uint8Array> {
  const bytes = await encode(ONLY_BLUE);
  return bytes.fill(0x55, UNDECODABLE_FROM, bytes.length - 20);
}

/** Behind signature and size of a PNG, inside the first tables of a JPEG. */
const UNDECODABLE_FROM = 60;
