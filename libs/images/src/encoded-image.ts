import type { ImageSize } from "./ports.ts";

/** The picture formats that are recognised by their first bytes. */
export type ImageFormat = "jpeg" | "png" | "webp" | "gif" | "bmp" | "tiff" | "avif" | "heic";

/**
 * A picture ready to be sent, as encoded bytes. Bytes are never copied into JSON text by
 * `JSON.stringify`; the request writer puts their base64 straight into the request buffer (an "image hole").
 */
export interface EncodedImage {
  readonly kind: "encoded-image";
  /** Encoded bytes (JPEG, PNG, ...), untouched unless the picture was downsized or came as raw pixels. */
  readonly bytes: Uint8Array;
  readonly format: ImageFormat;
  /** Size of the sent picture where known from its header, after EXIF orientation; `null` when unknown. */
  readonly size: ImageSize | null;
  /** Size of the caller's picture where it was downsized; equals `size` otherwise. */
  readonly originalSize: ImageSize | null;
  /**
   * Factor by which the picture was shrunk, over 0 and up to 1; 1 = not shrunk. Coordinates of the answer divided by it are
   * coordinates of the caller's picture. Both axes carry the factor of the limiting side, as in the Python SDK; the sent size is
   * that factor times the original size, rounded to whole pixels.
   */
  readonly scale: { readonly x: number; readonly y: number };
  /** How the picture was named by the caller (path, URL without query, `bytes`), for messages and events. */
  readonly label: string;
}

/** Puts a picture together; `originalSize` and `factor` (default 1) tell what it was before it was shrunk. */
export function encodedImage(
  bytes: Uint8Array,
  format: ImageFormat,
  label: string,
  size: ImageSize | null,
  originalSize: ImageSize | null,
  factor = 1,
): EncodedImage {
  return {
    kind: "encoded-image",
    bytes,
    format,
    label,
    size: size && sizeOf(size),
    originalSize: originalSize && sizeOf(originalSize),
    scale: { x: factor, y: factor },
  };
}

const sizeOf = ({ width, height }: ImageSize): ImageSize => ({ width, height });

/** A picture that the server fetches itself, sent as `{type: "url"}`. */
export interface RemoteImage {
  readonly kind: "remote-image";
  readonly url: string;
  readonly label: string;
}

const hasKind = (value: unknown, kind: string): boolean =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === kind;

/** True for a picture that was loaded before. */
export function isEncodedImage(value: unknown): value is EncodedImage {
  return hasKind(value, "encoded-image");
}

/** True for a picture that the server fetches. */
export function isRemoteImage(value: unknown): value is RemoteImage {
  return hasKind(value, "remote-image");
}
