import type { RTCDtlsTransport } from "werift";

/** Records of one flight, with room for those that are sent again. */
const MAX_HELD = 32;

/** First byte of a DTLS record (RFC 7983). */
const isDtls = ([first = 0]: Uint8Array) => first >= 20 && first <= 63;

/**
 * Keeps the first DTLS records of a peer that speaks before this side listens, and gives them to it once it does. Without it they are
 * lost, and the peer sends them again only after a second.
 *
 * @param onReplayed - Called with their number when there were any.
 */
export function holdFirstFlight(transport: RTCDtlsTransport, onReplayed: (records: number) => void): void {
  const { connection } = transport.iceTransport;
  const held: Buffer[] = [];
  const holding = connection.onData.subscribe((data) => {
    if (isDtls(data) && held.length < MAX_HELD) held.push(data);
  });
  const watching = transport.onStateChange.subscribe((state) => {
    // Holding must end before the listener exists: a record that gets both ways breaks the handshake now and then.
    holding.unSubscribe();
    watching.unSubscribe();
    if (state !== "connecting" || held.length === 0) return;
    queueMicrotask(() => {
      onReplayed(held.length);
      for (const record of held) connection.onData.execute(record);
    });
  });
}
