import { EncodingError } from "@inference-ts/errors";
import { decodeBase64 } from "./base64.ts";
import type { InferenceResult } from "./results.ts";

/** How the server's drawing is handed out: base64 text as sent, or the bytes of the JPEG. */
export type VisualisationFormat = "base64" | "bytes";

/** First bytes of the pictures that a server draws: JPEG, PNG. */
const MAGIC: readonly (readonly number[])[] = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
];

/**
 * The bytes behind `visualization`: base64 text, with or without a `data:` prefix.
 *
 * @throws EncodingError when the text is not base64 of a JPEG or PNG
 */
export function visualisationBytes(visualization: string | Uint8Array): Uint8Array {
  if (typeof visualization !== "string") return visualization;
  const bytes = decodeBase64(visualization);
  if (bytes === null || !MAGIC.some((magic) => magic.every((byte, index) => bytes[index] === byte))) {
    throw new EncodingError(
      `The server's visualization is not a JPEG or PNG in base64 (${visualization.length} characters).`,
      { hint: 'Use outputVisualisationFormat "base64" to receive the text as it was sent.' },
    );
  }
  return bytes;
}

/** The result with the bytes of `visualization` in place of its base64 text; unchanged when there is none. */
export function decodeVisualisation(result: InferenceResult): InferenceResult {
  const { visualization } = result;
  return typeof visualization === "string"
    ? { ...result, visualization: visualisationBytes(visualization) }
    : result;
}
