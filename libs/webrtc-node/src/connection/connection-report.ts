import type { ConnectionReport, PeerStats } from "@inference-ts/webrtc";
import type { RTCPeerConnection } from "werift";

function countTypes(candidates: readonly { readonly type: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of candidates) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** What happened on a connection so far. */
export function reportConnection(peer: RTCPeerConnection, notes: readonly string[]): ConnectionReport {
  const transport = peer.dtlsTransports[0];
  const connection = transport?.iceTransport.connection;
  return {
    connectionState: peer.connectionState,
    iceState: transport?.iceTransport.state ?? "new",
    dtlsState: transport?.state ?? "new",
    localCandidates: countTypes(connection?.localCandidates ?? []),
    remoteCandidates: countTypes(connection?.remoteCandidates ?? []),
    notes: [...notes],
  };
}

/** Bytes that were sent, and the round trip of the pair of addresses in use, in ms; null when not measured. */
export function countTransport(peer: RTCPeerConnection): Pick<PeerStats, "bytesSent" | "roundTripMs"> {
  const connection = peer.dtlsTransports[0]?.iceTransport.connection;
  const seconds = connection?.nominated?.rtt;
  return {
    bytesSent: (connection?.candidatePairs ?? []).reduce((sum, pair) => sum + pair.bytesSent, 0),
    roundTripMs: seconds === undefined ? null : Math.round(seconds * 1_000_000) / 1000,
  };
}
