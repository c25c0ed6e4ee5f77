import type { ConnectionReport } from "@inference-ts/webrtc";
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

/** Bytes of a connection and its round trip. */
export interface TransportCounts {
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** In ms; null when not measured. */
  readonly roundTripMs: number | null;
}

/** Bytes and round trip of the pair of addresses in use. */
export function countTransport(peer: RTCPeerConnection): TransportCounts {
  const pair = peer.dtlsTransports[0]?.iceTransport.connection.nominated;
  const seconds = pair?.rtt;
  return {
    bytesSent: pair?.bytesSent ?? 0,
    bytesReceived: pair?.bytesReceived ?? 0,
    roundTripMs: seconds === undefined ? null : Math.round(seconds * 1_000_000) / 1000,
  };
}
