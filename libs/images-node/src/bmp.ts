import { EncodingError, ImageTooLargeError } from "@inference-ts/errors";
import type { RawPixels } from "@inference-ts/images";

const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;

/**
 * Decodes uncompressed BMP (8 bits with a palette, 24 and 32 bits), which sharp cannot read. Rows run upwards, are padded to four
 * bytes and hold blue before red; a negative height means rows downwards.
 *
 * @throws EncodingError for compressed, other or damaged forms; ImageTooLargeError over `maxPixels`.
 */
export function decodeBmp(bytes: Uint8Array, maxPixels: number): RawPixels {
  if (bytes.length < 54) throw damaged();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint32(10, true);
  const headerLength = view.getUint32(14, true);
  const width = view.getInt32(18, true);
  const rows = view.getInt32(22, true);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const isPlain = compression === UNCOMPRESSED || (compression === BIT_FIELDS && bits === 32);
  if (headerLength < 40 || !isPlain || ![8, 24, 32].includes(bits)) {
    throw new EncodingError(
      `BMP with ${bits} bits a pixel and compression ${compression} is not supported.`,
      {
        hint: "Convert it to PNG or JPEG.",
      },
    );
  }
  const height = Math.abs(rows);
  if (width * height > maxPixels) throw new ImageTooLargeError("The picture has more pixels than the limit.");
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (width < 1 || height < 1 || start + stride * height > bytes.length) throw damaged();
  const palette = 14 + headerLength;
  const step = bits / 8;
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = start + stride * (rows < 0 ? y : height - 1 - y);
    for (let x = 0; x < width; x++) {
      const from = bits === 8 ? palette + 4 * (bytes[row + x] ?? 0) : row + x * step;
      data[to] = bytes[from + 2] ?? 0;
      data[to + 1] = bytes[from + 1] ?? 0;
      data[to + 2] = bytes[from] ?? 0;
      to += 3;
    }
  }
  return { data, width, height, channels: 3 };
}

function damaged(): EncodingError {
  return new EncodingError("The BMP is damaged: it is shorter than its header says.");
}
