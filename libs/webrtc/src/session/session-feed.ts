import { InvalidInputFormatError, InvalidParameterError } from "@inference-ts/errors";
import type { FramePixels, FrameSender, PeerStats } from "../peer/live-peer.ts";
import type { LiveSource } from "../peer/live-source.ts";
import type { PeerLines } from "./connect-peer.ts";
import { type SessionClock, unlessAborted } from "./session-clock.ts";
import type { Happening } from "./session-parts.ts";
import { uploadFile } from "./upload-file.ts";

/** What a {@link SessionFeed} works with. */
export interface FeedParts {
  readonly source: LiveSource;
  readonly clock: SessionClock;
  readonly happened: (happening: Happening) => void;
  readonly failed: (error: unknown) => void;
  readonly stats: () => Promise<PeerStats | undefined>;
  /** Results of frames that were sent are still missing. */
  readonly owes: () => boolean;
}

/** How often a track that sends by itself is asked whether it sent something. */
const TRACK_POLL_MS = 5_000;

/** What goes to the worker: frames one by one, or a file. */
export class SessionFeed {
  readonly #parts: FeedParts;
  #sender: FrameSender | undefined;
  #framesSent = 0;
  #uploadedBytes = 0;
  #finishing: Promise<void> | undefined;

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  get framesSent(): number {
    return this.#framesSent;
  }

  get uploadedBytes(): number {
    return this.#uploadedBytes;
  }

  /** The worker listens. */
  begin({ sender, upload }: PeerLines, signal: AbortSignal): void {
    const { source } = this.#parts;
    if (source.track !== undefined) {
      this.#parts.happened({ type: "frame-sent" });
      this.#watchTrack(signal, 0);
    }
    if (sender !== undefined) {
      this.#sender = this.#counting(sender);
      const running = source.startFrames?.(this.#sender, signal);
      if (running !== undefined)
        this.#guard(
          running.then(() => this.finish(signal)),
          signal,
        );
    }
    if (upload !== undefined) this.#guard(this.#upload(upload, signal), signal);
  }

  /**
   * @throws InvalidParameterError when frames do not come from the caller, InvalidInputFormatError for pixels that do not fit.
   */
  assertManual(frame?: FramePixels): void {
    const { source } = this.#parts;
    if (source.plan.kind !== "manual" || source.startFrames !== undefined || source.track !== undefined) {
      throw new InvalidParameterError(
        "Only a session with the source manualFrames takes frames from the caller; this one has a source of its own.",
      );
    }
    if (frame === undefined) return;
    const { data, width, height, channels } = frame;
    if (
      ![width, height].every((side) => Number.isSafeInteger(side) && side > 0) ||
      ![1, 3, 4].includes(channels)
    ) {
      throw new InvalidInputFormatError(
        `A frame of ${width} x ${height} pixels with ${channels} channels cannot be sent; channels are 1, 3 or 4.`,
      );
    }
    if (data.length !== width * height * channels) {
      throw new InvalidInputFormatError(
        `A frame of ${width} x ${height} pixels with ${channels} channels has ${width * height * channels} bytes; found ${data.length}.`,
      );
    }
  }

  /** Sends a frame of the caller; false when it was dropped. */
  async send(frame: FramePixels, timestampMs: number | undefined): Promise<boolean> {
    if (this.#finishing !== undefined) return false;
    return (await this.#sender?.send(frame, timestampMs)) ?? false;
  }

  /** No frame follows. */
  finish(signal: AbortSignal): Promise<void> {
    this.#finishing ??= this.#finish(signal);
    return this.#finishing;
  }

  async #finish(signal: AbortSignal): Promise<void> {
    try {
      await unlessAborted(this.#sender?.finish() ?? Promise.resolve(), signal);
    } catch (error) {
      if (!signal.aborted) this.#parts.failed(error);
      return;
    }
    this.#parts.happened({ type: "frames-finished", owes: this.#parts.owes() });
  }

  async #upload(channel: NonNullable<PeerLines["upload"]>, signal: AbortSignal): Promise<void> {
    const { source, clock, happened } = this.#parts;
    if (source.openUpload === undefined) {
      throw new InvalidParameterError('A source of kind "file" needs openUpload.');
    }
    const open = source.openUpload.bind(source, signal);
    const onSent = (progress: { readonly sentBytes: number; readonly totalBytes: number }): void => {
      this.#uploadedBytes = progress.sentBytes;
      source.onUploadProgress?.(progress);
    };
    await uploadFile({ open, channel, clock, onSent }, signal);
    happened({ type: "upload-finished" });
  }

  /** Frames that are on their way start the clock of the worker's answer. */
  #counting(sender: FrameSender): FrameSender {
    const sent = (): void => {
      this.#framesSent += 1;
      this.#parts.happened({ type: "frame-sent" });
    };
    return {
      send: async (frame, timestampMs) => {
        const isSent = await sender.send(frame, timestampMs);
        if (isSent) sent();
        return isSent;
      },
      finish: () => sender.finish(),
      get dropped() {
        return sender.dropped;
      },
      get sent() {
        return sender.sent;
      },
    };
  }

  /** A track sends by itself; only the connection's counters tell that it did. */
  #watchTrack(signal: AbortSignal, before: number): void {
    const cancel = this.#parts.clock.after(TRACK_POLL_MS, async () => {
      signal.removeEventListener("abort", cancel);
      if (signal.aborted) return;
      const stats = await this.#parts.stats().catch(() => undefined);
      const sent = stats?.framesSent ?? before;
      if (sent > before) this.#parts.happened({ type: "frame-sent" });
      if (!signal.aborted) this.#watchTrack(signal, sent);
    });
    signal.addEventListener("abort", cancel, { once: true });
  }

  #guard(work: Promise<void>, signal: AbortSignal): void {
    work.catch((error: unknown) => {
      if (!signal.aborted) this.#parts.failed(error);
    });
  }
}
