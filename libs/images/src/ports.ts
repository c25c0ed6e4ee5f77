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
  /** Size of the encoded picture where it differs from the source's; the picture is stretched to exactly this. */
  readonly size?: ImageSize;
}

/**
 * Decodes and encodes pictures: sharp in Node, a canvas in a browser, a fake in tests. A JPEG holds no alpha: it is dropped and the
 * colours under it are kept, which is also what the server does with a PNG that it decodes.
 */
export interface ImageCodec {
  readonly name: string;
  /** Shrinks encoded bytes (orientation applied) to exactly `size` and encodes them. */
  resize(bytes: Uint8Array, size: ImageSize, options: EncodeOptions): Promise<Uint8Array>;
  /** Encodes raw pixels, stretched to `options.size` when given. */
  encode(pixels: RawPixels, options: EncodeOptions): Promise<Uint8Array>;
  /** Decodes to RGB or RGBA pixels, orientation applied. */
  decode(bytes: Uint8Array): Promise<RawPixels>;
  /** Size of an encoded picture (orientation applied), asked for when its header is of a kind this room does not read. */
  measure?(bytes: Uint8Array): Promise<ImageSize>;
}

/** How a file or stream is read whole. */
export interface FileReadOptions {
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

/** A file of known size that is read in pieces, as often as wanted. */
export interface OpenedFile {
  readonly byteLength: number;
  /**
   * The content in pieces of exactly `pieceBytes` bytes but the last; a piece is overwritten when the next is asked for. Fails with `InvalidInputFormatError` when the file cannot be
   * read or has changed its size.
   */
  pieces(pieceBytes: number): AsyncIterable<Uint8Array>;
}

/** Opens local files. Only Node has one; without it a path is refused with a message that says so. */
export interface FileReader {
  /**
   * Reads a whole file, named by a path or a `file:` URL; `null` when there is nothing at that path. Fails with
   * `InvalidInputFormatError` for a directory or an unreadable file, with `ImageTooLargeError` over `maxBytes`.
   */
  read(path: string | URL, options: FileReadOptions): Promise<Uint8Array | null>;
  /**
   * Looks at a file that is too long to be read whole; `null` when there is nothing at that path. Nothing is kept open. Fails with
   * `InvalidInputFormatError` for what is no regular file.
   */
  open?(path: string | URL): Promise<OpenedFile | null>;
}

/** Fetches a picture by URL; limits, redirects and the URL policy are applied inside. */
export interface UrlFetcher {
  fetch(url: URL, signal: AbortSignal, maxBytes?: number): Promise<Uint8Array>;
}

/** Writes base64 text of `source` as ASCII into `target` at `offset`; returns the number of bytes written. */
export type Base64Writer = (source: Uint8Array, target: Uint8Array, offset: number) => number;

/** What an extra input was turned into. */
export type ExtraImage = Uint8Array | RawPixels;

/** Turns a runtime-specific input (sharp pipeline, canvas, Node stream) into encoded bytes or pixels; `null` = not one of mine. */
export type ExtraInputReader = (input: object, options: FileReadOptions) => Promise<ExtraImage | null>;

/** What the runtime gives to the images room. */
export interface ImageRuntime {
  readonly codec: ImageCodec | null;
  readonly files: FileReader | null;
  readonly urls: UrlFetcher;
  readonly extras?: ExtraInputReader;
  /** A faster strict base64 decoder than the one of any runtime; `null` = not base64. */
  readonly decodeBase64?: (text: string) => Uint8Array | null;
  /** Loads what makes sharp pipelines of encoded pictures, upright; fails with `MissingPeerError` without sharp. */
  readonly loadSharp?: () => Promise<(bytes: Uint8Array) => object>;
}

/** One decoded picture of a video or camera. */
export interface VideoFrame {
  /** Upright pixels, owned by the receiver. */
  readonly image: RawPixels;
  /** Number of the picture in the video, from 0; pictures that are left out are counted. */
  readonly index: number;
  /** Time of the picture in milliseconds from the first picture of the video. */
  readonly timestampMs: number;
}

/** Which pictures of a video are decoded. */
export interface OpenVideoOptions {
  /** Every how-manyeth picture is given. Default 1 = each. */
  readonly stride?: number | undefined;
  /** Most pictures a second, by their timestamps. Default: all. */
  readonly maxFps?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a video file, the address of a stream, or a camera by its number. Nothing is opened before the first picture is asked for; none
 * of a stream or camera is decoded ahead of the asking, of a file a few are. `return()` of the iterator, an abort and a failure close
 * everything before they settle.
 */
export type OpenVideo = (source: string | number, options: OpenVideoOptions) => AsyncIterable<VideoFrame>;

/** Which pictures of a folder are looked for. */
export interface FolderOptions {
  /** Look into folders inside the folder. Default false. */
  readonly recursive?: boolean | undefined;
  /** File name endings, with or without the dot, in any letter case. */
  readonly extensions?: readonly string[] | undefined;
  /** Follow symbolic links to files and folders. Default true. */
  readonly followSymlinks?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads what a text names: folders, patterns, videos. Only Node has one; without it such a source is refused with a message that says so. */
export interface SourceReader {
  /**
   * Tells a video (file, device or address of a stream) from pictures (folder, pattern, picture file or address). Fails with
   * `InvalidInputFormatError` when there is nothing of that name.
   */
  isVideo(source: string): Promise<boolean>;
  /**
   * The pictures of a folder, of a pattern, or the one of a path, by path, in natural order, each once. Nothing for a folder without any;
   * fails with `InvalidInputFormatError` when nothing is there or a pattern matches nothing.
   */
  findImages(source: string, options: FolderOptions): AsyncIterable<string>;
  readonly openVideo: OpenVideo;
}
