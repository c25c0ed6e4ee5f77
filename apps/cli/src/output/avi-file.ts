import { type FileHandle, open } from "node:fs/promises";

/** Size of everything before the first picture: headers, and the beginning of the list of pictures. */
const HEADER_BYTES = 224;
/** Where the list of pictures begins, counted from its name; the index counts from here. */
const MOVI_AT = HEADER_BYTES - 4;
/** Every picture can be shown without another one. */
const KEY_FRAME = 0x10;
const HAS_INDEX = 0x10;
/** The format has 32 bits for sizes, and many readers take the highest as a sign. */
export const MAX_AVI_BYTES = 2_000_000_000;
const DEFAULT_FPS = 30;

/** A video file that is written picture by picture. */
export interface AviFile {
  /** Bytes that the file would have now. */
  readonly bytes: number;
  /** @param timestampMs - Time of the picture in the video; the file plays at the average rate. */
  add(jpeg: Uint8Array, timestampMs: number | null): Promise<void>;
  /** Writes the index and the headers. A file that was not closed can be played by most programs, but not searched. */
  close(): Promise<void>;
}

/**
 * Writes JPEG pictures as a video: Motion JPEG in an AVI file, which needs no encoder and is played by common programs.
 *
 * Source: AVI RIFF File Reference, Microsoft.
 */
export async function createAvi(
  path: string,
  size: { readonly width: number; readonly height: number },
): Promise<AviFile> {
  const file = await open(path, "w");
  const lengths: number[] = [];
  let end = HEADER_BYTES;
  let largest = 0;
  let firstMs: number | null = null;
  let lastMs: number | null = null;
  const header = (): Buffer => {
    const span = firstMs === null || lastMs === null ? 0 : lastMs - firstMs;
    const fps = span > 0 ? ((lengths.length - 1) * 1000) / span : DEFAULT_FPS;
    return headerOf({ ...size, fps, frames: lengths.length, moviBytes: end - MOVI_AT, largest });
  };
  await file.write(header(), 0, HEADER_BYTES, 0);
  return {
    get bytes() {
      return end + 8 + lengths.length * 16;
    },
    async add(jpeg, timestampMs) {
      const chunk = chunkOf("00dc", jpeg);
      await writeAll(file, chunk, end);
      end += chunk.length;
      lengths.push(jpeg.length);
      largest = Math.max(largest, jpeg.length);
      firstMs ??= timestampMs;
      lastMs = timestampMs ?? lastMs;
    },
    async close() {
      try {
        const index = chunkOf("idx1", indexOf(lengths));
        await writeAll(file, index, end);
        await writeAll(file, header(), 0);
        await writeAll(file, uint32(end + index.length - 8), 4);
      } finally {
        await file.close();
      }
    },
  };
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** A name, a length, and data up to an even number of bytes. */
function chunkOf(name: string, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(name), uint32(data.length), data, Buffer.alloc(data.length % 2)]);
}

function indexOf(lengths: readonly number[]): Buffer {
  const index = Buffer.alloc(lengths.length * 16);
  let offset = 4;
  for (const [at, length] of lengths.entries()) {
    index.write("00dc", at * 16);
    index.writeUInt32LE(KEY_FRAME, at * 16 + 4);
    index.writeUInt32LE(offset, at * 16 + 8);
    index.writeUInt32LE(length, at * 16 + 12);
    offset += 8 + length + (length % 2);
  }
  return index;
}

interface VideoFacts {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
  readonly moviBytes: number;
  readonly largest: number;
}

/** Numbers of 32 bits, one after the other. */
function numbers(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => uint32(Math.max(0, Math.round(value)))));
}

function headerOf({ width, height, fps, frames, moviBytes, largest }: VideoFacts): Buffer {
  const main = numbers(
    1e6 / fps,
    largest * fps,
    0,
    HAS_INDEX,
    frames,
    0,
    1,
    largest + 8,
    width,
    height,
    0,
    0,
    0,
    0,
  );
  const stream = Buffer.concat([
    Buffer.from("vidsMJPG"),
    // Flags, priority and language, initial frames, scale, rate, start, length, buffer, quality (unknown), sample size.
    numbers(0, 0, 0, 1000, fps * 1000, 0, frames, largest + 8, 0xff_ff_ff_ff, 0),
    // The part of the picture that is shown: four numbers of 16 bits.
    numbers(0, width + height * 0x1_00_00),
  ]);
  const format = Buffer.concat([
    numbers(40, width, height, 1 + 24 * 0x1_00_00),
    Buffer.from("MJPG"),
    numbers(width * height * 3, 0, 0, 0, 0),
  ]);
  const streamList = Buffer.concat([Buffer.from("strl"), chunkOf("strh", stream), chunkOf("strf", format)]);
  const headers = Buffer.concat([Buffer.from("hdrl"), chunkOf("avih", main), chunkOf("LIST", streamList)]);
  return Buffer.concat([
    Buffer.from("RIFF"),
    uint32(HEADER_BYTES - 8 - 4 + moviBytes),
    Buffer.from("AVI "),
    chunkOf("LIST", headers),
    Buffer.from("LIST"),
    uint32(moviBytes),
    Buffer.from("movi"),
  ]);
}
