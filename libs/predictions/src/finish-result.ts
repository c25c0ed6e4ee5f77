import { rescaleResult, type Scale } from "./rescale.ts";
import type { InferenceResult } from "./results.ts";
import { decodeVisualisation, type VisualisationFormat } from "./visualisation.ts";

/** How a decoded answer is handed out. */
export interface FinishOptions {
  /** Sent size divided by the caller's size; 1 (default) when the picture was sent untouched. */
  readonly scale?: Scale | number | undefined;
  /** How `visualization` is handed out. Default `base64`: as sent. */
  readonly visualisation?: VisualisationFormat | undefined;
}

/**
 * Brings a decoded answer to the caller's picture and form.
 *
 * @throws EncodingError when `visualisation` is `bytes` and the server's picture is not one
 */
export function finishResult(result: InferenceResult, options: FinishOptions): InferenceResult {
  const rescaled = rescaleResult(result, options.scale ?? 1);
  return options.visualisation === "bytes" ? decodeVisualisation(rescaled) : rescaled;
}
