export type {
  AnswerEvent,
  AttemptEvent,
  AttemptPolicy,
  RetryEvent,
  SendContext,
  Sleep,
} from "./attempts.ts";
export { type Clock, sleep, systemClock } from "./clock.ts";
export { connectionFailure } from "./connection-failure.ts";
export { createSender } from "./create-sender.ts";
export { type Deadline, type DeadlineCause, type DeadlineOptions, openDeadline } from "./deadline.ts";
export { type ErrorReader, readFailedAnswer } from "./failed-answer.ts";
export {
  type CallDescription,
  type FailedAttempt,
  failedConnection,
  failedStatus,
} from "./failed-attempt.ts";
export { type FetchFunction, type FetchTransportOptions, fetchTransport } from "./fetch-transport.ts";
export { BodyHole, writeHoleBody, writeJsonBody } from "./json-body.ts";
export { createLimiter, type Limiter } from "./limiter.ts";
export type { StreamPolicy } from "./open-stream.ts";
export { contentLengthOf, joinPieces, tooLongError } from "./read-bytes.ts";
export { parseRetryAfter, retryAfterOf } from "./retry-after.ts";
export {
  type AttemptFailure,
  DEFAULT_RETRY_POLICY,
  decideRetry,
  type Replay,
  type RetryDecision,
  type RetryPolicy,
  type RetrySituation,
} from "./retry-policy.ts";
export { createRunningCalls, type RunningCalls } from "./running-calls.ts";
export type { Answer, Sender, SenderOptions, SendPolicy } from "./send.ts";
export {
  LOOK_AHEAD_PER_PLACE,
  mapInOrder,
  mapInOrderOrFail,
  type WindowOutcome,
  type WindowWorker,
} from "./sliding-window.ts";
export { type StreamAnswer, type StreamCall, streamAnswer } from "./stream-answer.ts";
export { openUpload, type Upload } from "./upload.ts";
export type { StreamBody, Transport, WireRequest, WireResponse } from "./wire.ts";
