import type { LiveChannelEvents, LivePeerEvents } from "@inference-ts/webrtc";
import type { AnsweringEvents } from "../connection/answering-peer.ts";

/** A channel whose messages nobody takes. */
export const QUIET_CHANNEL: LiveChannelEvents = { opened() {}, message() {}, closed() {} };

/** The offering side of a connection that nobody follows. */
export const QUIET_OFFER: LivePeerEvents = {
  connected() {},
  failed() {},
  picture: (picture) => picture.drop(),
  trackEnded() {},
  sourceEnded() {},
};

/** The answering side of a connection that nobody follows. */
export const QUIET_ANSWER: AnsweringEvents = {
  connected() {},
  channel: () => QUIET_CHANNEL,
  picture: (picture) => picture.drop(),
  trackEnded() {},
  closed() {},
};
