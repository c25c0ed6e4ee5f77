import { ClosedError } from "@inference-ts/errors";
import { systemClock } from "@inference-ts/transport";
import { planPeer } from "../config/video-source.ts";
import { ChannelReader } from "../data-channel/channel-reader.ts";
import type { OutputChange } from "../data-channel/output-change.ts";
import type { ConnectionReport, FramePixels, LivePeer, PeerStats } from "../peer/live-peer.ts";
import { checkSettings, limitsFrom } from "./check-settings.ts";
import { connectPeer, type PeerLines } from "./connect-peer.ts";
import { Delivery } from "./delivery.ts";
import { DEFAULT_QUEUE_CAPACITY } from "./drop-oldest-queue.ts";
import type { LiveStats, SessionEnd } from "./live-items.ts";
import { OutputSwitch } from "./output-switch.ts";
import type { SessionClock } from "./session-clock.ts";
import { sessionFailure } from "./session-failure.ts";
import { SessionFeed } from "./session-feed.ts";
import { SessionHandlers } from "./session-handlers.ts";
import { SessionInbox } from "./session-inbox.ts";
import type { Happening, Lifetime, SessionParts } from "./session-parts.ts";
import {
  type EndReason,
  NEW_SESSION,
  type SessionPhase,
  type SessionSetup,
  type SessionState,
  stepSession,
} from "./session-state.ts";

/** Data that wait for a reader, when nothing else is said. */
const DEFAULT_DATA_CAPACITY = 256;

/** The working half of a session: steps the state, and does what each phase needs. */
export class SessionCore {
  readonly clock: SessionClock;
  readonly handlers = new SessionHandlers();
  readonly delivery: Delivery;
  readonly #parts: SessionParts;
  readonly #setup: SessionSetup;
  readonly #inbox: SessionInbox;
  readonly #feed: SessionFeed;
  readonly #outputs: OutputSwitch;
  readonly #stopping = new AbortController();
  readonly #done = Promise.withResolvers<SessionEnd>();
  readonly #released = Promise.withResolvers<void>();
  readonly #notes: string[] = [];
  #state: SessionState = NEW_SESSION;
  #cancelTimer: (() => void) | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #streaming: PromiseWithResolvers<void> | undefined;
  #begun: Promise<unknown> | undefined;
  #starting: Promise<void> | undefined;
  #lifetime: Lifetime | undefined;
  #peer: LivePeer | undefined;
  #lines: PeerLines | undefined;
  #openChannels = 0;
  #outcome: SessionEnd | undefined;
  #lastPeerStats: PeerStats | null | undefined;
  #failure: { readonly cause: unknown; readonly report?: ConnectionReport } | undefined;

  constructor(parts: SessionParts) {
    checkSettings(parts);
    const { source, plan, queueCapacity = DEFAULT_QUEUE_CAPACITY } = parts;
    this.#parts = parts;
    this.clock = parts.clock ?? systemClock;
    this.#setup = {
      feed: planPeer(source.plan).feed,
      hasVideo: plan.hasVideo,
      limits: limitsFrom(parts.limits),
    };
    const capacity = { frames: queueCapacity, data: parts.dataQueueCapacity ?? DEFAULT_DATA_CAPACITY };
    this.delivery = new Delivery(this.handlers, capacity, () => this.#inbox.flushAcks());
    this.#outputs = new OutputSwitch(plan);
    this.#inbox = new SessionInbox({
      reader: new ChannelReader(parts.channelLimits),
      realtime: plan.realtime,
      hasVideo: plan.hasVideo,
      outputs: this.#outputs,
      delivery: this.delivery,
      handlers: this.handlers,
      clock: this.clock,
      happened: (happening) => this.#happened(happening),
      sendText: (text) => this.#sendText(text),
      framesSent: () => this.#feed.framesSent,
    });
    this.#feed = new SessionFeed({
      source,
      clock: this.clock,
      happened: (happening) => this.#happened(happening),
      failed: (error) => this.#sourceFailed(error),
      stats: async () => this.#peer?.stats(),
      owes: () => this.#inbox.owes(),
    });
  }

  get phase(): SessionPhase {
    return this.#state.phase;
  }

  /** Resolves with the end, when all is delivered and closed; never rejects. */
  get done(): Promise<SessionEnd> {
    return this.#done.promise;
  }

  /** Starts unless it was started; resolves when the worker listens, or with the end when it does not, or no more. */
  async begin(): Promise<SessionEnd | undefined> {
    if (this.#streaming === undefined) this.#start();
    // One race for all who ask: one for every frame would stay with `done` until the end.
    this.#begun ??= Promise.race([this.#streaming?.promise, this.#done.promise]);
    await this.#begun;
    return this.#outcome;
  }

  async send(frame: FramePixels, timestampMs: number | undefined): Promise<boolean> {
    this.#feed.assertManual(frame);
    const end = await this.begin();
    if (end?.error !== undefined) throw end.error;
    return end === undefined && this.#feed.send(frame, timestampMs);
  }

  async finishFrames(): Promise<void> {
    this.#feed.assertManual();
    if ((await this.begin()) === undefined) await this.#feed.finish(this.#stopping.signal);
  }

  changeOutputs(change: OutputChange): void {
    const text = this.#outputs.change(change);
    if (this.#state.phase !== "streaming" || this.#lines?.inference.isOpen !== true) {
      throw new ClosedError(
        `Outputs can only be changed while the session streams; it is in phase ${this.#state.phase}.`,
      );
    }
    this.#sendText(text);
    this.#outputs.apply(change);
  }

  async stats(): Promise<LiveStats> {
    return {
      phase: this.#state.phase,
      ...this.delivery.counts(),
      ...this.#inbox.counts(),
      framesSent: this.#feed.framesSent,
      uploadedBytes: this.#feed.uploadedBytes,
      peer: this.#lastPeerStats ?? (await statsOf(this.#peer)),
    };
  }

  close(): Promise<void> {
    // What a handler is called for after this is not wanted, also when the session ended by itself meanwhile.
    this.delivery.discard();
    this.#happened({ type: "close" });
    return this.#released.promise;
  }

  #start(): void {
    this.#streaming = Promise.withResolvers();
    if (this.#state.phase === "ended") return;
    this.#happened({ type: "start" });
    const lifetime = this.#openLifetime();
    if (lifetime === undefined) return;
    this.#lifetime = lifetime;
    const { signal } = this.#stopping;
    const onAbort = (): void => {
      this.#failure ??= { cause: lifetime.error() };
      this.#happened({ type: "abort" });
    };
    if (lifetime.signal.aborted) {
      onAbort();
      return;
    }
    lifetime.signal.addEventListener("abort", onAbort, { once: true, signal });
    this.#starting = this.#connect(signal).catch((cause: unknown) => {
      this.#failure ??= { cause };
      this.#happened({ type: "start-failed" });
    });
  }

  /** Undefined when the client was closed before the session began. */
  #openLifetime(): Lifetime | undefined {
    try {
      return this.#parts.openLifetime();
    } catch (cause) {
      this.#failure ??= { cause };
      this.#happened({ type: "start-failed" });
      return undefined;
    }
  }

  #connect(signal: AbortSignal): Promise<void> {
    const opened = (): void => {
      this.#openChannels += 1;
      this.#connected();
    };
    return connectPeer(
      {
        ...this.#parts,
        peerEvents: {
          connected: () => undefined,
          failed: (report) => {
            this.#failure ??= { cause: undefined, report };
            this.#inbox.endsWith({ type: "connection-failed" });
          },
          picture: (picture) => this.#inbox.picture(picture, this.#state.phase === "ended"),
          trackEnded: () => this.#happened({ type: "track-ended" }),
          sourceEnded: (error) => {
            if (error === undefined || error === null) void this.#feed.finish(signal);
            else this.#sourceFailed(error);
          },
        },
        inferenceEvents: {
          opened,
          message: (data) => this.#inbox.receive(data),
          closed: () => this.#inbox.endsWith({ type: "channel-closed" }),
        },
        // The worker closes its channels together; the results' one tells the end.
        uploadEvents: { opened, message: () => undefined, closed: () => undefined },
        onPeer: (peer) => {
          this.#peer = peer;
        },
        onLines: (lines) => {
          this.#lines = lines;
          this.#connected();
        },
        onNotes: (notes) => {
          this.#notes.push(...notes);
          for (const message of notes) this.handlers.problem({ kind: "note", message });
        },
        onAnswered: () => this.#happened({ type: "answered" }),
      },
      signal,
    );
  }

  /** The worker listens once every channel is open. */
  #connected(): void {
    const lines = this.#lines;
    if (lines === undefined || this.#openChannels < (lines.upload === undefined ? 1 : 2)) return;
    this.#happened({ type: "connected" });
  }

  #happened(happening: Happening): void {
    const before = this.#state;
    const after = stepSession(before, { ...happening, at: this.clock.now() }, this.#setup);
    if (after === before) return;
    this.#state = after;
    this.#arm();
    if (after.phase === before.phase) return;
    this.handlers.state(after.phase, after.reason);
    // A handler of the state may have closed the session meanwhile.
    if (after.phase === "streaming" && this.#state.phase === "streaming" && this.#lines !== undefined) {
      this.#streaming?.resolve();
      this.#feed.begin(this.#lines, this.#stopping.signal);
    }
    if (after.phase === "ended") void this.#finish(after.reason ?? "closed");
  }

  /** One timer for all deadlines; it is left alone while it fires early enough. */
  #arm(): void {
    const at = this.#state.deadline?.at;
    if (at === undefined && this.#state.phase !== "ended") return;
    if (at !== undefined && at >= this.#timerAt) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#timerAt = Number.POSITIVE_INFINITY;
    if (at === undefined) return;
    this.#timerAt = at;
    this.#cancelTimer = this.clock.after(Math.max(0, at - this.clock.now()), () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#cancelTimer = undefined;
      this.#happened({ type: "tick" });
      this.#arm();
    });
  }

  #sourceFailed(cause: unknown): void {
    this.#failure ??= { cause };
    this.#happened({ type: "source-failed" });
  }

  #sendText(text: string): boolean {
    const channel = this.#lines?.inference;
    if (channel?.isOpen !== true) return false;
    channel.send(text);
    return true;
  }

  async #finish(reason: EndReason): Promise<void> {
    const { limits } = this.#setup;
    const report = this.#failure?.report ?? (reason === "start-failed" ? undefined : this.#peer?.report());
    const error = sessionFailure(reason, { cause: this.#failure?.cause, report, limits, notes: this.#notes });
    this.#stopping.abort(error ?? new ClosedError("The live video session has ended."));
    const isUnwanted = reason === "closed" || reason === "aborted";
    const end: SessionEnd = { reason, terminationReason: this.#inbox.terminationReason, error };
    this.#outcome = end;
    this.#inbox.end(isUnwanted);
    if (isUnwanted) this.delivery.discard();
    else await this.delivery.keepPictures();
    await Promise.allSettled([this.#parts.source.close(), this.#starting]);
    this.#lastPeerStats = await statsOf(this.#peer);
    await this.#peer?.close().catch(() => undefined);
    this.#lifetime?.end();
    this.#released.resolve();
    this.delivery.end(error);
    if (!isUnwanted) await this.delivery.settled();
    this.handlers.end(end);
    this.#done.resolve(end);
  }
}

async function statsOf(peer: LivePeer | undefined): Promise<PeerStats | null> {
  try {
    return (await peer?.stats()) ?? null;
  } catch {
    return null;
  }
}
