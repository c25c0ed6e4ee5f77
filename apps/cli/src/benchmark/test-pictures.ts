import { type ImageSource, InvalidParameterError, nodeImageRuntime } from "@inference-ts/sdk/node";
import { drawShapes, encodeShapes } from "@inference-ts/sdk/testing";
import { KeptPicture } from "../inputs/kept-picture.ts";

/** Pictures are held in memory, so that a benchmark measures the server and not the disk. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Reads every picture once.
 *
 * @throws InvalidParameterError when they are larger than 512 MB together.
 */
export async function readPictures(
  sources: Iterable<ImageSource>,
  signal: AbortSignal,
): Promise<Uint8Array[]> {
  const runtime = nodeImageRuntime();
  const pictures: Uint8Array[] = [];
  let bytes = 0;
  for (const source of sources) {
    const picture = await new KeptPicture(source, runtime, signal).bytes();
    bytes += picture.byteLength;
    if (bytes > MAX_BYTES) {
      throw new InvalidParameterError(
        `The first ${pictures.length + 1} pictures are larger than ${MAX_BYTES / 1024 / 1024} MB together; a benchmark holds all of them in ` +
          "memory. Give fewer pictures: they are sent in turn.",
      );
    }
    pictures.push(picture);
  }
  return pictures;
}

/** A JPEG of 640 x 480 with a red, a green and a blue shape, for benchmarks without a picture. */
export async function generatedPicture(): Promise<Uint8Array> {
  const picture = drawShapes({
    width: 640,
    height: 480,
    shapes: [
      { kind: "rectangle", colour: "red", x: 40, y: 60, width: 200, height: 240 },
      { kind: "ellipse", colour: "blue", x: 360, y: 240, width: 240, height: 180 },
      { kind: "rectangle", colour: "green", x: 320, y: 20, width: 200, height: 100 },
    ],
  });
  return encodeShapes(picture, { format: "jpeg" });
}
