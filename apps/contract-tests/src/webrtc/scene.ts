import { join } from "node:path";
import {
  colourWorkflow,
  drawShapes,
  paintNumber,
  type RgbRawPixels,
  writeNumberedVideo,
} from "@inference-ts/testing";

/** Size of the pictures: every cell of the colour networks (64 x 64) is a whole number of pixels. */
const SCENE = { width: 256, height: 192 } as const;

const SQUARE = 48;
const PLACES = 13;
const STEP = 16;
/** A box may be this far off after the picture went through a codec, in pixels. */
const TOLERANCE = 8;

/** Where the red square of a picture is: its place tells the number, as far as 13 places can. */
const squareOf = (number: number) => ({ x: (number % PLACES) * STEP, y: 96, size: SQUARE });

/** A picture that shows its own number, and a red square whose place belongs to it. */
export function numberedPicture(number: number): RgbRawPixels {
  const { x, y, size } = squareOf(number);
  const shape = { kind: "rectangle", colour: "red", x, y, width: size, height: size } as const;
  const picture = drawShapes({ ...SCENE, background: "grey", shapes: [shape] });
  paintNumber(picture.data, picture.width, number);
  return picture;
}

/** The same pictures as a file. */
export async function writeNumberedFile(folder: string, frames: number): Promise<string> {
  const path = join(folder, `numbered-${frames}.mp4`);
  await writeNumberedVideo(path, { ...SCENE, frames, fps: 30, square: squareOf, codec: "libx264" });
  return path;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** Whether predictions (JSON of a worker) are those of the picture with this number: one red box at its place. */
export function belongsTo(predictions: unknown, number: number): boolean {
  const boxes = isRecord(predictions) ? predictions.predictions : undefined;
  if (!Array.isArray(boxes) || boxes.length !== 1) return false;
  const [box]: unknown[] = boxes;
  if (!isRecord(box) || box.class !== "red" || typeof box.x !== "number") return false;
  const { x, size } = squareOf(number);
  return Math.abs(box.x - (x + size / 2)) <= TOLERANCE;
}

/** Finds the red square and gives its boxes; `picture` is the frame as it came. */
export const detectColours = colourWorkflow({
  predictions: "$steps.model.predictions",
  picture: "$inputs.image",
});
