/** Every literal `code` of the package, with what it means. The table is the documentation's source. */
export const ERROR_CODES = {
  INVALID_PARAMETER: "An argument or a configuration value is not allowed.",
  INVALID_INPUT_FORMAT: "The given input is not an image (or clip) that can be sent.",
  IMAGE_TOO_LARGE: "An image is over the byte or pixel limit.",
  ENCODING_FAILED: "An image could not be decoded or encoded.",
  INVALID_URL_INPUT: "A URL given as an image is not allowed or could not be fetched.",
  INVALID_MODEL_ID: "A model id has not the form the server needs.",
  MODEL_NOT_SELECTED: "No model was named and none is selected.",
  MODEL_NOT_INITIALIZED: "The server does not list the model after loading it.",
  MODEL_TASK_NOT_SUPPORTED: "The model's task has no method of this kind.",
  API_KEY_NOT_PROVIDED: "The call needs an API key and the client has none.",
  WRONG_CLIENT_MODE: "The method exists only in the other API mode.",
  FEATURE_DEPRECATED: "The server no longer offers this feature.",
  ROUTE_NOT_AVAILABLE: "The server does not have the route behind the method.",
  HTTP_ERROR: "The server answered with an error status.",
  CONNECTION_FAILED: "No answer was received from the server.",
  TIMEOUT: "The deadline of the call passed.",
  ABORTED: "The caller aborted the call.",
  INVALID_RESPONSE: "The server's answer has not the expected form.",
  WEBRTC_SESSION_FAILED: "A live video session failed.",
  MISSING_PEER: "An optional package is needed and not installed.",
  CLOSED: "The client was closed.",
  TEXT_GENERATION_FAILED: "A server of language models reported a failure inside its stream.",
  TOKEN_NOT_FOUND: "A Hugging Face token is required and none was found.",
} as const;

/** The literal type of `InferenceError.code`. */
export type ErrorCode = keyof typeof ERROR_CODES;
