import type { RTCDtlsTransport } from "werift";

/** Packet type of a BYE (RFC 3550, section 6.6). */
const BYE = 203;

/** Says that no further frame of a track comes; the server then finishes the work on those it has. */
export async function sendGoodbye(transport: RTCDtlsTransport, ssrc: number): Promise<void> {
  if (transport.state !== "connected") return;
  const packet = Buffer.alloc(8);
  // Version 2, one source, one word after the first.
  packet.writeUInt8(0x81, 0);
  packet.writeUInt8(BYE, 1);
  packet.writeUInt16BE(1, 2);
  packet.writeUInt32BE(ssrc, 4);
  await transport.iceTransport.connection.send(transport.srtcp.encrypt(packet));
}

/** Calls `onGoodbye` when the peer says that no further frame comes; werift leaves such packets out. Call it once connected. */
export function watchGoodbye({ srtcp }: RTCDtlsTransport, onGoodbye: () => void): void {
  const { decrypt } = srtcp;
  srtcp.decrypt = (data) => {
    const plain = decrypt(data);
    if (holdsGoodbye(plain)) onGoodbye();
    return plain;
  };
}

/** Whether one of the packets in a compound one is a BYE. */
export function holdsGoodbye(compound: Buffer): boolean {
  for (let at = 0; at + 4 <= compound.length; at += (compound.readUInt16BE(at + 2) + 1) * 4) {
    if (compound[at + 1] === BYE) return true;
  }
  return false;
}
