import { answerPeer } from "@inference-ts/webrtc-node";
import { checkOffer } from "./offer-check.ts";
import type { AnswerOffer } from "./worker-peer.ts";

/** Answers an offer as the server does: pictures go out on the line that the offer has for them. */
export const answerOffer: AnswerOffer = async (offer, { sendsVideo, events }) => {
  checkOffer(offer.sdp, sendsVideo);
  const peer = await answerPeer({
    offer,
    sendsVideo,
    events: {
      connected: () => events.connected(),
      channel: (channel) => ({
        opened: () => events.channelOpened(channel.label, channel),
        message: (message) => events.message(channel.label, message),
        closed: () => {},
      }),
      picture: (picture) => events.picture(picture),
      trackEnded: () => events.trackEnded(),
      closed: () => events.closed(),
    },
  });
  return {
    answer: peer.answer,
    sender: peer.frames ?? null,
    close: () => peer.close(),
    vanish: () => peer.vanish(),
  };
};
