import { EncodingError, InvalidParameterError } from "@inference-ts/errors";
import type { FramePixels } from "@inference-ts/webrtc";
import type { AVPixelFormat } from "node-av/constants";
import type { CodecContext, Packet, SoftwareScaleContext } from "node-av/lib";
import {
  bitRateFor,
  ENCODER_SETTINGS,
  type EncoderSettings,
  KEY_FRAME_INTERVAL,
  MAX_KEY_FRAME_BYTES,
} from "./encoder-settings.ts";
import type { NodeAv } from "./load-node-av.ts";
import { PromiseChain } from "./promise-chain.ts";
import type { VideoCodec } from "./video-codec.ts";

/** Largest side of a picture that both codecs take. */
const MAX_SIDE = 16_383;
/** Frames a second that the rate control counts on. */
const NOMINAL_FPS = 30;
/** Room behind the last row, into which vector code may write. */
const TAIL_BYTES = 64;

/** A frame as it goes into packets. */
export interface EncodedFrame {
  readonly data: Buffer;
  readonly isKey: boolean;
}

/** An encoder for pictures of one size. */
interface OpenEncoder {
  readonly shape: string;
  readonly width: number;
  readonly height: number;
  readonly context: CodecContext;
  readonly packet: Packet;
  readonly scaler: SoftwareScaleContext;
  readonly planes: Buffer;
}

/**
 * Refuses pixels that do not fill their picture.
 *
 * @throws InvalidParameterError
 */
export function checkPixels({ data, width, height, channels }: FramePixels): void {
  for (const [name, side] of Object.entries({ width, height })) {
    if (!Number.isSafeInteger(side) || side < 2 || side > MAX_SIDE) {
      throw new InvalidParameterError(`A frame's ${name} is ${side}; give 2 to ${MAX_SIDE} pixels.`);
    }
  }
  if (![1, 3, 4].includes(channels)) {
    throw new InvalidParameterError(`A frame has ${channels} channels; give 1 (grey), 3 (RGB) or 4 (RGBA).`);
  }
  const expected = width * height * channels;
  if (!(data instanceof Uint8Array) || data.length !== expected) {
    const given = data instanceof Uint8Array ? `${data.length} bytes` : typeof data;
    throw new InvalidParameterError(
      `A frame of ${width} x ${height} pixels and ${channels} channels holds ${expected} bytes; ${given} were given.`,
    );
  }
}

/** Encodes pictures one after another, for a peer that sees each at once. A picture of another size starts the video anew. */
export class FrameEncoder {
  readonly #av: NodeAv;
  readonly #settings: EncoderSettings;
  readonly #chain = new PromiseChain();
  #open: OpenEncoder | undefined;
  #isClosed = false;

  constructor(av: NodeAv, codec: VideoCodec) {
    this.#av = av;
    this.#settings = ENCODER_SETTINGS[codec];
  }

  /**
   * Encodes a picture; its pixels must not change before this has settled.
   *
   * @returns undefined after `close`.
   * @throws InvalidParameterError for pixels that do not fill their picture, EncodingError when the encoder fails.
   */
  async encode(pixels: FramePixels, ticks: number, forceKey: boolean): Promise<EncodedFrame | undefined> {
    checkPixels(pixels);
    return this.#chain.run(async () => {
      if (this.#isClosed) return undefined;
      const open = await this.#openFor(pixels);
      await this.#convert(open, pixels);
      return this.#send(open, ticks, forceKey);
    });
  }

  /** Encodes the last picture again, with another time; undefined when there is none. */
  encodeAgain(ticks: number): Promise<EncodedFrame | undefined> {
    return this.#chain.run(() => {
      if (this.#isClosed || this.#open === undefined) return undefined;
      return this.#send(this.#open, ticks, false);
    });
  }

  /** Frees everything, after the picture that is being encoded. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#chain.run(() => this.#free());
  }

  async #openFor({ width, height, channels }: FramePixels): Promise<OpenEncoder> {
    const shape = `${width}x${height}x${channels}`;
    if (this.#open?.shape === shape) return this.#open;
    this.#free();
    const even = (side: number) => (this.#settings.needsEvenSize ? side & ~1 : side);
    const size = { width: even(width), height: even(height) };
    const { lib, constants } = this.#av;
    const scaler = new lib.SoftwareScaleContext();
    const target = constants.AV_PIX_FMT_YUV420P;
    scaler.getContext(
      size.width,
      size.height,
      this.#formatOf(channels),
      size.width,
      size.height,
      target,
      constants.SWS_BILINEAR,
    );
    const packet = new lib.Packet();
    packet.alloc();
    const context = new lib.CodecContext();
    const chroma = Math.ceil(size.width / 2) * Math.ceil(size.height / 2);
    const planes = Buffer.alloc(size.width * size.height + 2 * chroma + TAIL_BYTES);
    this.#open = { shape, ...size, context, packet, scaler, planes };
    try {
      await this.#start(context, size);
    } catch (error) {
      this.#free();
      throw error;
    }
    return this.#open;
  }

  async #start(context: CodecContext, { width, height }: { width: number; height: number }): Promise<void> {
    const { lib, constants } = this.#av;
    const { encoder, options } = this.#settings;
    const codec = lib.Codec.findEncoderByName(
      encoder === "libvpx" ? constants.FF_ENCODER_LIBVPX_VP8 : constants.FF_ENCODER_LIBX264,
    );
    if (codec === null) throw new EncodingError(`This build of node-av has no encoder ${encoder}.`);
    const bitRate = bitRateFor(width, height);
    context.allocContext3(codec);
    context.width = width;
    context.height = height;
    context.pixelFormat = constants.AV_PIX_FMT_YUV420P;
    context.timeBase = new lib.Rational(1, 90_000);
    context.framerate = new lib.Rational(NOMINAL_FPS, 1);
    context.bitRate = BigInt(bitRate);
    context.rcMaxRate = BigInt(bitRate);
    context.rcBufferSize = MAX_KEY_FRAME_BYTES * 8;
    context.gopSize = KEY_FRAME_INTERVAL;
    context.maxBFrames = 0;
    context.threadCount = 1;
    // The synchronous call frees the dictionary twice; a wrong option name would be left in it without a word.
    const dictionary = lib.Dictionary.fromObject({ ...options(bitRate, NOMINAL_FPS) });
    try {
      this.#check(await context.open2(codec, dictionary));
    } finally {
      dictionary.free();
    }
  }

  async #convert({ scaler, planes, width, height }: OpenEncoder, pixels: FramePixels): Promise<void> {
    const luma = width * height;
    const chromaStride = Math.ceil(width / 2);
    const chroma = chromaStride * Math.ceil(height / 2);
    const source = Buffer.from(pixels.data.buffer, pixels.data.byteOffset, pixels.data.byteLength);
    const target = [planes, planes.subarray(luma), planes.subarray(luma + chroma)];
    const strides = [width, chromaStride, chromaStride];
    this.#check(await scaler.scale([source], [pixels.width * pixels.channels], 0, height, target, strides));
  }

  async #send(open: OpenEncoder, ticks: number, forceKey: boolean): Promise<EncodedFrame> {
    const { lib, constants } = this.#av;
    const { context, packet, planes, width, height } = open;
    const frame = lib.Frame.fromVideoBuffer(planes.subarray(0, planes.length - TAIL_BYTES), {
      width,
      height,
      format: constants.AV_PIX_FMT_YUV420P,
      pts: BigInt(ticks),
      timeBase: context.timeBase,
    });
    try {
      if (forceKey) frame.pictType = constants.AV_PICTURE_TYPE_I;
      this.#check(await context.sendFrame(frame));
      this.#check(await context.receivePacket(packet));
      const { data, isKeyframe } = packet;
      if (data === null) throw new EncodingError("A frame of the live video was encoded to nothing.");
      return { data: Buffer.from(data), isKey: isKeyframe };
    } finally {
      packet.unref();
      frame.free();
    }
  }

  #formatOf(channels: FramePixels["channels"]): AVPixelFormat {
    const { AV_PIX_FMT_GRAY8, AV_PIX_FMT_RGB24, AV_PIX_FMT_RGBA } = this.#av.constants;
    return { 1: AV_PIX_FMT_GRAY8, 3: AV_PIX_FMT_RGB24, 4: AV_PIX_FMT_RGBA }[channels];
  }

  #check(code: number): void {
    if (code >= 0) return;
    throw new EncodingError(
      `A frame of the live video could not be encoded: ${this.#av.lib.FFmpegError.strerror(code)}.`,
    );
  }

  #free(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    open.context.freeContext();
    open.packet.free();
    open.scaler.freeContext();
  }
}
