import type { RTCDtlsTransport } from "werift";

/** Content type of an alert, its level "warning" and its description "close_notify" (RFC 5246, section 7.2). */
const ALERT = 21;
const CLOSE_NOTIFY = Buffer.of(1, 0);
/** A lost record is not sent again, so it is sent twice. */
const COPIES = 2;
/** A relay that has gone must not hold up the end. */
const MAX_WAIT_MS = 300;

/**
 * Tells the peer that the connection ends. werift has no call for it, and the server would hold the session, and go on
 * counting its time, for half a minute more.
 */
export async function sendCloseNotify(transport: RTCDtlsTransport): Promise<void> {
  const { dtls, state } = transport;
  if (dtls === undefined || state !== "connected") return;
  const { cipher } = dtls;
  const encrypt = cipher.encryptPacket;
  const sending: Promise<void>[] = [];
  cipher.encryptPacket = (packet) => {
    packet.recordLayerHeader.contentType = ALERT;
    return encrypt.call(cipher, packet);
  };
  try {
    // Encrypts before it returns.
    for (let copy = 0; copy < COPIES; copy++) sending.push(dtls.send(CLOSE_NOTIFY));
  } finally {
    cipher.encryptPacket = encrypt;
  }
  await withinMs(Promise.allSettled(sending), MAX_WAIT_MS);
}

/** Waits for `work`, but no longer than `ms`. */
export async function withinMs(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
