import { setTimeout as sleep } from "node:timers/promises";
import { type InferenceError, InvalidInputFormatError, InvalidUrlInputError } from "@inference-ts/errors";
import type { SourceFacts } from "@inference-ts/webrtc";
import type { CodecContext, FormatContext, Frame, Packet, Stream } from "node-av/lib";
import type { NodeAv } from "../codec/load-node-av.ts";
import type { CaptureAddress } from "./capture-address.ts";

/** Wait before a camera that has no new picture is asked again, in milliseconds. */
const CAMERA_WAIT_MS = 5;

/** A camera or stream that is open: its pictures one after another. */
export class CapturedVideo {
  readonly #av: NodeAv;
  readonly #address: CaptureAddress;
  readonly #format: FormatContext;
  /** Code for "nothing now": the decoder wants input, or the camera has no new picture. */
  readonly #again: number;
  #decoder: CodecContext | undefined;
  #packet: Packet | undefined;
  #stream: Stream | undefined;
  #pictures = 0;

  constructor(av: NodeAv, address: CaptureAddress) {
    this.#av = av;
    this.#address = address;
    this.#format = new av.lib.FormatContext();
    // Allocated before the opening, it can be interrupted also while that waits for a peer.
    this.#format.allocContext();
    this.#again = av.lib.FFmpegError.AVERROR(av.lib.PosixError.EAGAIN);
  }

  /** Ends a read or connect that is under way; nothing may be read after it. */
  interrupt(): void {
    this.#format.interrupt();
  }

  /** @throws InvalidInputFormatError, or InvalidUrlInputError for a stream, when there are no pictures to read. */
  async open(): Promise<SourceFacts> {
    const { lib, constants } = this.#av;
    const { url, format, options, kind } = this.#address;
    const reader = format === null ? null : lib.InputFormat.findInputFormat(format);
    if (format !== null && reader === null) throw this.#failure(`this build of FFmpeg has no ${format}`);
    const dictionary = lib.Dictionary.fromObject(options);
    try {
      this.#check(await this.#format.openInput(url, reader, dictionary));
    } finally {
      dictionary.free();
    }
    this.#check(await this.#format.findStreamInfo());
    if (!this.#format.streams.some(({ codecpar }) => codecpar.codecType === constants.AVMEDIA_TYPE_VIDEO)) {
      throw this.#failure("it has no video");
    }
    const { streamIndex, decoder } = this.#format.findBestStream(constants.AVMEDIA_TYPE_VIDEO, -1, -1, true);
    const stream = this.#format.streams[streamIndex];
    if (stream === undefined || decoder === null) throw this.#failure("its video cannot be decoded");
    this.#stream = stream;
    const context = new lib.CodecContext();
    context.allocContext3(decoder);
    this.#decoder = context;
    this.#check(context.parametersToContext(stream.codecpar));
    context.pktTimebase = stream.timeBase;
    // Threads that take a picture each would hold pictures back.
    context.threadType = constants.FF_THREAD_SLICE;
    context.setFlags(constants.AV_CODEC_FLAG_LOW_DELAY);
    this.#check(await context.open2(decoder));
    this.#packet = new lib.Packet();
    this.#packet.alloc();
    const { num, den } = stream.avgFrameRate;
    return kind === "camera" && num > 0 && den > 0 ? { fps: Math.round((num / den) * 1000) / 1000 } : {};
  }

  /** Puts the next picture into `frame`; `false` at the end. */
  async read(frame: Frame, signal: AbortSignal): Promise<boolean> {
    const { decoder, packet } = { decoder: this.#decoder, packet: this.#packet };
    if (decoder === undefined || packet === undefined) return false;
    while (!signal.aborted) {
      if ((await decoder.receiveFrame(frame)) >= 0) {
        this.#pictures++;
        return true;
      }
      if (signal.aborted || !(await this.#feed(decoder, packet, signal))) break;
    }
    return false;
  }

  /** Frees everything. No other call may be under way. */
  async close(): Promise<void> {
    this.#decoder?.freeContext();
    this.#decoder = undefined;
    this.#packet?.free();
    this.#packet = undefined;
    this.#stream = undefined;
    await this.#format.closeInput();
  }

  /** Gives the decoder one packet of the video; false at the end. Pictures that are damaged are left out, the rest goes on. */
  async #feed(decoder: CodecContext, packet: Packet, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const code = await this.#format.readFrame(packet);
      if (signal.aborted || code === this.#av.constants.AVERROR_EOF) return false;
      if (code === this.#again) {
        await sleep(CAMERA_WAIT_MS);
        continue;
      }
      if (code < 0) throw this.#brokenOff(code);
      try {
        if (packet.streamIndex !== this.#stream?.index) continue;
        await decoder.sendPacket(packet);
        return true;
      } finally {
        packet.unref();
      }
    }
    return false;
  }

  #check(code: number): void {
    if (code < 0) throw this.#failure(this.#reason(code));
  }

  #reason(code: number): string {
    return this.#av.lib.FFmpegError.strerror(code);
  }

  #failure(why: string): InferenceError {
    return this.#error(`Could not open ${this.#address.shown}: ${why}.`);
  }

  #brokenOff(code: number): InferenceError {
    return this.#error(
      `${this.#address.shown} broke off after ${this.#pictures} pictures: ${this.#reason(code)}.`,
    );
  }

  #error(message: string): InferenceError {
    return this.#address.kind === "stream"
      ? new InvalidUrlInputError(message)
      : new InvalidInputFormatError(message);
  }
}
