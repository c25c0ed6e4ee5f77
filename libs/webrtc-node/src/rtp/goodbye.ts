/** Packet type of a BYE (RFC 3550, section 6.6). */
const BYE = 203;

/** A BYE of one stream: no further packet of it comes. */
export function writeGoodbye(ssrc: number): Uint8Array {
  const packet = new Uint8Array(8);
  const view = new DataView(packet.buffer);
  // Version 2, one source, one word after the first.
  view.setUint8(0, 0x81);
  view.setUint8(1, BYE);
  view.setUint16(2, 1);
  view.setUint32(4, ssrc);
  return packet;
}

/** Whether one of the packets in a compound one is a BYE. */
export function holdsGoodbye(compound: Uint8Array): boolean {
  const view = new DataView(compound.buffer, compound.byteOffset, compound.byteLength);
  for (let at = 0; at + 4 <= compound.length; at += (view.getUint16(at + 2) + 1) * 4) {
    if (compound[at + 1] === BYE) return true;
  }
  return false;
}
