import { ClosedError, EncodingError } from "@inference-ts/errors";
import { RgbConverter } from "@inference-ts/images-node";
import type { FrameImage, IncomingPicture } from "@inference-ts/webrtc";
import type { CodecContext, Frame, Packet } from "node-av/lib";
import type { EncodedPicture } from "../rtp/frame-assembler.ts";
import type { NodeAv } from "./load-node-av.ts";
import { PromiseChain } from "./promise-chain.ts";
import type { VideoCodec } from "./video-codec.ts";

/**
 * Decodes frames one after another. Pixels are made for those pictures alone that are taken; pictures that wait to be taken stay
 * valid after `close`.
 */
export class FrameDecoder {
  readonly #av: NodeAv;
  readonly #codec: VideoCodec;
  readonly #decoding = new PromiseChain();
  readonly #converting = new PromiseChain();
  readonly #converter: RgbConverter;
  #context: CodecContext | undefined;
  #packet: Packet | undefined;
  #waiting = 0;
  #needsKeyFrame = true;
  #isClosed = false;

  constructor(av: NodeAv, codec: VideoCodec) {
    this.#av = av;
    this.#codec = codec;
    this.#converter = new RgbConverter(av, "bilinear");
  }

  /**
   * Decodes one whole frame into no, one or more pictures; each must be taken or dropped.
   *
   * @throws EncodingError for a frame that cannot be decoded; those after it come to nothing up to the next key frame.
   */
  decode({ data, ticks, isKey }: EncodedPicture): Promise<IncomingPicture[]> {
    return this.#decoding.run(async () => {
      if (this.#isClosed || (this.#needsKeyFrame && !isKey)) return [];
      this.#needsKeyFrame = true;
      const context = this.#context ?? (await this.#open());
      const packet = this.#packet;
      if (packet === undefined) return [];
      packet.data = data;
      packet.pts = BigInt(ticks);
      packet.dts = BigInt(ticks);
      const sent = await context.sendPacket(packet);
      packet.unref();
      if (sent < 0) throw this.#failed(sent);
      const pictures = await this.#receive(context);
      this.#needsKeyFrame = false;
      return pictures;
    });
  }

  /** Frees the decoder, after the frame that is being decoded. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#decoding.run(() => {
      this.#context?.freeContext();
      this.#context = undefined;
      this.#packet?.free();
      this.#packet = undefined;
    });
    await this.#converting.run(() => this.#freeConverter());
  }

  async #open(): Promise<CodecContext> {
    const { lib, constants } = this.#av;
    const codec = lib.Codec.findDecoder(
      this.#codec === "VP8" ? constants.AV_CODEC_ID_VP8 : constants.AV_CODEC_ID_H264,
    );
    if (codec === null) throw new EncodingError(`This build of node-av has no decoder for ${this.#codec}.`);
    const context = new lib.CodecContext();
    context.allocContext3(codec);
    context.pktTimebase = new lib.Rational(1, 90_000);
    // Threads that take a frame each would hold pictures back.
    context.threadCount = 1;
    context.setFlags(constants.AV_CODEC_FLAG_LOW_DELAY);
    const code = await context.open2(codec);
    if (code < 0) {
      context.freeContext();
      throw this.#failed(code);
    }
    // Kept only when it can decode: the next key frame tries again, and is not taken for one without pictures.
    this.#context = context;
    this.#packet = new lib.Packet();
    this.#packet.alloc();
    return context;
  }

  async #receive(context: CodecContext): Promise<IncomingPicture[]> {
    const pictures: IncomingPicture[] = [];
    for (;;) {
      const frame = new this.#av.lib.Frame();
      frame.alloc();
      const code = await context.receiveFrame(frame);
      if (code >= 0 && frame.decodeErrorFlags === 0) {
        pictures.push(this.#picture(frame));
        continue;
      }
      frame.free();
      if (code === this.#av.lib.FFmpegError.AVERROR(this.#av.lib.PosixError.EAGAIN)) return pictures;
      for (const picture of pictures) picture.drop();
      throw this.#failed(code);
    }
  }

  #picture(frame: Frame): IncomingPicture {
    let isOver = false;
    this.#waiting++;
    const end = (): void => {
      frame.free();
      this.#waiting--;
      this.#freeConverter();
    };
    return {
      ticks: Number(frame.pts),
      take: async (): Promise<FrameImage> => {
        if (isOver)
          throw new ClosedError("This picture was taken or dropped before; each is given out once.");
        isOver = true;
        return this.#converting.run(async () => {
          try {
            return { kind: "pixels", ...(await this.#converter.convert(frame)) };
          } finally {
            end();
          }
        });
      },
      drop: () => {
        if (isOver) return;
        isOver = true;
        // Behind a conversion that runs, since both change the count of those that wait.
        this.#converting.run(end).catch(() => undefined);
      },
    };
  }

  #freeConverter(): void {
    if (this.#isClosed && this.#waiting === 0) this.#converter.close();
  }

  #failed(code: number): EncodingError {
    const why = code < 0 ? this.#av.lib.FFmpegError.strerror(code) : "it is damaged";
    return new EncodingError(`A frame of the live video could not be decoded: ${why}.`);
  }
}
