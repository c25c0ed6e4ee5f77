export {
  AbortedError,
  APIKeyNotProvidedError,
  ClosedError,
  DeadlineExceededError,
  EncodingError,
  FeatureDeprecatedError,
  ImageTooLargeError,
  InvalidInputFormatError,
  InvalidModelIdentifierError,
  InvalidParameterError,
  InvalidResponseError,
  InvalidUrlInputError,
  MissingPeerError,
  ModelNotInitializedError,
  ModelNotSelectedError,
  ModelTaskTypeNotSupportedError,
  ServerConnectionError,
  WrongClientModeError,
} from "./classes.ts";
export { ERROR_CODES, type ErrorCode } from "./codes.ts";
export { type ErrorAnswer, httpCallError } from "./from-response.ts";
export { secretsOfHeaders } from "./header-secrets.ts";
export { addressOf, hideSecrets } from "./hide-secrets.ts";
export { HTTPCallError, type HttpCallErrorDetails, type WorkflowBlockError } from "./http-call-error.ts";
export { InferenceError, type InferenceErrorOptions, isInferenceError } from "./inference-error.ts";
export { type InferenceTimeoutDetails, InferenceTimeoutError } from "./inference-timeout-error.ts";
export { type ErrorBody, MAX_SERVER_MESSAGE_LENGTH, readErrorBody } from "./read-error-body.ts";
export { redact, redactUrl, urlWithoutQuery } from "./redact.ts";
export { type MissingRouteDetails, RouteNotAvailableError } from "./route-not-available-error.ts";
export { TextGenerationError, type TextGenerationErrorDetails } from "./text-generation-error.ts";
export { TokenNotFoundError } from "./token-not-found-error.ts";
export {
  type WebRTCConnectionFacts,
  type WebRTCFailure,
  WebRTCSessionError,
} from "./webrtc-session-error.ts";
export { type WrongShapeWords, wrongShape } from "./wrong-shape.ts";
