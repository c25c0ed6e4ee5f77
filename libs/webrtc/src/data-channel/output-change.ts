import { InvalidParameterError } from "@inference-ts/errors";

/** Other outputs for a running session; what is left out stays as it is. */
export interface OutputChange {
  /** Output whose picture comes back as video: the first name that is not empty. */
  readonly streamOutput?: readonly string[];
  /** Outputs that come as data; `["*"]` for all that are no picture, `[]` for none. */
  readonly dataOutput?: readonly string[];
}

/**
 * The text that changes the outputs of a running session.
 *
 * Checked here because the worker does not answer: a wrong shape ends its connection without a word, and an empty
 * `streamOutput` puts an error on every frame.
 *
 * @throws InvalidParameterError
 */
export function writeOutputChange(change: OutputChange, session: { readonly hasVideo: boolean }): string {
  const { streamOutput, dataOutput } = change;
  if (streamOutput === undefined && dataOutput === undefined) {
    throw new InvalidParameterError(
      "A change of outputs needs streamOutput or dataOutput; both are missing.",
    );
  }
  if (streamOutput !== undefined) {
    checkNames("streamOutput", streamOutput);
    if (!session.hasVideo) {
      throw new InvalidParameterError(
        "streamOutput cannot be changed: this session was started without video from the server. Start it with a streamOutput.",
      );
    }
    if (!streamOutput.some((name) => name !== "")) {
      throw new InvalidParameterError(
        "streamOutput names no output; a session with video needs one. Close the session to end the video.",
      );
    }
  }
  if (dataOutput !== undefined) checkNames("dataOutput", dataOutput);
  return JSON.stringify({ stream_output: streamOutput, data_output: dataOutput });
}

function checkNames(field: string, names: unknown): void {
  if (Array.isArray(names) && names.every((name) => typeof name === "string")) return;
  throw new InvalidParameterError(`${field} must be a list of output names.`);
}
