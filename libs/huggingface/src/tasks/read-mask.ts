import { InvalidResponseError } from "@inference-ts/errors";
import { decodeBase64, decodeDataUrl } from "@inference-ts/images";
import { badShape } from "../call/answer.ts";
import { isWholePicture } from "./whole-picture.ts";

/** A picture inside JSON as bytes; `undefined` where there is none. Some servers write a data URL. */
export async function readMask(
  mask: unknown,
  path: string,
  operation: string,
): Promise<Uint8Array | undefined> {
  if (mask === undefined || mask === null) return undefined;
  if (typeof mask !== "string") return badShape(operation, path, "base64 text", mask);
  const bytes = decodeDataUrl(mask) ?? decodeBase64(mask);
  if (bytes !== null && (await isWholePicture(bytes, true))) return bytes;
  throw new InvalidResponseError(`The answer for ${operation} has a picture at ${path} that is not whole.`, {
    path,
  });
}
