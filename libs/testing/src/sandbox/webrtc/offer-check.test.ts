import { expect, test } from "vitest";
import { checkOffer } from "./offer-check.ts";

const TRANSPORT = ["a=setup:actpass", "a=ice-ufrag:abcd", "a=ice-pwd:secret"];
const SESSION = ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0"];
const DATA = ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", ...TRANSPORT];
const VIDEO = ["m=video 9 UDP/TLS/RTP/SAVPF 97", "a=rtcp-mux", "a=rtpmap:97 VP8/90000", ...TRANSPORT];

const sdp = (...parts: (readonly string[])[]): string => [...SESSION, ...parts.flat(), ""].join("\r\n");
const without = (part: readonly string[], text: string) => part.filter((line) => !line.includes(text));

test.each([
  ["data alone", sdp(DATA), false],
  ["data and video", sdp(VIDEO, DATA), true],
  ["video that is not asked for", sdp(VIDEO, DATA), false],
])("an offer of %s is taken", (_name, offer, sendsVideo) => {
  expect(() => checkOffer(offer, sendsVideo)).not.toThrow();
});

test.each([
  ["that is empty", "", false],
  ["without media", sdp(), false],
  ["without a=setup", sdp(without(DATA, "setup")), false],
  ["without a=ice-ufrag", sdp(without(DATA, "ufrag")), false],
  ["with video that is not muxed", sdp(without(VIDEO, "rtcp-mux"), DATA), true],
  ["without a known codec", sdp(without(VIDEO, "rtpmap"), DATA), true],
  ["without a line for the pictures that are asked for", sdp(DATA), true],
])("an offer %s is refused", (_name, offer, sendsVideo) => {
  expect(() => checkOffer(offer, sendsVideo)).toThrow();
});
