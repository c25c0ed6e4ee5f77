/** Ports of the images room: what needs a runtime (files, pixels) is passed in; the rest is pure. */

/** Size of a picture in pixels, after EXIF orientation. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Uncompressed pixels, row by row from the top left, 8 bits a channel, channels in RGB(A) order. */
export interface RawPixels extends ImageSize {
  readonly data: Uint8Array | Uint8ClampedArray;
  /** 1 = grey, 3 = RGB, 4 = RGBA. */
  readonly channels: 1 | 3 | 4;
}

/** What an encoder is asked for. */
export interface EncodeOptions {
  readonly format: "jpeg" | "png";
  /** JPEG quality 1..100. Default 90. */
  readonly quality?: number;
}

/** Decodes and encodes pictures: sharp in Node, a canvas in a browser, a fake in tests. */
export interface ImageCodec {
  readonly name: string;
  /** Shrinks encoded bytes (orientation applied) to exactly `size` and encodes them. */
  resize(bytes: Uint8Array, size: ImageSize, options: EncodeOptions): Promise<Uint8Array>;
  /** Encodes raw pixels; alpha is flattened onto white for JPEG. */
  encode(pixels: RawPixels, options: EncodeOptions): Promise<Uint8Array>;
  /** Decodes to RGB or RGBA pixels, orientation applied. */
  decode(bytes: Uint8Array): Promise<RawPixels>;
}

/** Opens local files. Only Node has one; without it a path is refused with a message that says so. */
export interface FileReader {
  /** `null` when there is nothing at that path; `"directory"` when it is a directory. */
  stat(path: string): Promise<{ readonly byteLength: number } | "directory" | null>;
  read(path: string, signal: AbortSignal): Promise<Uint8Array>;
}

/** Fetches a picture by URL; limits, redirects and the URL policy are applied inside. */
export interface UrlFetcher {
  fetch(url: URL, signal: AbortSignal): Promise<Uint8Array>;
}

/** Writes base64 text of `source` as ASCII into `target` at `offset`; returns the number of bytes written. */
export type Base64Writer = (source: Uint8Array, target: Uint8Array, offset: number) => number;

/** What the runtime gives to the images room. */
export interface ImageRuntime {
  readonly codec: ImageCodec | null;
  readonly files: FileReader | null;
  readonly urls: UrlFetcher;
  /** Turns runtime-specific inputs (Node stream, sharp instance, canvas) into encoded bytes; `null` = not one of mine. */
  readonly extras?: (input: unknown, signal: AbortSignal) => Promise<Uint8Array | RawPixels | null>;
}
