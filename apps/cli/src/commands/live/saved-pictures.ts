import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawOnImage, InvalidParameterError } from "@inference-ts/sdk/node";
import type { FrameImage, LiveFrame } from "@inference-ts/sdk/webrtc/node";
import sharp from "sharp";
import { type LineSettings, modelResult } from "./live-line.ts";

const QUALITY = 90;
const DIGITS = 6;

/** Writes the pictures of a session as `frame-000000.jpg`, ... into a folder. */
export interface SavedPictures {
  readonly count: number;
  save(frame: LiveFrame): Promise<void>;
}

/**
 * Makes the folder. The name of a picture has the number of its line, or where no result belongs to it the number of the picture.
 *
 * @throws InvalidParameterError when the folder cannot be made.
 */
export async function savePictures(folder: string, settings: LineSettings): Promise<SavedPictures> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidParameterError(`The folder ${folder} cannot be made: ${reason}.`, { cause });
  });
  let count = 0;
  return {
    get count() {
      return count;
    },
    async save({ image, data, metadata, index }) {
      const number = String(metadata === null ? index : metadata.frameId - 1).padStart(DIGITS, "0");
      const name = `${metadata === null ? "unpaired" : "frame"}-${number}.jpg`;
      const result = modelResult(data, settings);
      const picture = await toJpeg(image);
      const drawn =
        result === undefined
          ? picture
          : await drawOnImage(picture, result, { format: "jpeg", quality: QUALITY });
      await writeFile(join(folder, name), drawn);
      count += 1;
    },
  };
}

async function toJpeg(image: FrameImage): Promise<Uint8Array> {
  if (image.kind === "encoded") return image.data;
  if (image.kind === "native") throw new TypeError("A picture of a browser came to Node.");
  const { data, width, height, channels } = image;
  return sharp(data, { raw: { width, height, channels } }).jpeg({ quality: QUALITY }).toBuffer();
}
