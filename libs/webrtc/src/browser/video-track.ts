/** A video track of a browser. */
export function isVideoTrack(value: unknown): value is MediaStreamTrack {
  return "MediaStreamTrack" in globalThis && value instanceof MediaStreamTrack && value.kind === "video";
}
