import { type Base64Writer, base64Length, decodeBase64 } from "@inference-ts/images";

/** A multiple of 3, small enough that the text of a chunk stays in the processor's cache. */
const CHUNK_BYTES = 3 * 4096;

/**
 * Writes base64 text with Node's own encoder, chunk by chunk: about ten times as fast as a loop over bytes, and for pictures of some
 * megabytes almost twice as fast as one long text.
 *
 * @throws RangeError when the text does not fit.
 */
export const nodeBase64Writer: Base64Writer = (source, target, offset) => {
  const length = base64Length(source.length);
  if (offset + length > target.length) throw new RangeError("The base64 text does not fit into the target.");
  const from = Buffer.from(source.buffer, source.byteOffset, source.length);
  const to = Buffer.from(target.buffer, target.byteOffset, target.length);
  let written = offset;
  for (let start = 0; start < from.length; start += CHUNK_BYTES) {
    const text = from.toString("base64", start, Math.min(start + CHUNK_BYTES, from.length));
    written += to.write(text, written, "latin1");
  }
  return length;
};

/**
 * Strict base64 decoder with Node's own, which skips characters that are none: when the length comes out as the text's length says,
 * nothing was skipped. Otherwise (blanks, line ends, faults) the strict decoder of any runtime decides.
 */
export function nodeBase64Decoder(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const isPlain = text.length % 4 === 0 && bytes.length === (text.length / 4) * 3 - padding;
  return isPlain ? bytes : decodeBase64(text);
}
