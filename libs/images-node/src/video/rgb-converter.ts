import { EncodingError, type InferenceError } from "@inference-ts/errors";
import type { RawPixels } from "@inference-ts/images";
import type { AVPixelFormat } from "node-av/constants";
import type { Frame, SoftwareScaleContext } from "node-av/lib";
import type { NodeAv } from "./load-node-av.ts";

const CHANNELS = 3;
/** Rows of FFmpeg's vector code end on this many pixels; a row that does not gets room for the rest. */
const ROW_PIXELS = 64;
/** Room behind the last row, into which vector code may write. */
const TAIL_BYTES = 64;

/** RGB pixels of their own memory. */
export interface RgbPixels extends RawPixels {
  readonly data: Uint8Array;
  readonly channels: 3;
}

/** How colours are spread over the pixels that share them; bilinear is faster. */
export type ColourSpread = "bicubic" | "bilinear";

/** Turns decoded pictures into packed RGB; made anew for another size or pixel format, which a stream or track may change to. */
export class RgbConverter {
  readonly #av: NodeAv;
  readonly #spread: ColourSpread;
  #scaler: SoftwareScaleContext | undefined;
  #shape = "";

  constructor(av: NodeAv, spread: ColourSpread = "bicubic") {
    this.#av = av;
    this.#spread = spread;
  }

  /** The frame must not be freed before this has settled, nor a second call be made. */
  async convert(frame: Frame): Promise<RgbPixels> {
    const { width, height, format, data: planes, linesize } = frame;
    if (planes === null || !isPixelFormat(format, frame)) throw failed("it has no pixels in memory");
    const rowBytes = width * CHANNELS;
    const stride = Math.ceil(width / ROW_PIXELS) * ROW_PIXELS * CHANNELS;
    const target = Buffer.allocUnsafeSlow(stride * height + TAIL_BYTES);
    const code = await this.#scalerFor(width, height, format).scale(
      planes,
      linesize.slice(0, planes.length),
      0,
      height,
      [target],
      [stride],
    );
    letGo(planes);
    if (code < 0) throw failed(this.#av.lib.FFmpegError.strerror(code));
    if (stride !== rowBytes) {
      for (let row = 1; row < height; row++) {
        target.copyWithin(row * rowBytes, row * stride, row * stride + rowBytes);
      }
    }
    const data = new Uint8Array(target.buffer, target.byteOffset, rowBytes * height);
    return { width, height, channels: CHANNELS, data };
  }

  close(): void {
    this.#scaler?.freeContext();
    this.#scaler = undefined;
    this.#shape = "";
  }

  #scalerFor(width: number, height: number, format: AVPixelFormat): SoftwareScaleContext {
    const shape = `${width}x${height}:${format}`;
    if (this.#scaler !== undefined && this.#shape === shape) return this.#scaler;
    this.close();
    const { lib, constants } = this.#av;
    const scaler = new lib.SoftwareScaleContext();
    scaler.getContext(
      width,
      height,
      format,
      width,
      height,
      constants.AV_PIX_FMT_RGB24,
      this.#spread === "bicubic" ? constants.SWS_BICUBIC : constants.SWS_BILINEAR,
    );
    this.#scaler = scaler;
    this.#shape = shape;
    return scaler;
  }
}

/**
 * The planes lie in the decoder's memory, yet count as memory of JavaScript until they are collected, which makes collections half as
 * frequent again. Without their buffers they count no more; the memory itself is the frame's.
 */
function letGo(planes: readonly Buffer[]): void {
  for (const { buffer } of planes) if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}

function isPixelFormat(format: Frame["format"], frame: Frame): format is AVPixelFormat {
  return frame.isVideo() && format >= 0;
}

function failed(why: string): InferenceError {
  return new EncodingError(`A picture of the video could not be turned into RGB: ${why}.`);
}
