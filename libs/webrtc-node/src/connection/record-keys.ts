import { createSecretKey } from "node:crypto";
import type { RTCDtlsTransport } from "werift";

const RECORD_KEYS = ["clientWriteKey", "serverWriteKey"] as const;

/**
 * Turns the keys of the records into key objects, once. werift makes a cipher for every record, and Node looks for 20 µs at a key that
 * is given to one as bytes: a third of the time of an upload. To be called once the handshake is over.
 */
export function prepareRecordKeys({ dtls }: RTCDtlsTransport): void {
  const cipher = dtls?.cipher.cipher;
  if (cipher === undefined) return;
  for (const name of RECORD_KEYS) {
    const key = cipher[name];
    // Node takes both alike; werift's types name only one.
    if (Buffer.isBuffer(key)) Reflect.set(cipher, name, createSecretKey(key));
  }
}
