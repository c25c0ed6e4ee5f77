import type { Fragment } from "./depacketizer.ts";

const IDR_SLICE = 5;
const SPS = 7;
const ACCESS_UNIT_DELIMITER = 9;
const STAP_A = 24;
const FU_A = 28;
const START_CODE = Uint8Array.of(0, 0, 0, 1);

/**
 * Reads an H.264 payload of packetization mode 0 or 1 into NAL units with start codes (Annex B).
 * Source: RFC 6184, sections 5.6, 5.7.1 and 5.8.
 */
export function readH264Payload(payload: Uint8Array): Fragment | undefined {
  const header = payload[0];
  if (header === undefined) return undefined;
  const type = header & 0x1f;
  if (type === STAP_A) return readAggregate(payload);
  if (type === FU_A) return readPiece(header, payload);
  if (type === 0 || type > STAP_A) return undefined;
  return { parts: [START_CODE, payload], continues: false, ...unitFacts(type) };
}

function unitFacts(type: number): Pick<Fragment, "startsFrame" | "isKey"> {
  // Parameters stand in front of key frames only.
  return {
    startsFrame: type === SPS || type === ACCESS_UNIT_DELIMITER,
    isKey: type === IDR_SLICE || type === SPS,
  };
}

/** Several whole NAL units, each behind its length. */
function readAggregate(payload: Uint8Array): Fragment | undefined {
  const parts: Uint8Array[] = [];
  let startsFrame = false;
  let isKey = false;
  for (let at = 1; at < payload.length; ) {
    const length = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0);
    const unit = payload.subarray(at + 2, at + 2 + length);
    const header = unit[0];
    if (header === undefined || unit.length < length) return undefined;
    const facts = unitFacts(header & 0x1f);
    startsFrame ||= parts.length === 0 && facts.startsFrame;
    isKey ||= facts.isKey;
    parts.push(START_CODE, unit);
    at += 2 + length;
  }
  return parts.length === 0 ? undefined : { parts, startsFrame, continues: false, isKey };
}

/** A piece of one NAL unit; its header stands in the first piece, split over two bytes. */
function readPiece(indicator: number, payload: Uint8Array): Fragment | undefined {
  const header = payload[1];
  const data = payload.subarray(2);
  if (header === undefined || data.length === 0) return undefined;
  const type = header & 0x1f;
  const isKey = type === IDR_SLICE;
  if ((header & 0x80) === 0) return { parts: [data], startsFrame: false, continues: true, isKey };
  const unitHeader = Uint8Array.of((indicator & 0xe0) | type);
  return { parts: [START_CODE, unitHeader, data], continues: false, ...unitFacts(type) };
}
