import { InvalidUrlInputError, urlWithoutQuery } from "@inference-ts/errors";
import type { EncodedImage, RemoteImage } from "./encoded-image.ts";
import type { ImageSize, RawPixels } from "./ports.ts";

/** What a canvas gives for its pixels: RGBA, 8 bits a channel. `ImageData` is one. */
export interface ImageDataLike extends ImageSize {
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** A sharp pipeline, described by the two methods that are needed of it (`./node` only). */
export interface SharpLike {
  clone(): SharpLike;
  toBuffer(): Promise<Uint8Array>;
}

/** A canvas: `HTMLCanvasElement`, `OffscreenCanvas`, or one of a canvas package. */
export interface CanvasLike extends ImageSize {
  getContext(contextId: "2d"): unknown;
}

/** A decoded picture of a browser: `ImageBitmap`, `<img>`, `<video>` (its present frame), `VideoFrame`. */
export type BitmapLike =
  | (ImageSize & { close(): void })
  | { readonly naturalWidth: number; readonly naturalHeight: number }
  | { readonly videoWidth: number; readonly videoHeight: number }
  | { readonly displayWidth: number; readonly displayHeight: number };

/**
 * Everything that is taken as one picture.
 *
 * - `string`: http(s) URL, data URL, path of a local file (`./node`), or base64 text of an encoded picture, tried in this order.
 * - `URL`: http(s), data, or (`./node`) file.
 * - bytes of an encoded picture: `Uint8Array` (also `Buffer`), `ArrayBuffer`, `Blob`, `File`.
 * - a stream of such bytes, read once: `ReadableStream`; in `./node` also a Node stream or any async iterable of `Uint8Array`.
 * - pixels: `ImageData`, {@link RawPixels} with 8 bits a channel; they are sent as JPEG.
 * - canvases, `ImageBitmap`, `<img>`, `<video>`, `VideoFrame`; a sharp pipeline (`./node`).
 * - {@link EncodedImage} (loaded before) and {@link RemoteImage} (fetched by the server).
 */
export type ImageSource =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | ImageDataLike
  | RawPixels
  | EncodedImage
  | RemoteImage
  | SharpLike
  | CanvasLike
  | BitmapLike;

/**
 * A picture that the server fetches itself, so that its bytes never pass through this program.
 *
 * By default servers take only `https` URLs with a public domain name, and may have allow and block lists; a server in offline
 * mode takes none. Source: the defaults of server 1.8.3 (`ALLOW_URL_INPUT`, `ALLOW_NON_HTTPS_URL_INPUT`,
 * `ALLOW_URL_INPUT_WITHOUT_FQDN`, `OFFLINE_MODE`).
 *
 * @throws InvalidUrlInputError when the text is no http(s) URL.
 */
export function remoteImage(url: string | URL): RemoteImage {
  const parsed = URL.parse(String(url));
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new InvalidUrlInputError("A remote image needs a whole http or https URL.");
  }
  return { kind: "remote-image", url: parsed.href, label: urlWithoutQuery(parsed.href) };
}
