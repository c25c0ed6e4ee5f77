import type { RTCDtlsTransport } from "werift";
import type { Werift } from "./load-werift.ts";

/** Above the number of every step of a handshake (RFC 6347, section 4.2.4). */
const PAST_ALL_FLIGHTS = 99;

/** Ends a handshake that is under way: werift would go on sending for half a minute, and hold the process as long. */
export function stopHandshake(werift: Werift, { dtls }: RTCDtlsTransport): void {
  if (dtls === undefined) return;
  // A step that is being worked out would set it back.
  Object.defineProperty(dtls.dtls, "flight", { get: () => PAST_ALL_FLIGHTS, set: () => undefined });
  // A client begins a moment after it was told to.
  if (dtls instanceof werift.DtlsClient) dtls.connect = () => Promise.resolve();
}
