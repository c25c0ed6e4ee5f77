import type { PeerStats } from "../peer/live-peer.ts";

type Entry = Readonly<Record<string, unknown>>;

/** The counters of a browser's `getStats`; what it does not count is 0. `picturesReceived` and `framesDropped` are our own counts. */
export function readStats(
  report: { forEach(visit: (entry: Entry) => void): void },
  own: Pick<PeerStats, "picturesReceived" | "framesDropped">,
): PeerStats {
  const entries: Entry[] = [];
  report.forEach((entry) => void entries.push(entry));
  const ofType = (type: string): readonly Entry[] => entries.filter((entry) => entry.type === type);
  const sum = (type: string, field: string): number =>
    ofType(type).reduce((total, entry) => total + (numberIn(entry, field) ?? 0), 0);
  const chosen = new Set(ofType("transport").map(({ selectedCandidatePairId }) => selectedCandidatePairId));
  const pairs = ofType("candidate-pair").filter(
    ({ id, nominated, selected }) => chosen.has(id) || nominated === true || selected === true,
  );
  const seconds = pairs
    .map((pair) => numberIn(pair, "currentRoundTripTime"))
    .find((time) => time !== undefined);
  // Firefox has no entry for the transport; its candidate pairs count bytes.
  const bytes = (field: string): number => {
    const ofTransport = sum("transport", field);
    return ofTransport > 0
      ? ofTransport
      : pairs.reduce((total, pair) => total + (numberIn(pair, field) ?? 0), 0);
  };
  return {
    ...own,
    framesSent: sum("outbound-rtp", "framesSent"),
    packetsLost: sum("inbound-rtp", "packetsLost"),
    keyFramesRequested: sum("inbound-rtp", "pliCount") + sum("inbound-rtp", "firCount"),
    keyFramesSent: sum("outbound-rtp", "keyFramesEncoded"),
    bytesSent: bytes("bytesSent"),
    bytesReceived: bytes("bytesReceived"),
    roundTripMs: seconds === undefined ? null : seconds * 1000,
  };
}

function numberIn(entry: Entry, field: string): number | undefined {
  const value = entry[field];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
