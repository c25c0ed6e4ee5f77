/** Live video in Node: the peer connection, its pictures, and the sources that frames come from. */
export {
  type AnsweringEvents,
  type AnsweringPeer,
  type AnswerOptions,
  answerPeer,
} from "./connection/answering-peer.ts";
export type { OpenedChannel } from "./connection/data-channel.ts";
export { openWeriftPeer } from "./connection/offering-peer.ts";
export type { FrameRelease } from "./rtp/frame-assembler.ts";
export { type LocalStreamOptions, localStream } from "./sources/local-stream.ts";
export { type VideoFileOptions, videoFile } from "./sources/video-file.ts";
export { type WebcamOptions, webcam } from "./sources/webcam.ts";
