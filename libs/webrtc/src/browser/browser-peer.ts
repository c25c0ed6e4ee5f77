import { InvalidParameterError, WebRTCSessionError } from "@inference-ts/errors";
import type {
  ConnectionReport,
  Description,
  FrameSender,
  LiveChannel,
  LiveChannelEvents,
  LivePeer,
  LivePeerEvents,
  LivePeerFactory,
  LivePeerOptions,
  PeerStats,
} from "../peer/live-peer.ts";
import { openBrowserChannel } from "./browser-channel.ts";
import { BrowserFrameSender } from "./browser-frame-sender.ts";
import { preferWorkerCodecs } from "./codec-order.ts";
import { ConnectionLog } from "./connection-log.ts";
import { openSurface } from "./frame-surface.ts";
import { gatherCandidates } from "./gather-candidates.ts";
import { readPictures } from "./read-pictures.ts";
import { readStats } from "./read-stats.ts";
import { isVideoTrack } from "./video-track.ts";

/**
 * Opens a peer connection on the browser's own `RTCPeerConnection`.
 *
 * @throws WebRTCSessionError (`start-failed`) where the runtime has none: in Node and in web workers.
 */
export const openBrowserPeer: LivePeerFactory = (options) => {
  if (!("RTCPeerConnection" in globalThis)) {
    throw new WebRTCSessionError("This runtime has no RTCPeerConnection.", {
      reason: "start-failed",
      hint: "In Node import the client from @inference-ts/sdk/node; in a browser run live video in the page, not in a web worker.",
    });
  }
  return new BrowserPeer(options);
};

class BrowserPeer implements LivePeer {
  readonly #connection: RTCPeerConnection;
  readonly #events: LivePeerEvents;
  readonly #log = new ConnectionLog();
  /** Frames get through. */
  readonly #connected = Promise.withResolvers<void>();
  /** What `close` lets go, besides the connection. */
  readonly #held: (() => void)[] = [];
  #sender: BrowserFrameSender | undefined;
  #pictures = 0;
  #isReading = false;
  #isAnnounced = false;
  #isOver = false;

  constructor({ iceServers, events }: LivePeerOptions) {
    this.#events = events;
    const connection = new RTCPeerConnection({
      iceServers: iceServers.map((server) => ({ ...server, urls: [...server.urls] })),
      bundlePolicy: "max-bundle",
    });
    this.#connection = connection;
    connection.addEventListener("connectionstatechange", () => this.#look());
    connection.addEventListener("icecandidateerror", ({ url, errorCode, errorText }) =>
      this.#log.serverFailed(url, errorCode, errorText),
    );
    connection.addEventListener("track", ({ track }) => this.#read(track));
    // A page that goes away closes its connections without a word; closed here, the worker knows at once.
    const onPageHide = (): void => {
      this.#log.note("the page was left");
      this.#fail();
    };
    globalThis.addEventListener("pagehide", onPageHide);
    this.#held.push(() => globalThis.removeEventListener("pagehide", onPageHide));
  }

  openChannel(label: string, events: LiveChannelEvents): LiveChannel {
    const opened = (): void => {
      // Chromium opens channels before it says that it is connected.
      this.#announce();
      events.opened();
    };
    const channel = this.#connection.createDataChannel(label);
    return openBrowserChannel(channel, { ...events, opened }, () => !this.#isOver);
  }

  receiveVideo(): void {
    preferWorkerCodecs(this.#connection.addTransceiver("video", { direction: "recvonly" }));
  }

  sendFrames(): FrameSender {
    const surface = openSurface();
    const sender = new BrowserFrameSender({
      surface,
      connected: this.#connected.promise,
      encodesFrames: async () => (await this.stats()).framesSent > 0,
    });
    this.#held.push(() => sender.close());
    this.#sender = sender;
    this.#send(surface.track);
    return sender;
  }

  sendTrack(track: unknown): void {
    if (!isVideoTrack(track)) {
      throw new InvalidParameterError("Only a MediaStreamTrack of kind video can be sent as a track.");
    }
    const onEnded = (): void => {
      if (!this.#isOver) this.#events.sourceEnded(undefined);
    };
    track.addEventListener("ended", onEnded);
    this.#held.push(() => track.removeEventListener("ended", onEnded));
    this.#send(track);
    // It may have ended before anybody listened.
    if (track.readyState === "ended") queueMicrotask(onEnded);
  }

  async createOffer(signal: AbortSignal): Promise<Description> {
    signal.throwIfAborted();
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    await gatherCandidates(this.#connection, this.#log, signal);
    return { type: "offer", sdp: this.#connection.localDescription?.sdp ?? "" };
  }

  async acceptAnswer({ type, sdp }: Description): Promise<void> {
    await this.#connection.setRemoteDescription({ type, sdp });
  }

  report(): ConnectionReport {
    return this.#log.report(this.#connection);
  }

  async stats(): Promise<PeerStats> {
    const own = { picturesReceived: this.#pictures, framesDropped: this.#sender?.dropped ?? 0 };
    return readStats(await this.#connection.getStats(), own);
  }

  /** Sends a DTLS `close_notify`, by which the worker knows at once. */
  close(): Promise<void> {
    this.#isOver = true;
    for (const release of this.#held.splice(0)) release();
    this.#connection.close();
    return Promise.resolve();
  }

  #send(track: MediaStreamTrack): void {
    const transceiver = this.#connection.addTransceiver(track, { direction: "sendrecv" });
    preferWorkerCodecs(transceiver);
    keepSize(transceiver.sender);
  }

  #read(track: MediaStreamTrack): void {
    if (this.#isReading || this.#isOver || track.kind !== "video") return;
    this.#isReading = true;
    let beginning: Promise<boolean> | undefined;
    const stop = readPictures(track, {
      picture: (picture) => {
        beginning ??= this.#isBeginningLost();
        void beginning.then((isLost) => {
          if (this.#isOver) return picture.drop();
          this.#pictures += 1;
          this.#events.picture(isLost ? { ...picture, isBeginningLost: true } : picture);
        });
      },
      ended: async () => {
        await beginning;
        if (!this.#isOver) this.#events.trackEnded();
      },
    });
    this.#held.push(stop);
  }

  /** A worker begins with a key frame; a browser asks for one when that got lost. To be called when the first picture is there. */
  async #isBeginningLost(): Promise<boolean> {
    const stats = await this.stats().catch(() => undefined);
    return (stats?.keyFramesRequested ?? 0) > 0;
  }

  #look(): void {
    if (this.#isOver) return;
    const { connectionState } = this.#connection;
    if (connectionState === "connected") {
      this.#connected.resolve();
      this.#announce();
    } else if (connectionState === "failed" || connectionState === "closed") this.#fail();
  }

  #announce(): void {
    if (this.#isAnnounced) return;
    this.#isAnnounced = true;
    this.#events.connected();
  }

  #fail(): void {
    if (this.#isOver) return;
    const report = this.report();
    void this.close();
    this.#events.failed(report);
  }
}

/** Where it is short of bandwidth, a browser sends smaller frames; results would then be in the coordinates of those. */
function keepSize(sender: RTCRtpSender): void {
  const parameters = sender.getParameters();
  parameters.degradationPreference = "maintain-resolution";
  // Browsers that do not know the wish keep their own way.
  sender.setParameters(parameters).catch(() => undefined);
}
