import type { ConnectionReport, PeerStats, WireIceServer } from "@inference-ts/webrtc";
import type { RTCDtlsTransport, RTCPeerConnection } from "werift";
import { prepareCipherKeys } from "./cipher-keys.ts";
import { sendCloseNotify, withinMs } from "./close-notify.ts";
import { countTransport, reportConnection } from "./connection-report.ts";
import type { WeriftChannel } from "./data-channel.ts";
import { holdFirstFlight } from "./first-flight.ts";
import { watchGoodbye } from "./goodbye.ts";
import type { Werift } from "./load-werift.ts";
import { stopHandshake } from "./stop-handshake.ts";
import { type VideoLine, videoCodecs } from "./video-line.ts";

/** Seconds to wait for a STUN server that does not answer. */
const STUN_WAIT_SECONDS = 2;
/** Seconds to wait for the connection to a TURN server over TCP or TLS. */
const TURN_WAIT_SECONDS = 4;
/** Largest message that is announced: chunks of the server have 49,164 bytes, and a longer one breaks the whole connection. */
const MAX_MESSAGE_BYTES = 262_144;
/** werift closes its sockets within milliseconds; a relay that has gone must not hold up the end. */
const MAX_CLOSE_MS = 2000;

const NO_VIDEO = {
  framesSent: 0,
  framesDropped: 0,
  keyFramesSent: 0,
  picturesReceived: 0,
  packetsLost: 0,
  keyFramesRequested: 0,
};

/** What a connection tells, whichever side made the offer. */
export interface GuardedEvents {
  connected(): void;
  /** Lost, or never made. */
  failed(report: ConnectionReport): void;
  /** The peer ended it in order. */
  ended(): void;
  /** The peer sends no more frames. */
  goodbye(): void;
}

/** A peer connection of werift with what it lacks: each guard answers to a fault that was measured. */
export class GuardedConnection {
  readonly peer: RTCPeerConnection;
  readonly werift: Werift;
  readonly channels: WeriftChannel[] = [];
  video: VideoLine | undefined;
  readonly #events: GuardedEvents;
  readonly #notes: string[] = [];
  readonly #watched = new WeakSet<RTCDtlsTransport>();
  readonly #servers: readonly string[];
  #bytesReceived = 0;
  #isConnected = false;
  /** The end was told. */
  #isOver = false;
  #closing: Promise<void> | undefined;

  constructor(werift: Werift, iceServers: readonly WireIceServer[], events: GuardedEvents) {
    this.werift = werift;
    this.#events = events;
    this.#servers = iceServers.flatMap(({ urls }) => urls);
    this.peer = new werift.RTCPeerConnection({
      iceServers: iceServers.map((server) => ({ ...server })),
      codecs: { video: videoCodecs(werift) },
      bundlePolicy: "max-bundle",
      iceStunGatherTimeout: STUN_WAIT_SECONDS,
      iceTurnConnectTimeout: TURN_WAIT_SECONDS,
      maxMessageSize: MAX_MESSAGE_BYTES,
    });
    this.peer.connectionStateChange.subscribe((state) => {
      if (state === "failed") this.fail();
    });
  }

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
  }

  /** Puts the guards on transports that exist by now; to be called before candidates are gathered. */
  guardTransports(): void {
    for (const transport of this.peer.dtlsTransports) {
      if (this.#watched.has(transport)) continue;
      this.#watched.add(transport);
      // Without a server, werift would ask one of a public default.
      if (this.#servers.length === 0) delete transport.iceTransport.connection.stunServer;
      try {
        holdFirstFlight(transport, (records) => this.note(`${records} early DTLS records were replayed`));
      } catch {
        // The handshake takes a second longer then.
        this.note("early DTLS records could not be kept");
      }
      // werift counts what it sends, but only some of what comes in.
      transport.iceTransport.connection.onData.subscribe((data) => {
        this.#bytesReceived += data.length;
      });
      transport.onStateChange.subscribe((state) => this.#dtlsChanged(transport, state));
    }
  }

  /** Notes which servers gave no address; to be called once candidates are gathered. */
  noteServers(): void {
    const { localCandidates } = this.report();
    const asked = (scheme: string) => this.#servers.some((url) => url.toLowerCase().startsWith(scheme));
    if (asked("turn") && localCandidates.relay === undefined)
      this.note("the TURN server gave no relay address");
    if (asked("stun") && localCandidates.srflx === undefined) this.note("the STUN server told no address");
  }

  /** Tells the loss of the connection, once. */
  fail(): void {
    if (this.#isOver || this.isClosing) return;
    this.#isOver = true;
    this.#events.failed(this.report());
  }

  report(): ConnectionReport {
    return reportConnection(this.peer, this.#notes);
  }

  stats(): PeerStats {
    return {
      ...(this.video?.stats() ?? NO_VIDEO),
      ...countTransport(this.peer),
      bytesReceived: this.#bytesReceived,
    };
  }

  /** @param isSilent - The peer is not told, as when this process were killed. */
  close(isSilent = false): Promise<void> {
    this.#closing ??= this.#close(isSilent);
    return this.#closing;
  }

  #dtlsChanged(transport: RTCDtlsTransport, state: RTCDtlsTransport["state"]): void {
    if (this.isClosing) return;
    if (state === "connected") this.#connected(transport);
    if (state === "failed") this.fail();
    if (state === "closed") this.#endedByPeer();
  }

  #connected(transport: RTCDtlsTransport): void {
    this.#isConnected = true;
    prepareCipherKeys(transport);
    try {
      watchGoodbye(transport, () => {
        if (!this.isClosing) this.#events.goodbye();
      });
    } catch {
      this.note("the end of the peer's track could not be watched");
    }
    this.video?.connected();
    this.#events.connected();
  }

  #endedByPeer(): void {
    if (!this.#isConnected) {
      this.note("the peer ended the handshake");
      this.fail();
      return;
    }
    if (this.#isOver) return;
    this.#isOver = true;
    for (const channel of this.channels) channel.closed();
    this.#events.ended();
  }

  async #close(isSilent: boolean): Promise<void> {
    // The peer learns it first: everything else can wait.
    for (const transport of this.peer.dtlsTransports) {
      if (isSilent) transport.iceTransport.connection.send = () => Promise.resolve();
      else await sendCloseNotify(transport).catch(() => undefined);
      stopHandshake(this.werift, transport);
    }
    const video = this.video?.close();
    await withinMs(
      this.peer.close().catch(() => undefined),
      MAX_CLOSE_MS,
    );
    for (const channel of this.channels) channel.closed();
    await video;
  }
}
