import type { RTCDtlsTransport } from "werift";
import { holdsGoodbye, writeGoodbye } from "../rtp/goodbye.ts";

/** Says that no further frame of a track comes; the server then finishes the work on those it has. */
export async function sendGoodbye(transport: RTCDtlsTransport, ssrc: number): Promise<void> {
  if (transport.state !== "connected") return;
  await transport.iceTransport.connection.send(transport.srtcp.encrypt(Buffer.from(writeGoodbye(ssrc))));
}

/** Calls `onGoodbye` when the peer says that no further frame comes; werift leaves such packets out. Call it once connected. */
export function watchGoodbye({ srtcp }: RTCDtlsTransport, onGoodbye: () => void): void {
  const { decrypt } = srtcp;
  srtcp.decrypt = (data) => {
    const plain = decrypt(data);
    if (holdsGoodbye(plain)) onGoodbye();
    return plain;
  };
}
