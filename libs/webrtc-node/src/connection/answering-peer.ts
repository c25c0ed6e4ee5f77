import { InvalidParameterError } from "@inference-ts/errors";
import type {
  ConnectionReport,
  Description,
  FrameSender,
  IncomingPicture,
  LiveChannelEvents,
  PeerStats,
  WireIceServer,
} from "@inference-ts/webrtc";
import { loadNodeAv } from "../codec/load-node-av.ts";
import type { FrameRelease } from "../rtp/frame-assembler.ts";
import { type OpenedChannel, WeriftChannel } from "./data-channel.ts";
import { checkDescription } from "./description.ts";
import { GuardedConnection } from "./guarded-connection.ts";
import { loadWerift } from "./load-werift.ts";
import { VideoLine } from "./video-line.ts";

/** What the side that answers an offer is told. */
export interface AnsweringEvents {
  connected(): void;
  /** The other side has opened a channel; what is returned gets its messages. */
  channel(channel: OpenedChannel): LiveChannelEvents;
  /** The next picture of the other side's track; it must be taken or dropped. */
  picture(picture: IncomingPicture): void;
  /** The other side sends no more frames. */
  trackEnded(): void;
  /** The other side has closed the connection, or it is lost. Not called for an own `close()`. */
  closed(reason: "ended" | "failed"): void;
}

/** How an offer is answered. */
export interface AnswerOptions {
  readonly offer: Description;
  readonly events: AnsweringEvents;
  /** Sends frames on the video line of the offer, when it has one that receives. */
  readonly sendsVideo: boolean;
  /** STUN and TURN servers. Default none. */
  readonly iceServers?: readonly WireIceServer[];
  /** When a frame is given out. Default `next-frame`, as the server does it. */
  readonly release?: FrameRelease;
}

/** The side that has answered an offer. */
export interface AnsweringPeer {
  readonly answer: Description;
  /** Undefined without a video line to send on. */
  readonly frames: FrameSender | undefined;
  report(): ConnectionReport;
  stats(): PeerStats;
  /** Tells the other side, then lets everything go. Idempotent, never rejects. */
  close(): Promise<void>;
  /** Lets everything go without a word, as a server that is killed. */
  vanish(): Promise<void>;
}

/**
 * Answers an offer, as the server does it.
 *
 * @throws MissingPeerError when werift is not installed, InvalidParameterError for an offer that cannot be answered.
 */
export async function answerPeer(options: AnswerOptions): Promise<AnsweringPeer> {
  return (await startAnswering(options)).handle;
}

/** An answering side with its connection, for tests that reach into it. */
export async function startAnswering({
  offer,
  events,
  sendsVideo,
  iceServers = [],
  release = "next-frame",
}: AnswerOptions): Promise<{ handle: AnsweringPeer; connection: GuardedConnection }> {
  const werift = await loadWerift();
  if (sendsVideo) await loadNodeAv();
  const connection = new GuardedConnection(werift, iceServers, {
    connected: () => events.connected(),
    failed: () => events.closed("failed"),
    ended: () => events.closed("ended"),
    goodbye: () => events.trackEnded(),
  });
  const { peer } = connection;
  peer.onDataChannel.subscribe((opened) => {
    const late: { events?: LiveChannelEvents } = {};
    const channel = new WeriftChannel(opened, {
      opened: () => late.events?.opened(),
      message: (data) => late.events?.message(data),
      closed: () => late.events?.closed(),
    });
    late.events = events.channel(channel);
    connection.channels.push(channel);
    if (channel.isOpen) channel.opened();
  });
  try {
    checkDescription(offer.sdp);
    await peer.setRemoteDescription({ type: "offer", sdp: offer.sdp });
    const transceiver = peer.getTransceivers().find(({ kind }) => kind === "video");
    if (transceiver !== undefined) {
      transceiver.setDirection(sendsVideo ? "sendrecv" : "recvonly");
      connection.video = new VideoLine(werift, transceiver, {
        isSending: sendsVideo,
        release,
        events: {
          picture: (picture) => events.picture(picture),
          failed: () => events.closed("failed"),
        },
      });
    }
    connection.guardTransports();
    await peer.setLocalDescription(await peer.createAnswer());
  } catch (cause) {
    await connection.close();
    throw new InvalidParameterError("The offer is no session description that can be answered.", { cause });
  }
  const handle: AnsweringPeer = {
    answer: { type: "answer", sdp: peer.localDescription?.sdp ?? "" },
    frames: connection.video?.sender,
    report: () => connection.report(),
    stats: () => connection.stats(),
    close: () => connection.close(),
    vanish: () => connection.close(true),
  };
  return { handle, connection };
}
