import sharp from "sharp";
import { PICTURE_BYTES } from "./workload.ts";

const WIDTH = 640;
const HEIGHT = 480;
const LONGEST_COMMENT = 65_533;
/** Marker and length of a comment segment. */
const COMMENT_HEAD_BYTES = 4;

/**
 * Makes a JPEG of exactly `PICTURE_BYTES` that any decoder reads: coloured noise, encoded with the best quality that stays below, filled up
 * with comments.
 */
export async function makePicture(): Promise<Buffer> {
  const noise = Buffer.alloc(WIDTH * HEIGHT * 3);
  let state = 1;
  for (let at = 0; at < noise.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    noise[at] = 96 + (state >>> 26);
  }
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
  for (let quality = 90; quality > 0; quality -= 3) {
    const jpeg = await sharp(noise, { raw }).jpeg({ quality }).toBuffer();
    if (jpeg.length <= PICTURE_BYTES - COMMENT_HEAD_BYTES) return withComments(jpeg, PICTURE_BYTES);
  }
  throw new Error(`No JPEG quality gives a picture below ${PICTURE_BYTES} bytes.`);
}

/** Brings a JPEG to `byteLength` with comment segments after its first marker (ISO/IEC 10918-1, B.2.4.5). */
function withComments(jpeg: Buffer, byteLength: number): Buffer {
  const pieces = [jpeg.subarray(0, 2)];
  let missing = byteLength - jpeg.length;
  while (missing > 0) {
    // What is left over must have room for a head of its own.
    const rest = missing - COMMENT_HEAD_BYTES - LONGEST_COMMENT;
    const take =
      rest <= 0 ? missing : rest < COMMENT_HEAD_BYTES ? missing - COMMENT_HEAD_BYTES : missing - rest;
    const segment = Buffer.alloc(take, 0x20);
    segment.writeUInt16BE(0xfffe, 0);
    segment.writeUInt16BE(take - 2, 2);
    pieces.push(segment);
    missing -= take;
  }
  return Buffer.concat([...pieces, jpeg.subarray(2)]);
}
