import type { RTCDataChannel, RTCPeerConnection } from "werift";
import { checkOffer } from "./offer-check.ts";
import type { AnswerOffer, WorkerPeerEvents } from "./worker-peer.ts";

/** Answers an offer with werift: data channels alone. */
export const answerOffer: AnswerOffer = async (offer, { sendsVideo, events }) => {
  checkOffer(offer.sdp, sendsVideo);
  if (sendsVideo) throw new Error("This worker sends no pictures.");
  const { RTCPeerConnection } = await import("werift");
  const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
  peer.onDataChannel.subscribe((channel) => listen(channel, events));
  peer.connectionStateChange.subscribe((state) => {
    if (state === "failed" || state === "closed") events.closed();
  });
  const close = () => peer.close().catch(() => {});
  try {
    await peer.setRemoteDescription(offer);
    withoutStun(peer);
    await peer.setLocalDescription(await peer.createAnswer());
  } catch (error) {
    await close();
    throw error;
  }
  return {
    answer: { type: "answer", sdp: peer.localDescription?.sdp ?? "" },
    sender: null,
    close,
    vanish: close,
  };
};

/** An empty list of servers still asks a public one for our address. */
function withoutStun(peer: RTCPeerConnection): void {
  for (const transport of peer.iceTransports) Reflect.set(transport.connection, "stunServer", undefined);
}

function listen(channel: RTCDataChannel, events: WorkerPeerEvents): void {
  events.channelOpened(channel.label, {
    get isOpen() {
      return channel.readyState === "open";
    },
    get bufferedBytes() {
      return channel.bufferedAmount;
    },
    send: (message) => channel.send(typeof message === "string" ? message : Buffer.from(message)),
  });
  channel.onMessage.subscribe((message) => events.message(channel.label, message));
  channel.stateChanged.subscribe((state) => {
    if (state === "closed") events.closed();
  });
}
