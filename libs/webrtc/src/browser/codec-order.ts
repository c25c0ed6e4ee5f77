/** The codecs that workers speak, the one that gets over losses best first. */
const PREFERRED = ["video/vp8", "video/h264"];

interface Codec {
  readonly mimeType: string;
}

/** VP8 first, then H264, then all else in the browser's order. */
export function workerCodecsFirst<Kind extends Codec>(codecs: readonly Kind[]): Kind[] {
  const rank = ({ mimeType }: Codec): number => {
    const at = PREFERRED.indexOf(mimeType.toLowerCase());
    return at < 0 ? PREFERRED.length : at;
  };
  return codecs.toSorted((one, other) => rank(one) - rank(other));
}

/** Puts the codecs of workers in front of the offer, where the browser lets us. */
export function preferWorkerCodecs(transceiver: RTCRtpTransceiver): void {
  if (!("setCodecPreferences" in transceiver) || !("RTCRtpReceiver" in globalThis)) return;
  const codecs = RTCRtpReceiver.getCapabilities("video")?.codecs;
  if (codecs !== undefined) transceiver.setCodecPreferences(workerCodecsFirst(codecs));
}
