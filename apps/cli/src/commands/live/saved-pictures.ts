import { dirname, join } from "node:path";
import { drawOnImage, InvalidParameterError } from "@inference-ts/sdk/node";
import type { FrameImage, LiveFrame } from "@inference-ts/sdk/webrtc/node";
import sharp from "sharp";
import { type AviFile, createAvi, MAX_AVI_BYTES } from "../../output/avi-file.ts";
import { assertFilePlace, makeOutputFolder, writeResultFile } from "../../output/output-place.ts";
import { type LineSettings, modelResult, timeOf } from "./live-line.ts";

const QUALITY = 90;
const DIGITS = 6;
const AVI = /\.avi$/i;
const OTHER_VIDEO = /\.(?:mp4|m4v|mov|mkv|webm|mpe?g|ts|wmv|flv|gif)$/i;

/** Writes the pictures of a session, with the results of a model drawn on them. */
export interface SavedPictures {
  readonly count: number;
  save(frame: LiveFrame): Promise<void>;
  /** Completes the file. */
  close(): Promise<void>;
}

/** Where drawn pictures go. */
interface PictureWriter {
  write(jpeg: Uint8Array, frame: LiveFrame): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens what `--save` names: a video file when it ends with `.avi`, else a folder.
 *
 * @throws InvalidParameterError when it cannot be made, or has the name of another kind of video.
 */
export async function savePictures(target: string, settings: LineSettings): Promise<SavedPictures> {
  if (OTHER_VIDEO.test(target)) {
    throw new InvalidParameterError(
      `--save writes an .avi file, or JPEGs into a folder; ${target} is neither.`,
    );
  }
  const isVideo = AVI.test(target);
  if (isVideo) await assertFilePlace(target);
  await makeOutputFolder(isVideo ? dirname(target) : target);
  const writer = isVideo ? videoWriter(target) : folderWriter(target);
  let count = 0;
  return {
    get count() {
      return count;
    },
    async save(frame) {
      const result = modelResult(frame.data, settings);
      const picture = await toJpeg(frame.image);
      const drawn =
        result === undefined
          ? picture
          : await drawOnImage(picture, result, { format: "jpeg", quality: QUALITY });
      await writer.write(drawn, frame);
      count += 1;
    },
    close: () => writer.close(),
  };
}

/** The name of a picture has the number of its line, or where no result belongs to it the number of the picture. */
function folderWriter(folder: string): PictureWriter {
  return {
    async write(jpeg, { metadata, index }) {
      const number = String(metadata === null ? index : metadata.frameId - 1).padStart(DIGITS, "0");
      await writeResultFile(join(folder, `${metadata === null ? "unpaired" : "frame"}-${number}.jpg`), jpeg);
    },
    close: () => Promise.resolve(),
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Another file is begun where one would become too long: `name-2.avi`, ... All pictures have the size of the first one. */
function videoWriter(path: string): PictureWriter {
  let file: AviFile | undefined;
  let files = 0;
  let size: Size | undefined;
  return {
    async write(picture, { metadata, timestampMs }) {
      const own = await sharp(picture).metadata();
      size ??= { width: own.width, height: own.height };
      const isFit = own.width === size.width && own.height === size.height;
      const jpeg = isFit ? picture : await fitted(picture, size);
      if (file !== undefined && file.bytes + jpeg.length > MAX_AVI_BYTES) {
        await file.close();
        file = undefined;
      }
      if (file === undefined) {
        files += 1;
        file = await createAvi(files === 1 ? path : path.replace(AVI, `-${files}$&`), size);
      }
      await file.add(jpeg, timeOf(metadata) ?? timestampMs);
    },
    async close() {
      await file?.close();
    },
  };
}

/** The headers of a video tell one size, and players show pictures of another one as noise or not at all. */
function fitted(picture: Uint8Array, { width, height }: Size): Promise<Uint8Array> {
  return sharp(picture)
    .resize({ width, height, fit: "contain", background: "#000000" })
    .jpeg({ quality: QUALITY })
    .toBuffer();
}

async function toJpeg(image: FrameImage): Promise<Uint8Array> {
  if (image.kind === "encoded") return image.data;
  if (image.kind === "native") throw new TypeError("A picture of a browser came to Node.");
  const { data, width, height, channels } = image;
  return sharp(data, { raw: { width, height, channels } }).jpeg({ quality: QUALITY }).toBuffer();
}
