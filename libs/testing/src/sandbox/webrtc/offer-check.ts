/** What every part of an offer needs for aiortc to read it, and what a part with video needs besides. */
const NEEDED = [/^a=setup:/m, /^a=ice-ufrag:/m];
const NEEDED_BY_VIDEO = [/^a=rtcp-mux/m, /^a=rtpmap:\d+ (VP8|H264)\//m];

/** Throws for offers that the server's peer cannot answer; werift would take them. */
export function checkOffer(sdp: string, sendsVideo: boolean): void {
  const [session = "", ...parts] = sdp.split(/^(?=m=)/m);
  if (parts.length === 0) throw new Error("The offer has no media.");
  for (const part of parts) {
    const needed = part.startsWith("m=video") ? [...NEEDED, ...NEEDED_BY_VIDEO] : NEEDED;
    const missing = needed.find((line) => !line.test(part) && !line.test(session));
    if (missing !== undefined) throw new Error(`The offer lacks ${missing.source}.`);
  }
  if (sendsVideo && !parts.some((part) => part.startsWith("m=video"))) {
    throw new Error("Pictures are asked for, and the offer has no line for video.");
  }
}
