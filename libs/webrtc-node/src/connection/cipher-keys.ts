import { createSecretKey } from "node:crypto";
import type { RTCDtlsTransport } from "werift";

/** Where werift keeps the keys of DTLS records, of media packets, and of reports about them. */
const KEYS = [
  "clientWriteKey",
  "serverWriteKey",
  "srtpSessionKey",
  "srtcpSessionKey",
  "srtpSessionAuthTag",
  "srtcpSessionAuthTag",
] as const;

/**
 * Turns the keys of a connection into key objects, once. werift makes a cipher for every packet, and Node looks for 20 µs at a key that
 * is given to one as bytes: a third of the time of an upload. To be called once the handshake is over.
 */
export function prepareCipherKeys({ dtls, srtp, srtcp }: RTCDtlsTransport): void {
  // A connection without media has no sessions for it, whatever werift's types say.
  const media = [srtp, srtcp].flatMap((session) => [
    session?.localContext?.cipher,
    session?.remoteContext?.cipher,
  ]);
  for (const cipher of [dtls?.cipher.cipher, ...media]) {
    if (cipher === undefined) continue;
    for (const name of KEYS) {
      const key: unknown = Reflect.get(cipher, name);
      if (Buffer.isBuffer(key)) Reflect.set(cipher, name, createSecretKey(key));
    }
  }
}
