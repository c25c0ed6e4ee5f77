import { InferenceError, type InferenceErrorOptions } from "./inference-error.ts";

/** An argument or a configuration value is not allowed (Python: `InvalidParameterError`). Thrown before the network. */
export class InvalidParameterError extends InferenceError {
  override readonly code = "INVALID_PARAMETER";
}

/** The given input is not an image that can be sent (Python: `InvalidInputFormatError`). Thrown before the network. */
export class InvalidInputFormatError extends InferenceError {
  override readonly code = "INVALID_INPUT_FORMAT";
}

/** An image is over the byte or the pixel limit. Thrown before the network. */
export class ImageTooLargeError extends InferenceError {
  override readonly code = "IMAGE_TOO_LARGE";
}

/** An image could not be decoded or encoded (Python: `EncodingError`). */
export class EncodingError extends InferenceError {
  override readonly code = "ENCODING_FAILED";
}

/** A URL given as an image is not allowed, or could not be fetched (Python: `InvalidURLImageInput`). */
export class InvalidUrlInputError extends InferenceError {
  override readonly code = "INVALID_URL_INPUT";
  /** HTTP status of the download, when there was one. */
  readonly status: number | undefined;

  constructor(message: string, options: InferenceErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}

/** A model id has not the form `project/version` (Python: `InvalidModelIdentifier`). */
export class InvalidModelIdentifierError extends InferenceError {
  override readonly code = "INVALID_MODEL_ID";
}

/** No model was named and none is selected (Python: `ModelNotSelectedError`). */
export class ModelNotSelectedError extends InferenceError {
  override readonly code = "MODEL_NOT_SELECTED";
}

/** The server does not list the model, also after loading it (Python: `ModelNotInitializedError`). */
export class ModelNotInitializedError extends InferenceError {
  override readonly code = "MODEL_NOT_INITIALIZED";
}

/** The model's task has no route behind the method (Python: `ModelTaskTypeNotSupportedError`). */
export class ModelTaskTypeNotSupportedError extends InferenceError {
  override readonly code = "MODEL_TASK_NOT_SUPPORTED";
}

/** The call needs an API key and the client has none (Python: `APIKeyNotProvided`). */
export class APIKeyNotProvidedError extends InferenceError {
  override readonly code = "API_KEY_NOT_PROVIDED";
}

/** The method exists only in the other API mode (Python: `WrongClientModeError`). */
export class WrongClientModeError extends InferenceError {
  override readonly code = "WRONG_CLIENT_MODE";
}

/** The server no longer offers this feature (Python: `FeatureDeprecatedError`). */
export class FeatureDeprecatedError extends InferenceError {
  override readonly code = "FEATURE_DEPRECATED";
}

/** No answer was received: refused, reset, closed, DNS or TLS failure (Python: `HTTPServerConnectionError`). */
export class ServerConnectionError extends InferenceError {
  override readonly code = "CONNECTION_FAILED";
  /** How many attempts were made, 1 or more. */
  readonly attempts: number;
  /** The system's own code, such as `ECONNREFUSED`, when there is one. */
  readonly systemCode: string | undefined;

  constructor(
    message: string,
    options: InferenceErrorOptions & {
      readonly attempts?: number;
      readonly systemCode?: string | undefined;
    } = {},
  ) {
    super(message, options);
    this.attempts = options.attempts ?? 1;
    this.systemCode = options.systemCode;
  }
}

/** The deadline of the call passed; waiting, retries and queueing included. */
export class DeadlineExceededError extends InferenceError {
  override readonly code = "TIMEOUT";
  /** The deadline that passed, in milliseconds. */
  readonly timeoutMs: number;

  constructor(message: string, options: InferenceErrorOptions & { readonly timeoutMs: number }) {
    super(message, options);
    this.timeoutMs = options.timeoutMs;
  }
}

/** The caller aborted the call; `cause` is the signal's reason. `name` is the platform's `AbortError`. */
export class AbortedError extends InferenceError {
  override readonly code = "ABORTED";

  constructor(message: string, options: InferenceErrorOptions = {}) {
    super(message, options);
    this.name = "AbortError";
  }
}

/** The server's answer has not the expected form; `path` says where, such as `predictions[3].width`. */
export class InvalidResponseError extends InferenceError {
  override readonly code = "INVALID_RESPONSE";
  /** Where in the answer, as a property path; empty for the whole body. */
  readonly path: string;

  constructor(message: string, options: InferenceErrorOptions & { readonly path?: string } = {}) {
    super(message, options);
    this.path = options.path ?? "";
  }
}

/** An optional package is needed and not installed; the message says which command installs it. */
export class MissingPeerError extends InferenceError {
  override readonly code = "MISSING_PEER";
  /** The package's name, such as `sharp`. */
  readonly peer: string;

  constructor(peer: string, neededFor: string, options: InferenceErrorOptions = {}) {
    super(
      `The package "${peer}" is needed for ${neededFor} and is not installed. Install it: npm install ${peer}`,
      options,
    );
    this.peer = peer;
  }
}

/** The client was closed; make a new one. */
export class ClosedError extends InferenceError {
  override readonly code = "CLOSED";
}
