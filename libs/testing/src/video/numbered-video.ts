import { extname } from "node:path";
import { loadNodeAv } from "@inference-ts/images-node";
import type { CodecContext, FormatContext } from "node-av/lib";

/** Bits of a painted number: videos of up to 65,536 pictures. */
const BITS = 16;
const BRIGHT = 235;
const DARK = 16;
const GREY = 128;
/** Above this a painted block is bright, after any codec. */
const MIDDLE = 128;

/** A square in whole, even pixels, from its top left corner. */
export interface PaintedSquare {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Red as a video stores it. */
const RED = { luma: 81, blue: 90, red: 240 } as const;

/** What {@link writeNumberedVideo} writes. */
export interface NumberedVideoOptions {
  /** Even; at least 16 pixels. */
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Pictures a second. Default 30. */
  readonly fps?: number;
  /** Encoder. Default: a small one; x264 makes what cameras and phones make. */
  readonly codec?: "mpeg4" | "libx264";
  /** Noise under the numbers, so that pictures are as hard to decode as filmed ones. Default false. */
  readonly isBusy?: boolean;
  /** A red square under the numbers whose place depends on the number, so that a detector's result tells which picture it belongs to. */
  readonly square?: (number: number) => PaintedSquare;
  /** Display matrix that is written beside the pictures, nine numbers. */
  readonly displayMatrix?: readonly number[];
}

/** Writes a video whose every picture shows its own number as a row of bright and dark blocks at the top. Needs node-av. */
export async function writeNumberedVideo(path: string, options: NumberedVideoOptions): Promise<void> {
  const { width, height, frames, fps = 30, codec = "mpeg4" } = options;
  const { lib, constants } = await loadNodeAv("writing videos");
  const check = (code: number): number => {
    lib.FFmpegError.throwIfError(code, `writing ${extname(path)} video`);
    return code;
  };
  const encoder = new lib.CodecContext();
  const file = new lib.FormatContext();
  const packet = new lib.Packet();
  packet.alloc();
  try {
    check(file.allocOutputContext2(null, null, path));
    const found = lib.Codec.findEncoderByName(
      codec === "mpeg4" ? constants.FF_ENCODER_MPEG4 : constants.FF_ENCODER_LIBX264,
    );
    encoder.allocContext3(found);
    encoder.width = width;
    encoder.height = height;
    encoder.pixelFormat = constants.AV_PIX_FMT_YUV420P;
    encoder.timeBase = new lib.Rational(1, fps);
    encoder.framerate = new lib.Rational(fps, 1);
    encoder.gopSize = fps;
    encoder.bitRate = BigInt(width * height * 4);
    encoder.setFlags(constants.AV_CODEC_FLAG_GLOBAL_HEADER);
    const speed = codec === "libx264" ? lib.Dictionary.fromObject({ preset: "veryfast" }) : null;
    check(await encoder.open2(found, speed));
    const stream = file.newStream();
    stream.timeBase = encoder.timeBase;
    stream.avgFrameRate = encoder.framerate;
    check(stream.codecpar.fromContext(encoder));
    if (options.displayMatrix !== undefined) {
      const matrix = Buffer.from(Int32Array.from(options.displayMatrix).buffer);
      check(stream.codecpar.addCodedSideData(constants.AV_PKT_DATA_DISPLAYMATRIX, matrix));
    }
    check(await file.openOutput());
    check(await file.writeHeader());
    const writePackets = async (): Promise<void> => {
      while ((await encoder.receivePacket(packet)) >= 0) {
        packet.streamIndex = 0;
        packet.rescaleTs(encoder.timeBase, stream.timeBase);
        check(await file.interleavedWriteFrame(packet));
      }
    };
    const planes = Buffer.alloc((width * height * 3) / 2, GREY);
    for (let number = 0; number < frames; number++) {
      paint(planes, number, options);
      const props = {
        width,
        height,
        format: constants.AV_PIX_FMT_YUV420P,
        pts: BigInt(number),
        timeBase: encoder.timeBase,
      };
      const frame = lib.Frame.fromVideoBuffer(planes, props);
      check(await encoder.sendFrame(frame));
      frame.free();
      await writePackets();
    }
    check(await encoder.sendFrame(null));
    await writePackets();
    check(await file.writeTrailer());
  } finally {
    await close(encoder, file);
    packet.free();
  }
}

/** Number that is painted in a picture of RGB pixels. */
export function readPaintedNumber(data: ArrayLike<number>, width: number): number {
  const side = Math.floor(width / BITS);
  const row = Math.floor(side / 2) * width;
  let number = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const middle = (row + bit * side + Math.floor(side / 2)) * 3;
    if ((data[middle] ?? 0) > MIDDLE) number |= 1 << bit;
  }
  return number;
}

/** Paints a number into the top of a picture of RGB pixels, where {@link readPaintedNumber} finds it. */
export function paintNumber(data: Uint8Array, width: number, number: number): void {
  const side = Math.floor(width / BITS);
  for (let bit = 0; bit < BITS; bit++) {
    const shade = (number >> bit) & 1 ? BRIGHT : DARK;
    for (let y = 0; y < side; y++) {
      const start = y * width + bit * side;
      data.fill(shade, start * 3, (start + side) * 3);
    }
  }
}

function paintSquare(planes: Buffer, { x, y, size }: PaintedSquare, width: number, height: number): void {
  for (let row = y; row < y + size; row++) {
    planes.fill(RED.luma, row * width + x, row * width + x + size);
  }
  const half = width / 2;
  for (const [plane, value] of [RED.blue, RED.red].entries()) {
    const start = width * height + (plane * width * height) / 4;
    for (let row = y / 2; row < (y + size) / 2; row++) {
      planes.fill(value, start + row * half + x / 2, start + row * half + (x + size) / 2);
    }
  }
}

function paint(
  planes: Buffer,
  number: number,
  { width, height, isBusy, square }: NumberedVideoOptions,
): void {
  const luma = planes;
  if (square !== undefined) {
    planes.fill(GREY);
    paintSquare(planes, square(number), width, height);
  }
  if (isBusy) {
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        luma[at] = DARK + ((x + y * 2 + number * 3) & 127) + ((x * y + number * 7) & 15);
      }
    }
  }
  const side = Math.floor(width / BITS);
  for (let bit = 0; bit < BITS; bit++) {
    const shade = (number >> bit) & 1 ? BRIGHT : DARK;
    for (let y = 0; y < side; y++) luma.fill(shade, y * width + bit * side, y * width + (bit + 1) * side);
  }
}

async function close(encoder: CodecContext, file: FormatContext): Promise<void> {
  encoder.freeContext();
  await file.closeOutput();
  file.freeContext();
}
