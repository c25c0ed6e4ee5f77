import type { Fragment } from "./depacketizer.ts";

/**
 * Reads a VP8 payload: a descriptor of 1 to 6 bytes, then a piece of the frame.
 * Source: RFC 7741, sections 4.2 and 4.3.
 */
export function readVp8Payload(payload: Uint8Array): Fragment | undefined {
  const first = payload[0];
  if (first === undefined) return undefined;
  const length = descriptorLength(first, payload);
  const data = payload.subarray(length);
  const head = data[0];
  if (head === undefined) return undefined;
  const startsFrame = (first & 0x10) !== 0 && (first & 0x07) === 0;
  // The lowest bit of a frame's first byte is 0 for a key frame.
  return { parts: [data], startsFrame, continues: !startsFrame, isKey: startsFrame && (head & 1) === 0 };
}

function descriptorLength(first: number, payload: Uint8Array): number {
  if ((first & 0x80) === 0) return 1;
  const extensions = payload[1] ?? 0;
  let length = 2;
  if ((extensions & 0x80) !== 0) length += ((payload[length] ?? 0) & 0x80) === 0 ? 1 : 2;
  if ((extensions & 0x40) !== 0) length += 1;
  if ((extensions & 0x30) !== 0) length += 1;
  return length;
}
