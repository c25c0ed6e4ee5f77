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
export { HTTPCallError, type HttpCallErrorDetails, type WorkflowBlockError } from "./http-call-error.ts";
export { InferenceError, type InferenceErrorOptions, isInferenceError } from "./inference-error.ts";
