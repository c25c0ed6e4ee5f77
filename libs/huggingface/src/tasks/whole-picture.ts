import { isWholePng } from "@inference-ts/images";

/**
 * True for a picture that is all there.
 *
 * @param needsSize - Whether a format whose size is not read (TIFF, AVIF, HEIC) does not count.
 */
export async function isWholePicture(bytes: Uint8Array, needsSize: boolean): Promise<boolean> {
  // Servers write PNG; the other formats take more code.
  if (isWholePng(bytes)) return true;
  const { readImageHeader } = await import("./other-picture.ts");
  const header = readImageHeader(bytes);
  return header !== null && !header.truncated && !(needsSize && header.size === null);
}
