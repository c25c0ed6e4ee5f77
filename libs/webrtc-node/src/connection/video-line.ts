import type { PeerStats } from "@inference-ts/webrtc";
import type { MediaStreamTrack, RTCRtpTransceiver, RtcpPacket } from "werift";
import { VIDEO_CODECS, type VideoCodec } from "../codec/video-codec.ts";
import type { FrameRelease } from "../rtp/frame-assembler.ts";
import type { Werift } from "./load-werift.ts";
import { sendNack } from "./nack.ts";
import { PacketRoute } from "./packet-route.ts";
import { VideoReceiver, type VideoReceiverEvents } from "./video-receiver.ts";
import { type FrameRoute, VideoSender } from "./video-sender.ts";

/** What the offer says of each codec, for werift; the order is the order of preference. */
export function videoCodecs(werift: Werift) {
  const make = { VP8: werift.useVP8, H264: werift.useH264 };
  return VIDEO_CODECS.map((codec) => make[codec]());
}

function codecOf(mimeType: string | undefined): VideoCodec | undefined {
  return VIDEO_CODECS.find((codec) => mimeType?.toLowerCase() === `video/${codec.toLowerCase()}`);
}

/** Whether a line only receives or also sends. */
export interface VideoLineOptions {
  readonly isSending: boolean;
  readonly release?: FrameRelease;
  readonly events: Pick<VideoReceiverEvents, "picture" | "failed">;
}

/** The video line of a connection: pictures that come in and, when wanted, frames that go out. */
export class VideoLine {
  readonly sender: VideoSender | undefined;
  readonly #werift: Werift;
  readonly #transceiver: RTCRtpTransceiver;
  readonly #receiver: VideoReceiver;
  readonly #tracks = new WeakSet<MediaStreamTrack>();
  #route: PacketRoute | undefined;
  #setRoute: (route: FrameRoute | undefined) => void = () => undefined;

  constructor(werift: Werift, transceiver: RTCRtpTransceiver, options: VideoLineOptions) {
    this.#werift = werift;
    this.#transceiver = transceiver;
    const requestKeyFrame = (ssrc: number): void => {
      transceiver.receiver.sendRtcpPLI(ssrc).catch(() => undefined);
    };
    const requestPackets = (ssrc: number, sequences: readonly number[]): void => {
      sendNack(transceiver.dtlsTransport, transceiver.sender.ssrc, ssrc, sequences).catch(() => undefined);
    };
    this.#receiver = new VideoReceiver(
      { ...options.events, requestKeyFrame, requestPackets },
      options.release,
    );
    // Tracks that the offer names are there before the line is.
    for (const track of transceiver.receiver.tracks) this.#receive(track);
    transceiver.onTrack.subscribe((track) => this.#receive(track));
    if (!options.isSending) return;
    const route = new Promise<FrameRoute | undefined>((resolve) => {
      this.#setRoute = resolve;
    });
    this.sender = new VideoSender(route);
    // werift gives a request to its sender only when the peer does not send itself.
    transceiver.dtlsTransport.onRtcp.subscribe((packet) => {
      if (this.#asksForKeyFrame(packet)) this.sender?.requestKeyFrame();
      this.#route?.lost(this.#askedAgain(packet));
    });
  }

  /** The answer of the other side leaves no way for frames that are to be sent. */
  get isRefused(): boolean {
    const { currentDirection, sender } = this.#transceiver;
    if (this.sender === undefined) return false;
    return (currentDirection !== "sendrecv" && currentDirection !== "sendonly") || sender.codec === undefined;
  }

  /** Lets frames go, now that the connection is up: before, packets would be thrown away. */
  connected(): void {
    const { sender } = this.#transceiver;
    const codec = codecOf(sender.codec?.mimeType);
    const payloadType = sender.codec?.payloadType;
    if (this.sender === undefined || codec === undefined || payloadType === undefined) {
      this.#setRoute(undefined);
      return;
    }
    this.#route = new PacketRoute(this.#werift, this.#transceiver, codec, payloadType);
    this.#setRoute(this.#route);
  }

  stats(): Omit<PeerStats, "bytesSent" | "bytesReceived" | "roundTripMs"> {
    return {
      framesSent: this.sender?.sent ?? 0,
      framesDropped: this.sender?.dropped ?? 0,
      keyFramesSent: this.sender?.keyFrames ?? 0,
      picturesReceived: this.#receiver.pictures,
      packetsLost: this.#receiver.packetsLost,
      keyFramesRequested: this.#receiver.keyFramesRequested,
    };
  }

  async close(): Promise<void> {
    this.#setRoute(undefined);
    await Promise.allSettled([this.sender?.close(), this.#receiver.close()]);
  }

  #receive(track: MediaStreamTrack): void {
    if (this.#tracks.has(track)) return;
    this.#tracks.add(track);
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      const { sequenceNumber: sequence, timestamp, marker, ssrc, payloadType } = header;
      const negotiated = this.#transceiver.codecs.find((codec) => codec.payloadType === payloadType);
      const codec = codecOf(negotiated?.mimeType);
      if (codec !== undefined) this.#receiver.push(ssrc, codec, { sequence, timestamp, marker, payload });
    });
  }

  /** Numbers of our packets that the peer asks for again. */
  #askedAgain(packet: RtcpPacket): readonly number[] {
    const { RtcpTransportLayerFeedback, GenericNack } = this.#werift;
    if (!(packet instanceof RtcpTransportLayerFeedback)) return [];
    const { feedback } = packet;
    const isOurs =
      feedback instanceof GenericNack && feedback.mediaSourceSsrc === this.#transceiver.sender.ssrc;
    return isOurs ? feedback.lost : [];
  }

  #asksForKeyFrame(packet: RtcpPacket): boolean {
    if (!(packet instanceof this.#werift.RtcpPayloadSpecificFeedback)) return false;
    const { feedback } = packet;
    const { ssrc } = this.#transceiver.sender;
    // Of the two kinds of request, one names the stream in its head and one in a list.
    if ("fir" in feedback) return feedback.fir.some((entry) => entry.ssrc === ssrc);
    return feedback instanceof this.#werift.PictureLossIndication && feedback.mediaSsrc === ssrc;
  }
}
