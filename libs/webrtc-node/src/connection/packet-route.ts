import { setTimeout as sleep } from "node:timers/promises";
import type { Packetizer, RTCRtpTransceiver, RtpPacket } from "werift";
import type { VideoCodec } from "../codec/video-codec.ts";
import { sendGoodbye } from "./goodbye.ts";
import type { Werift } from "./load-werift.ts";
import type { FrameRoute } from "./video-sender.ts";

/** Bytes of a packet's payload: with all headers it stays below what every network carries in one piece. */
const MAX_PAYLOAD_BYTES = 1180;
/** How long after a loss more losses are reckoned with. */
const LOSSY_MS = 2000;
/** Empty packets behind the last frame: each one lets the server's receiver give out one frame that it held back. */
const FLUSH_PACKETS = 10;
const FLUSH_PACKETS_WHEN_LOSSY = 40;
const FLUSH_INTERVAL_MS = 5;
/** Empty packets in front of the first frame: a receiver cannot miss a packet before the first that it has seen. */
const LEADING_PACKETS = 2;
/** Empty packets that are remembered. */
const MAX_FILLERS = 128;

/**
 * Turns frames into packets and sends them.
 *
 * The server's receiver asks for missing packets only when it notices a new one missing, and once: a request that is lost too stops
 * all frames behind it. So while packets get lost, each frame is preceded by an empty packet that is sent a little late: the
 * receiver notices it missing, and asks again for all that are.
 */
export class PacketRoute implements FrameRoute {
  readonly codec: VideoCodec;
  readonly #werift: Werift;
  readonly #transceiver: RTCRtpTransceiver;
  readonly #packetizer: Packetizer;
  readonly #payloadType: number;
  readonly #origin = Math.floor(Math.random() * 2 ** 32);
  /** Numbers of empty packets; that they are missing for a moment is no loss. */
  readonly #fillers = new Set<number>();
  #next = Math.floor(Math.random() * 2 ** 16);
  #lastTimestamp: number | undefined;
  #lossyUntilMs = 0;

  constructor(werift: Werift, transceiver: RTCRtpTransceiver, codec: VideoCodec, payloadType: number) {
    this.codec = codec;
    this.#werift = werift;
    this.#transceiver = transceiver;
    this.#payloadType = payloadType;
    const common = { payloadType, maxPayloadSize: MAX_PAYLOAD_BYTES };
    this.#packetizer =
      codec === "VP8"
        ? new werift.Vp8Packetizer(common)
        : new werift.H264Packetizer({ ...common, inputFormat: "annexb" });
  }

  /** The receiver has asked for packets again. */
  lost(numbers: readonly number[]): void {
    if (numbers.some((number) => !this.#fillers.has(number)))
      this.#lossyUntilMs = performance.now() + LOSSY_MS;
  }

  async send(data: Buffer, ticks: number): Promise<void> {
    const timestamp = (this.#origin + ticks) % 2 ** 32;
    if (this.#lastTimestamp === undefined) await this.#lead(timestamp);
    const filler = this.#isLossy ? this.#makeFiller(timestamp) : undefined;
    const packets = this.#packetizer.packetize(data, timestamp);
    this.#lastTimestamp = timestamp;
    for (const [at, packet] of packets.entries()) {
      packet.header.sequenceNumber = this.#takeNumber();
      await this.#transceiver.sender.sendRtp(packet);
      if (at === 0 && filler !== undefined) await this.#transceiver.sender.sendRtp(filler);
    }
  }

  async flush(signal: AbortSignal): Promise<void> {
    const timestamp = this.#lastTimestamp;
    if (timestamp === undefined) return;
    const count = this.#isLossy ? FLUSH_PACKETS_WHEN_LOSSY : FLUSH_PACKETS;
    for (let sent = 0; sent < count && !signal.aborted; sent += 2) {
      const [first, second] = [this.#makeFiller(timestamp), this.#makeFiller(timestamp)];
      await this.#transceiver.sender.sendRtp(second);
      await this.#transceiver.sender.sendRtp(first);
      await sleep(2 * FLUSH_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #lead(timestamp: number): Promise<void> {
    for (let sent = 0; sent < LEADING_PACKETS; sent++) {
      await this.#transceiver.sender.sendRtp(this.#makeFiller(timestamp));
    }
  }

  goodbye(): Promise<void> {
    return sendGoodbye(this.#transceiver.dtlsTransport, this.#transceiver.sender.ssrc);
  }

  get #isLossy(): boolean {
    return performance.now() < this.#lossyUntilMs;
  }

  #takeNumber(): number {
    const number = this.#next;
    this.#next = (number + 1) & 0xffff;
    return number;
  }

  #makeFiller(timestamp: number): RtpPacket {
    const sequenceNumber = this.#takeNumber();
    this.#fillers.add(sequenceNumber);
    for (const oldest of this.#fillers) {
      if (this.#fillers.size <= MAX_FILLERS) break;
      this.#fillers.delete(oldest);
    }
    const { RtpHeader, RtpPacket } = this.#werift;
    const header = new RtpHeader({
      sequenceNumber,
      timestamp,
      payloadType: this.#payloadType,
      marker: false,
    });
    return new RtpPacket(header, Buffer.alloc(0));
  }
}
