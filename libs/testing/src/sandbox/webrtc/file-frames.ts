import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { MissingPeerError } from "@inference-ts/errors";
import type { AVPixelFormat } from "node-av/constants";
import type { CodecContext, FormatContext, Frame, Packet, SoftwareScaleContext } from "node-av/lib";
import type { RgbPixels } from "../shapes/colours.ts";
import type { FileFacts, FrameSource, SourceFrame } from "./frame-source.ts";

interface NodeAv {
  readonly lib: typeof import("node-av/lib");
  readonly constants: typeof import("node-av/constants");
}

async function loadNodeAv(): Promise<NodeAv> {
  try {
    const [lib, constants] = await Promise.all([import("node-av/lib"), import("node-av/constants")]);
    if (lib.Log.getLevel() === constants.AV_LOG_INFO) lib.Log.setLevel(constants.AV_LOG_FATAL);
    return { lib, constants };
  } catch (cause) {
    throw new MissingPeerError("node-av", "the sandbox server to decode an uploaded video", { cause });
  }
}

/**
 * The frames of an uploaded video, with the times of its container. `isThrottled`: no faster than they are shown, as a realtime session
 * gets them. Pictures are not turned by a rotation that the container names.
 */
export class FileFrames implements FrameSource {
  readonly #av: NodeAv;
  readonly #folder: string;
  readonly #isThrottled: boolean;
  readonly #format: FormatContext;
  readonly #decoder: CodecContext;
  readonly #packet: Packet;
  readonly #frame: Frame;
  readonly #stop = new AbortController();
  #scaler: SoftwareScaleContext | undefined;
  #stream = -1;
  #timeBase = 1;
  #reading: Promise<SourceFrame | null> = Promise.resolve(null);
  #startedAt: number | undefined;
  #isClosed = false;

  private constructor(av: NodeAv, folder: string, isThrottled: boolean) {
    this.#av = av;
    this.#folder = folder;
    this.#isThrottled = isThrottled;
    this.#format = new av.lib.FormatContext();
    this.#decoder = new av.lib.CodecContext();
    this.#packet = new av.lib.Packet();
    this.#frame = new av.lib.Frame();
  }

  /** Opens the bytes of a video. Rejects when they are none. */
  static async open(
    bytes: Uint8Array,
    isThrottled: boolean,
  ): Promise<{ readonly frames: FileFrames; readonly facts: FileFacts }> {
    const av = await loadNodeAv();
    const folder = await mkdtemp(join(tmpdir(), "inference-sandbox-"));
    const frames = new FileFrames(av, folder, isThrottled);
    try {
      return { frames, facts: await frames.#open(bytes) };
    } catch (error) {
      await frames.close();
      throw error;
    }
  }

  next(): Promise<SourceFrame | null> {
    this.#reading = this.#isClosed ? Promise.resolve(null) : this.#read();
    return this.#reading;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stop.abort();
    await this.#reading.catch(() => null);
    this.#scaler?.freeContext();
    this.#frame.free();
    this.#packet.free();
    this.#decoder.freeContext();
    await this.#format.closeInput();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #open(bytes: Uint8Array): Promise<FileFacts> {
    const { constants } = this.#av;
    const path = join(this.#folder, "upload.mp4");
    await writeFile(path, bytes);
    this.#check(await this.#format.openInput(path, null, null));
    this.#check(await this.#format.findStreamInfo());
    const { streamIndex, decoder } = this.#format.findBestStream(constants.AVMEDIA_TYPE_VIDEO, -1, -1, true);
    const stream = this.#format.streams[streamIndex];
    if (stream === undefined || decoder === null) throw new Error("The upload has no video.");
    this.#stream = streamIndex;
    this.#timeBase = stream.timeBase.num / stream.timeBase.den;
    this.#decoder.allocContext3(decoder);
    this.#check(this.#decoder.parametersToContext(stream.codecpar));
    this.#decoder.pktTimebase = stream.timeBase;
    this.#decoder.threadCount = 1;
    this.#check(await this.#decoder.open2(decoder));
    this.#packet.alloc();
    this.#frame.alloc();
    const { avgFrameRate: rate, nbFrames } = stream;
    return {
      fps: rate.num > 0 && rate.den > 0 ? rate.num / rate.den : null,
      totalFrames: nbFrames > 0n ? Number(nbFrames) : null,
    };
  }

  async #read(): Promise<SourceFrame | null> {
    if (!(await this.#decode())) return null;
    const pts = Number(this.#frame.bestEffortTimestamp);
    const pixels = await this.#pixels();
    this.#frame.unref();
    if (this.#isThrottled) await this.#untilShown(pts * this.#timeBase * 1_000);
    return this.#isClosed ? null : { pixels, pts, timeBase: this.#timeBase };
  }

  /** Puts the next picture into `#frame`; false after the last one. */
  async #decode(): Promise<boolean> {
    const { lib, constants } = this.#av;
    const again = lib.FFmpegError.AVERROR(lib.PosixError.EAGAIN);
    while (!this.#isClosed) {
      const code = await this.#decoder.receiveFrame(this.#frame);
      if (code >= 0) return true;
      if (code === constants.AVERROR_EOF) return false;
      if (code !== again) this.#check(code);
      const read = await this.#format.readFrame(this.#packet);
      if (read < 0) {
        await this.#decoder.sendPacket(null);
        continue;
      }
      if (this.#packet.streamIndex === this.#stream) await this.#decoder.sendPacket(this.#packet);
      this.#packet.unref();
    }
    return false;
  }

  async #pixels(): Promise<RgbPixels> {
    const { lib, constants } = this.#av;
    const { width, height, format, data: planes, linesize } = this.#frame;
    if (planes === null || !isPixelFormat(format, this.#frame))
      throw new Error("A frame of the upload has no pixels.");
    if (this.#scaler === undefined) {
      this.#scaler = new lib.SoftwareScaleContext();
      const { AV_PIX_FMT_RGB24: rgb, SWS_BICUBIC: how } = constants;
      this.#scaler.getContext(width, height, format, width, height, rgb, how);
    }
    const stride = Math.ceil(width / 64) * 64 * 3;
    // Vector code may write behind the last row.
    const target = Buffer.allocUnsafeSlow(stride * height + 64);
    this.#check(
      await this.#scaler.scale(planes, linesize.slice(0, planes.length), 0, height, [target], [stride]),
    );
    const data = new Uint8Array(width * height * 3);
    for (let row = 0; row < height; row++) {
      data.set(target.subarray(row * stride, row * stride + width * 3), row * width * 3);
    }
    return { width, height, data };
  }

  async #untilShown(timeMs: number): Promise<void> {
    this.#startedAt ??= performance.now() - timeMs;
    const waitMs = this.#startedAt + timeMs - performance.now();
    if (waitMs > 0) await pause(waitMs, undefined, { signal: this.#stop.signal }).catch(() => {});
  }

  #check(code: number): void {
    this.#av.lib.FFmpegError.throwIfError(code, "the uploaded video");
  }
}

function isPixelFormat(format: Frame["format"], frame: Frame): format is AVPixelFormat {
  return frame.isVideo() && format >= 0;
}
