import { InferenceError } from "./inference-error.ts";

/** `token: true` asks for a token of this machine, and there is none (Python: `LocalTokenNotFoundError`). */
export class TokenNotFoundError extends InferenceError {
  override readonly code = "TOKEN_NOT_FOUND";
}
