import type { ImageSize } from "./ports.ts";

/** The picture formats that are recognised by their first bytes. */
export type ImageFormat = "jpeg" | "png" | "webp" | "gif" | "bmp" | "tiff" | "avif" | "heic";

/**
 * A picture ready to be sent: encoded bytes, or base64 text when the caller gave text. Bytes are never copied into JSON text by
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
  /** Sent size divided by original size, 0..1; 1 = sent untouched. */
  readonly scale: { readonly x: number; readonly y: number };
  /** How the picture was named by the caller (path, URL without query, `bytes`), for messages and events. */
  readonly label: string;
}

/** A picture that the server fetches itself, sent as `{type: "url"}`. */
export interface RemoteImage {
  readonly kind: "remote-image";
  readonly url: string;
  readonly label: string;
}
