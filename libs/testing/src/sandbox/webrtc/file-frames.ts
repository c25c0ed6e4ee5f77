import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { loadNodeAv, RgbConverter, VideoInput, videoAddress } from "@inference-ts/images-node";
import type { Frame } from "node-av/lib";
import type { FileFacts, FrameSource, SourceFrame } from "./frame-source.ts";

/** What decodes an upload, and the folder that it lies in. */
interface OpenedUpload {
  readonly folder: string;
  readonly input: VideoInput;
  readonly converter: RgbConverter;
  readonly frame: Frame;
}

/**
 * The frames of an uploaded video, with the times of its container. `isThrottled`: no faster than they are shown, as a realtime session
 * gets them. Pictures are not turned by a rotation that the container names.
 */
export class FileFrames implements FrameSource {
  readonly #upload: OpenedUpload;
  readonly #isThrottled: boolean;
  readonly #stop = new AbortController();
  #timeBase = 1;
  #reading: Promise<SourceFrame | null> = Promise.resolve(null);
  #startedAt: number | undefined;

  private constructor(upload: OpenedUpload, isThrottled: boolean) {
    this.#upload = upload;
    this.#isThrottled = isThrottled;
  }

  /** Opens the bytes of a video. Rejects when they are none. */
  static async open(
    bytes: Uint8Array,
    isThrottled: boolean,
  ): Promise<{ readonly frames: FileFrames; readonly facts: FileFacts }> {
    const av = await loadNodeAv("the sandbox server to decode an uploaded video");
    const folder = await mkdtemp(join(tmpdir(), "inference-sandbox-"));
    const path = join(folder, "upload.mp4");
    const input = new VideoInput(av, videoAddress(path));
    const upload = { folder, input, converter: new RgbConverter(av), frame: new av.lib.Frame() };
    upload.frame.alloc();
    const frames = new FileFrames(upload, isThrottled);
    try {
      await writeFile(path, bytes);
      return { frames, facts: await frames.#open() };
    } catch (error) {
      await frames.close();
      throw error;
    }
  }

  next(): Promise<SourceFrame | null> {
    this.#reading = this.#stop.signal.aborted ? Promise.resolve(null) : this.#read();
    return this.#reading;
  }

  async close(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    await this.#reading.catch(() => null);
    const { folder, input, converter, frame } = this.#upload;
    converter.close();
    frame.free();
    await input.close();
    await rm(folder, { recursive: true, force: true });
  }

  async #open(): Promise<FileFacts> {
    const { timeBase, fps, pictures } = await this.#upload.input.open();
    this.#timeBase = timeBase;
    return { fps, totalFrames: pictures };
  }

  async #read(): Promise<SourceFrame | null> {
    const { input, converter, frame } = this.#upload;
    if (!(await input.read(frame, this.#stop.signal))) return null;
    const pts = Number(frame.bestEffortTimestamp);
    const pixels = await converter.convert(frame);
    frame.unref();
    if (this.#isThrottled) await this.#untilShown(pts * this.#timeBase * 1_000);
    return this.#stop.signal.aborted ? null : { pixels, pts, timeBase: this.#timeBase };
  }

  async #untilShown(timeMs: number): Promise<void> {
    this.#startedAt ??= performance.now() - timeMs;
    const waitMs = this.#startedAt + timeMs - performance.now();
    if (waitMs > 0) await pause(waitMs, undefined, { signal: this.#stop.signal }).catch(() => {});
  }
}
