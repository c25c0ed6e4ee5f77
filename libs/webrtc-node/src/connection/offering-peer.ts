import {
  AbortedError,
  ClosedError,
  InvalidParameterError,
  InvalidResponseError,
  isInferenceError,
} from "@inference-ts/errors";
import type {
  ConnectionReport,
  Description,
  FrameSender,
  LiveChannel,
  LiveChannelEvents,
  LivePeer,
  LivePeerFactory,
  LivePeerOptions,
  PeerStats,
} from "@inference-ts/webrtc";
import { loadNodeAv } from "../codec/load-node-av.ts";
import { answeringTurn } from "./answering-turn.ts";
import { WeriftChannel } from "./data-channel.ts";
import { checkDescription, countLines } from "./description.ts";
import { GuardedConnection } from "./guarded-connection.ts";
import { loadWerift, type Werift } from "./load-werift.ts";
import { VideoLine } from "./video-line.ts";

/** The side that makes the offer: a session's. */
export class OfferingPeer implements LivePeer {
  readonly connection: GuardedConnection;
  readonly #events: LivePeerOptions["events"];

  constructor(werift: Werift, { iceServers, events }: LivePeerOptions) {
    this.#events = events;
    this.connection = new GuardedConnection(werift, iceServers, {
      connected: () => events.connected(),
      failed: (report) => events.failed(report),
      ended: () => events.trackEnded(),
      goodbye: () => events.trackEnded(),
    });
  }

  openChannel(label: string, events: LiveChannelEvents): LiveChannel {
    this.#refuseWhenClosed();
    const channel = new WeriftChannel(this.connection.peer.createDataChannel(label), events);
    this.connection.channels.push(channel);
    return channel;
  }

  receiveVideo(): void {
    this.#addVideo(false);
  }

  sendFrames(): FrameSender {
    const { sender } = this.#addVideo(true);
    if (sender === undefined) throw new ClosedError("The video line sends no frames.");
    return sender;
  }

  sendTrack(): void {
    throw new InvalidParameterError(
      "A MediaStreamTrack can be sent from a browser only; in Node send frames, a file, a webcam or a stream.",
    );
  }

  async createOffer(signal: AbortSignal): Promise<Description> {
    this.#refuseWhenClosed();
    throwIfAborted(signal);
    // A missing node-av is told before anything is started on the server.
    if (this.connection.video?.sender !== undefined) await loadNodeAv();
    this.connection.guardTransports();
    const { peer } = this.connection;
    await untilAborted(this.#gather(), signal);
    this.#refuseWhenClosed();
    this.connection.noteServers();
    const sdp = peer.localDescription?.sdp;
    if (sdp === undefined) throw new ClosedError("The peer connection made no offer.");
    return { type: "offer", sdp };
  }

  async acceptAnswer({ sdp }: Description): Promise<void> {
    this.#refuseWhenClosed();
    const { peer } = this.connection;
    try {
      checkDescription(sdp, countLines(peer.localDescription?.sdp ?? ""));
      await peer.setRemoteDescription({ type: "answer", sdp });
    } catch (cause) {
      if (this.connection.isClosing) this.#refuseWhenClosed();
      throw new InvalidResponseError(
        "The server's answer to the offer of live video is no session description that fits it.",
        { cause, path: "sdp" },
      );
    }
    if (this.connection.video?.isRefused === true) {
      throw new InvalidResponseError("The server's answer takes no video, so no frame could be sent to it.", {
        path: "sdp",
      });
    }
  }

  report(): ConnectionReport {
    return this.connection.report();
  }

  stats(): PeerStats {
    return this.connection.stats();
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  async #gather(): Promise<void> {
    const { peer } = this.connection;
    await peer.setLocalDescription(await peer.createOffer());
  }

  #addVideo(isSending: boolean): VideoLine {
    this.#refuseWhenClosed();
    if (this.connection.video !== undefined) {
      throw new InvalidParameterError("A session has one video line; a second one was asked for.");
    }
    const { werift, peer } = this.connection;
    const transceiver = isSending
      ? peer.addTransceiver(new werift.MediaStreamTrack({ kind: "video" }), { direction: "sendrecv" })
      : peer.addTransceiver("video", { direction: "recvonly" });
    const line = new VideoLine(werift, transceiver, {
      isSending,
      events: {
        picture: (picture) => this.#events.picture(picture),
        failed: (error) => {
          const why = isInferenceError(error) ? error.message : String(error);
          this.connection.note(`pictures came and could not be decoded: ${why}`);
          this.connection.fail();
        },
      },
    });
    this.connection.video = line;
    return line;
  }

  #refuseWhenClosed(): void {
    if (this.connection.isClosing) throw new ClosedError("The peer connection is closed.");
  }
}

/**
 * Opens a peer connection of Node, with werift; pictures are encoded and decoded with node-av.
 *
 * @throws MissingPeerError when werift is not installed.
 */
export const openWeriftPeer: LivePeerFactory = Object.assign(
  async (options: LivePeerOptions): Promise<LivePeer> => new OfferingPeer(await loadWerift(), options),
  { answeringTurn },
);

function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new AbortedError("The start of the live video was aborted.", { cause: signal.reason });
}

/** Settles with `work`, or rejects as soon as the signal is aborted. */
async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener("abort", stop);
    work.catch(() => undefined);
  }
  throwIfAborted(signal);
}
