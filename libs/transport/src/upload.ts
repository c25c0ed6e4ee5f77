import { InvalidInputFormatError, isInferenceError, redact } from "@inference-ts/errors";
import type { StreamBody } from "./wire.ts";

/** A body that is being sent: its pieces, and the error of its source where that is what broke the request. */
export interface Upload {
  readonly pieces: AsyncIterable<Uint8Array>;
  /** `null` while the source has not failed. */
  failure(): Error | null;
}

/** Opens a stream body and remembers an error of its source, which is the caller's and no connection failure. */
export function openUpload(body: StreamBody): Upload {
  let failure: Error | null = null;
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* body.open();
    } catch (error) {
      failure = isInferenceError(error)
        ? error
        : new InvalidInputFormatError(
            `The data to send could not be read: ${redact(error instanceof Error ? error.message : String(error))}`,
          );
      throw failure;
    }
  }
  return { pieces: pieces(), failure: () => failure };
}
