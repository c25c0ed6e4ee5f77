/** Version 2 and the format "generic NACK", then the packet type "transport layer feedback". */
const HEAD = [0x81, 205];
/** Further packets that one entry can name beside its own. */
const MASK_BITS = 16;

/**
 * A request to send packets again: each entry names one number and, as bits, those of the 16 after it that are missing too.
 * Source: RFC 4585, section 6.2.1.
 *
 * @param sequences - Numbers of 16 bits in the order of the stream.
 */
export function writeNack(senderSsrc: number, mediaSsrc: number, sequences: readonly number[]): Uint8Array {
  const entries: { readonly first: number; mask: number }[] = [];
  for (const sequence of sequences) {
    const last = entries.at(-1);
    // Negative over the end of 16 bits, where some peers count on instead of beginning anew.
    const offset = last === undefined ? -1 : sequence - last.first - 1;
    if (last !== undefined && offset >= 0 && offset < MASK_BITS) last.mask |= 1 << offset;
    else entries.push({ first: sequence, mask: 0 });
  }
  const packet = new Uint8Array(12 + entries.length * 4);
  const view = new DataView(packet.buffer);
  packet.set(HEAD);
  view.setUint16(2, packet.length / 4 - 1);
  view.setUint32(4, senderSsrc);
  view.setUint32(8, mediaSsrc);
  for (const [at, { first, mask }] of entries.entries()) {
    view.setUint16(12 + at * 4, first);
    view.setUint16(14 + at * 4, mask);
  }
  return packet;
}
