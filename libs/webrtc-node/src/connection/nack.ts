import type { RTCDtlsTransport } from "werift";
import { writeNack } from "../rtp/nack.ts";

/** Asks for packets of a stream once more. */
export async function sendNack(
  transport: RTCDtlsTransport,
  senderSsrc: number,
  mediaSsrc: number,
  sequences: readonly number[],
): Promise<void> {
  if (transport.state !== "connected") return;
  const packet = Buffer.from(writeNack(senderSsrc, mediaSsrc, sequences));
  await transport.iceTransport.connection.send(transport.srtcp.encrypt(packet));
}
