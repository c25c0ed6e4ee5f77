import type { ErrorCode } from "@inference-ts/sdk";

/** Which of our codes stands for which Python error class. */
export const CODES_BY_PYTHON_CLASS: Readonly<Record<string, readonly ErrorCode[]>> = {
  InvalidModelIdentifier: ["INVALID_MODEL_ID"],
  ModelNotSelectedError: ["MODEL_NOT_SELECTED"],
  ModelNotInitializedError: ["MODEL_NOT_INITIALIZED"],
  ModelTaskTypeNotSupportedError: ["MODEL_TASK_NOT_SUPPORTED"],
  APIKeyNotProvided: ["API_KEY_NOT_PROVIDED"],
  WrongClientModeError: ["WRONG_CLIENT_MODE"],
  FeatureDeprecatedError: ["FEATURE_DEPRECATED"],
  InvalidParameterError: ["INVALID_PARAMETER"],
  InvalidInputFormatError: ["INVALID_INPUT_FORMAT"],
  EncodingError: ["ENCODING_FAILED"],
  InvalidURLImageInput: ["INVALID_URL_INPUT"],
  URLAddressNotAllowedError: ["INVALID_URL_INPUT"],
  HTTPCallErrorError: ["HTTP_ERROR"],
  HTTPServerConnectionError: ["CONNECTION_FAILED"],
};
