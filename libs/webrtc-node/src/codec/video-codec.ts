/** Codecs that both ends of a session know. */
export type VideoCodec = "VP8" | "H264";

/** Codecs in the order in which they are offered: pictures of VP8 survive losses better with the server's receiver. */
export const VIDEO_CODECS: readonly VideoCodec[] = ["VP8", "H264"];
