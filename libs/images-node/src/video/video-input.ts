import { availableParallelism } from "node:os";
import { setTimeout } from "node:timers/promises";
import { type InferenceError, InvalidInputFormatError, InvalidUrlInputError } from "@inference-ts/errors";
import type { CodecContext, FormatContext, Frame, Packet, Stream } from "node-av/lib";
import type { NodeAv } from "./load-node-av.ts";
import type { VideoTicks } from "./picture-clock.ts";
import { type QuarterTurns, turnsOfDisplayMatrix } from "./rotation.ts";
import type { VideoAddress } from "./video-address.ts";

/** More decoder threads than this hold more pictures in memory and are hardly faster. */
const MAX_THREADS = 8;
/**
 * Decoder threads of a file. Each has a picture of its own, and they are asked for in order: with more than there are cores no core waits for
 * the slowest picture, or for this program to fetch it.
 */
const fileThreads = (cores: number): number => Math.min(2 * cores + 2, MAX_THREADS);
/** Wait before a camera that has no new picture is asked again, in milliseconds. */
const CAMERA_WAIT_MS = 5;
/** FFmpeg takes any text of these names for pictures of a terminal. */
const TEXT_READERS: ReadonlySet<string> = new Set(["tty", "bin", "xbin", "adf", "idf"]);

/** How a video is decoded. */
export interface VideoInputOptions {
  /** Asks the decoder to hold back no picture. Default false. */
  readonly isLowDelay?: boolean;
}

/** A video that is open: its pictures one after another, nothing read ahead of them but what the decoder itself needs. */
export class VideoInput {
  readonly #av: NodeAv;
  readonly #address: VideoAddress;
  readonly #isLowDelay: boolean;
  readonly #format: FormatContext;
  /** Code for "nothing now": the decoder wants input, or the camera has no new picture. */
  readonly #again: number;
  #decoder: CodecContext | undefined;
  #packet: Packet | undefined;
  #stream: Stream | undefined;
  #isDraining = false;
  #isPacketKept = false;
  #pictures = 0;
  #lastFailure: number | null = null;

  constructor(av: NodeAv, address: VideoAddress, { isLowDelay = false }: VideoInputOptions = {}) {
    this.#av = av;
    this.#address = address;
    this.#isLowDelay = isLowDelay;
    this.#format = new av.lib.FormatContext();
    // Allocated before the opening, it can be interrupted also while that waits for a peer.
    this.#format.allocContext();
    this.#again = av.lib.FFmpegError.AVERROR(av.lib.PosixError.EAGAIN);
  }

  /** Ends a read or connect that is under way; nothing may be read after it. */
  interrupt(): void {
    this.#format.interrupt();
  }

  /** @throws InvalidInputFormatError, or InvalidUrlInputError for a URL, when there is no video that can be decoded. */
  async open(): Promise<VideoFacts> {
    const { lib, constants } = this.#av;
    const { url, format, options } = this.#address;
    const reader = format === null ? null : lib.InputFormat.findInputFormat(format);
    if (format !== null && reader === null) throw this.#failure(`this build of FFmpeg has no ${format}`);
    const dictionary = lib.Dictionary.fromObject(options);
    try {
      this.#check(await this.#format.openInput(url, reader, dictionary));
    } finally {
      dictionary.free();
    }
    if (TEXT_READERS.has(this.#format.iformat?.name ?? "")) throw this.#failure("it is text, not a video");
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
    const cores = availableParallelism();
    context.threadCount = this.#address.kind === "file" ? fileThreads(cores) : Math.min(cores, MAX_THREADS);
    // Threads that share a picture hold back none; those that take one each hold back as many as there are threads.
    if (this.#address.kind !== "file") context.threadType = constants.FF_THREAD_SLICE;
    if (this.#isLowDelay) context.setFlags(constants.AV_CODEC_FLAG_LOW_DELAY);
    this.#check(await context.open2(decoder));
    this.#packet = new lib.Packet();
    this.#packet.alloc();
    const { timeBase, avgFrameRate: rate, nbFrames, codecpar } = stream;
    const hasRate = rate.num > 0 && rate.den > 0;
    return {
      timeBase: timeBase.num / timeBase.den,
      tickMs: (timeBase.num * 1000) / timeBase.den,
      fps: hasRate ? rate.num / rate.den : null,
      pictureMs: hasRate ? (rate.den * 1000) / rate.num : null,
      pictures: nbFrames > 0n ? Number(nbFrames) : null,
      turns: turnsOfDisplayMatrix(codecpar.getCodedSideData(constants.AV_PKT_DATA_DISPLAYMATRIX)),
    };
  }

  /** Puts the next picture into `frame`; `false` after the last one. */
  async read(frame: Frame, signal: AbortSignal): Promise<boolean> {
    const { constants } = this.#av;
    const decoder = this.#decoder;
    if (decoder === undefined) return false;
    while (!signal.aborted) {
      // After a picture the decoder mostly wants a packet; to hear that from it first would cost a turn of the thread pool.
      if (!this.#isDraining || this.#isPacketKept) await this.#feed(decoder, signal);
      if (signal.aborted) break;
      const code = await decoder.receiveFrame(frame);
      if (code >= 0) {
        this.#pictures++;
        return true;
      }
      if (code === constants.AVERROR_EOF) break;
      // As FFmpeg's own program does it: pictures that are damaged are left out, the rest goes on.
      if (code !== this.#again) this.#lastFailure = code;
    }
    if (!signal.aborted && this.#pictures === 0) throw this.#nothingDecoded();
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

  /** Gives the decoder one packet of the video, or the end; one that it cannot take yet is kept for the next time. */
  async #feed(decoder: CodecContext, signal: AbortSignal): Promise<void> {
    const packet = this.#packet;
    if (packet === undefined || !(this.#isPacketKept || (await this.#readPacket(packet, signal)))) return;
    const sent = await decoder.sendPacket(this.#isDraining ? null : packet);
    this.#isPacketKept = sent === this.#again;
    if (this.#isPacketKept) return;
    packet.unref();
    if (sent < 0 && !this.#isDraining) this.#lastFailure = sent;
  }

  /** Reads the next packet of the pictures, or sets the end; `false` after an abort. */
  async #readPacket(packet: Packet, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const code = await this.#format.readFrame(packet);
      if (code === this.#again) {
        if (!signal.aborted) await setTimeout(CAMERA_WAIT_MS);
        continue;
      }
      if (code === this.#av.constants.AVERROR_EOF) {
        this.#isDraining = true;
        return true;
      }
      if (signal.aborted) break;
      if (code < 0) throw this.#brokenOff(code);
      if (packet.streamIndex === this.#stream?.index) return true;
      packet.unref();
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
    return this.#error(`Could not open video at ${this.#address.shown}: ${why}.`);
  }

  #nothingDecoded(): InferenceError {
    const why = this.#lastFailure === null ? "" : `: ${this.#reason(this.#lastFailure)}`;
    return this.#error(`No picture of the video ${this.#address.shown} can be decoded${why}.`);
  }

  #brokenOff(code: number): InferenceError {
    return this.#error(
      `The video ${this.#address.shown} broke off after ${this.#pictures} pictures: ${this.#reason(code)}.`,
    );
  }

  #error(message: string): InferenceError {
    return this.#address.kind === "url"
      ? new InvalidUrlInputError(message)
      : new InvalidInputFormatError(message);
  }
}

/** What is known of a video before its first picture. */
export interface VideoFacts extends VideoTicks {
  /** Length of one tick in seconds. */
  readonly timeBase: number;
  /** Pictures a second; `null` when the video does not tell. */
  readonly fps: number | null;
  /** How many pictures the file says that it has; `null` when it does not tell. */
  readonly pictures: number | null;
  readonly turns: QuarterTurns;
}
