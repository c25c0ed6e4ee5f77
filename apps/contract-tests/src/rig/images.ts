/** A whole PNG of one pixel: small, and known to every decoder. */
export const PIXEL = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="),
  (letter) => letter.charCodeAt(0),
);

export const PIXEL_BASE64 = Buffer.from(PIXEL).toString("base64");

/** `count` separate images. */
export const pixels = (count: number): Uint8Array[] => Array.from({ length: count }, () => PIXEL.slice());

/** Bytes that are no picture. */
export const NO_PICTURE = new TextEncoder().encode("this is no picture");

/** A source that can be read once, as an upload or a pipe is. */
export function onceReadable(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}
