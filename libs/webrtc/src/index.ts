/**
 * The parts of live video that need no peer connection: settings, the request that starts a worker, the data channels,
 * the pairing of frames with results, and the life of a session. Nothing here touches a network, a clock or a timer.
 */
export {
  type CameraStreamOptions,
  cameraStream,
  type ScreenStreamOptions,
  screenStream,
} from "./browser/camera-source.ts";
export {
  type MediaStreamLike,
  mediaStream,
  type VideoElementLike,
  videoElementStream,
} from "./browser/stream-source.ts";
export { type CheckedStreamConfig, checkStreamConfig, type StreamConfig } from "./config/stream-config.ts";
export {
  type IceServer,
  readTurnAnswer,
  readTurnServer,
  type TurnServer,
  type WireIceServer,
} from "./config/turn-server.ts";
export {
  checkSource,
  type PeerPlan,
  planPeer,
  type SourcePlan,
  type VideoLine,
} from "./config/video-source.ts";
export { AckRule } from "./data-channel/acks.ts";
export {
  type ChannelCounts,
  type ChannelEvent,
  type ChannelLimits,
  ChannelReader,
  DEFAULT_INFLATED_BYTES,
} from "./data-channel/channel-reader.ts";
export { CHUNK_HEADER_BYTES, CHUNK_PAYLOAD_BYTES, chunkMessage } from "./data-channel/chunk.ts";
export { type DataFrame, takeDataFrame } from "./data-channel/data-frame.ts";
export { type OutputChange, writeOutputChange } from "./data-channel/output-change.ts";
export {
  DEFAULT_REASSEMBLY_LIMITS,
  type IgnoredReason,
  type ReassemblyLimits,
} from "./data-channel/reassembler.ts";
export {
  INFERENCE_CHANNEL,
  openUploadChunk,
  planUpload,
  UPLOAD_BUFFERED_BYTES,
  UPLOAD_CHANNEL,
  UPLOAD_HEADER_BYTES,
  UPLOAD_PAYLOAD_BYTES,
  type UploadChunk,
} from "./data-channel/upload.ts";
export type { VideoMetadata } from "./data-channel/video-metadata.ts";
export { carriesResults, type WorkerMessage } from "./data-channel/worker-message.ts";
export {
  FramePairing,
  MAX_WAITING,
  PAIRING_TOLERANCE_TICKS,
  type PairedFrame,
  type PairingCounts,
  TRACK_TICKS_PER_SECOND,
  trackTicks,
} from "./pairing/frame-pairing.ts";
export type {
  ConnectionReport,
  Description,
  FrameImage,
  FramePixels,
  FrameSender,
  IncomingPicture,
  LiveChannel,
  LiveChannelEvents,
  LivePeer,
  LivePeerEvents,
  LivePeerFactory,
  LivePeerOptions,
  PeerStats,
} from "./peer/live-peer.ts";
export type { LiveSource, SourceFacts, UploadBody } from "./peer/live-source.ts";
export { nativePeers } from "./peer/native-peers.ts";
export type { Negotiation } from "./session/connect-peer.ts";
export { DEFAULT_QUEUE_CAPACITY, DropOldestQueue } from "./session/drop-oldest-queue.ts";
export type { LiveData, LiveFrame, LiveProblem, LiveStats, SessionEnd } from "./session/live-items.ts";
export type { LiveIterator } from "./session/live-iterator.ts";
export { LiveSession, type ReadOptions } from "./session/live-session.ts";
export type { SessionClock } from "./session/session-clock.ts";
export type {
  DataHandler,
  EndHandler,
  FrameHandler,
  ProblemHandler,
  StateHandler,
} from "./session/session-handlers.ts";
export type { Lifetime, SessionParts } from "./session/session-parts.ts";
export {
  DEFAULT_SESSION_LIMITS,
  type EndReason,
  NEW_SESSION,
  ORDERLY_ENDS,
  type SessionEvent,
  type SessionLimits,
  type SessionPhase,
  type SessionSetup,
  type SessionState,
  stepSession,
} from "./session/session-state.ts";
export { readInitAnswer, type SessionAnswer } from "./signalling/init-answer.ts";
export {
  buildInitRequest,
  type ChosenWork,
  chooseWork,
  type InitBody,
  type InitRequest,
  planSession,
  type SessionPlan,
  type StreamedWork,
  type WorkChoice,
} from "./signalling/init-request.ts";
export {
  checkStreamedTask,
  MODEL_OUTPUTS,
  modelWorkflow,
  type StreamedTask,
} from "./signalling/model-workflow.ts";
export {
  chooseTurn,
  platformOf,
  preferAnswering,
  TURN_CONFIG_PATH,
  type TurnChoice,
} from "./signalling/turn-choice.ts";
export { manualFrames } from "./sources/manual-frames.ts";
export { mjpegCamera, rtspCamera } from "./sources/server-cameras.ts";
export { type VideoUploadOptions, videoUpload } from "./sources/video-upload.ts";
