import { InvalidResponseError } from "@inference-ts/errors";
import { decodeBase64, decodeDataUrl, readImageHeader } from "@inference-ts/images";
import { badShape } from "../call/answer.ts";

/** A picture inside JSON as bytes; `undefined` where there is none. Some servers write a data URL. */
export function readMask(mask: unknown, path: string, operation: string): Uint8Array | undefined {
  if (mask === undefined || mask === null) return undefined;
  if (typeof mask !== "string") return badShape(operation, path, "base64 text", mask);
  const bytes = decodeDataUrl(mask) ?? decodeBase64(mask);
  const header = bytes === null ? null : readImageHeader(bytes);
  if (bytes !== null && header !== null && !header.truncated && header.size !== null) return bytes;
  throw new InvalidResponseError(`The answer for ${operation} has a picture at ${path} that is not whole.`, {
    path,
  });
}
