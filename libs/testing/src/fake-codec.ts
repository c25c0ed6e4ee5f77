import { EncodingError } from "@inference-ts/errors";
import type { EncodeOptions, ImageCodec, ImageSize, RawPixels } from "@inference-ts/images";

/** A codec for tests that need no picture library. */
export interface FakeCodec extends ImageCodec {
  /** What was asked for, in order, such as `resize 32x24 jpeg`. */
  readonly calls: readonly string[];
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Marks where the plain pixels begin: 8 bytes, then width, height and channels with 4 bytes each. */
const MAGIC = Uint8Array.from("fakepix!", (letter) => letter.charCodeAt(0));
const HEAD = MAGIC.length + 12;

const bigEndian = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, index) => (value >>> (8 * (bytes - 1 - index))) & 0xff);

function concat(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function pngChunk(name: string, data: ArrayLike<number>): Uint8Array {
  const letters = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
  return concat(bigEndian(data.length, 4), letters, data, [0, 0, 0, 0]);
}

/** Real file structure around plain pixels: headers can be read by anybody, the pixels only by this codec. */
const CONTAINERS: Readonly<
  Record<EncodeOptions["format"], (size: ImageSize, payload: Uint8Array) => Uint8Array>
> = {
  png: ({ width, height }, payload) =>
    concat(
      PNG_SIGNATURE,
      pngChunk("IHDR", [...bigEndian(width, 4), ...bigEndian(height, 4), 8, 2, 0, 0, 0]),
      pngChunk("IDAT", payload),
      pngChunk("IEND", []),
    ),
  jpeg: ({ width, height }, payload) =>
    concat(
      [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, ...bigEndian(height, 2), ...bigEndian(width, 2), 1, 1, 0x11, 0],
      [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
      payload,
      [0xff, 0xd9],
    ),
};

function findPayload(bytes: Uint8Array): number {
  for (let start = 0; start + HEAD <= bytes.length; start++) {
    if (MAGIC.every((value, index) => bytes[start + index] === value)) return start;
  }
  return -1;
}

function decode(bytes: Uint8Array): RawPixels {
  const start = findPayload(bytes);
  if (start < 0) {
    throw new EncodingError("The fake codec reads only pictures that it wrote itself.", {
      hint: "Use a real codec such as sharp for real pictures.",
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start + MAGIC.length, 12);
  const [width, height, count] = [view.getUint32(0), view.getUint32(4), view.getUint32(8)];
  const channels = count === 1 || count === 4 ? count : 3;
  const from = start + HEAD;
  return { width, height, channels, data: bytes.slice(from, from + width * height * channels) };
}

/** Nearest neighbour; exact sizes are all that tests ask for. */
function scaled(pixels: RawPixels, size: ImageSize): RawPixels {
  const { channels } = pixels;
  const data = new Uint8Array(size.width * size.height * channels);
  for (let y = 0; y < size.height; y++) {
    const row = Math.floor((y * pixels.height) / size.height);
    for (let x = 0; x < size.width; x++) {
      const from = (row * pixels.width + Math.floor((x * pixels.width) / size.width)) * channels;
      data.set(pixels.data.subarray(from, from + channels), (y * size.width + x) * channels);
    }
  }
  return { ...size, channels, data };
}

function write(source: RawPixels, options: EncodeOptions): Uint8Array {
  const pixels = options.size === undefined ? source : scaled(source, options.size);
  const head = [pixels.width, pixels.height, pixels.channels].flatMap((value) => bigEndian(value, 4));
  return CONTAINERS[options.format](pixels, concat(MAGIC, head, pixels.data));
}

/**
 * Makes a codec that keeps pixels as they are in files with a real header, so that sizes and formats are read as from real
 * pictures. It reads only what it wrote: anything else fails with an `EncodingError`.
 */
export function createFakeCodec(): FakeCodec {
  const calls: string[] = [];
  return {
    name: "fake",
    calls,
    async resize(bytes, size, options) {
      calls.push(`resize ${size.width}x${size.height} ${options.format}`);
      return write(decode(bytes), { ...options, size });
    },
    async encode(pixels, options) {
      calls.push(`encode ${pixels.width}x${pixels.height} ${options.format}`);
      return write(pixels, options);
    },
    async decode(bytes) {
      calls.push("decode");
      return decode(bytes);
    },
  };
}
