import type http from "node:http";
import { pipeline, type Readable, type Transform } from "node:stream";
import { InvalidResponseError } from "@inference-ts/errors";

/** Loaded only for the answers that need it. */
const zlib = () => process.getBuiltinModule("node:zlib");

/** Encodings that are understood when a server sends them unasked; requests never ask for one. */
const DECODERS: ReadonlyMap<string, () => Transform> = new Map([
  ["gzip", () => zlib().createGunzip()],
  ["x-gzip", () => zlib().createGunzip()],
  ["deflate", () => zlib().createInflate()],
  ["br", () => zlib().createBrotliDecompress()],
]);

/** The body as the server meant it, and whether it had to be decoded (then `content-length` says nothing about it). */
export function decodedBody(message: http.IncomingMessage): { readable: Readable; isDecoded: boolean } {
  const encoding = message.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (encoding === "" || encoding === "identity") return { readable: message, isDecoded: false };
  const makeDecoder = DECODERS.get(encoding);
  if (makeDecoder === undefined) {
    throw new InvalidResponseError(
      `The answer has the content encoding "${encoding.slice(0, 40)}", which was not asked for and cannot be read.`,
      { hint: "Switch it off at the server or gateway." },
    );
  }
  // The decoder passes on every error of the message, so the callback has nothing to add.
  return { readable: pipeline(message, makeDecoder(), () => undefined), isDecoded: true };
}

/** Errors of zlib are about the bytes, not about the connection. */
export function isDecodingError(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && /^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING)/.test(code);
}

/** True where decoding failed for want of any byte: an answer without a body (to HEAD, say) may name an encoding all the same. */
export function hadNothingToDecode(error: unknown, readable: Readable): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return code === "Z_BUF_ERROR" && Reflect.get(readable, "bytesWritten") === 0;
}
