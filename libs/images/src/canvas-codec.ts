import { EncodingError } from "@inference-ts/errors";
import { DEFAULT_JPEG_QUALITY } from "./limits.ts";
import type { EncodeOptions, ImageCodec, ImageSize, RawPixels } from "./ports.ts";

type Surface = readonly [canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D];

function surface({ width, height }: ImageSize): Surface {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new EncodingError("The runtime gave no 2d canvas.");
  return [canvas, context];
}

async function encodeDrawn(
  image: ImageBitmap,
  size: ImageSize,
  { format, quality = DEFAULT_JPEG_QUALITY }: EncodeOptions,
): Promise<Uint8Array> {
  const [canvas, context] = surface(size);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, size.width, size.height);
  image.close();
  if (format === "jpeg") {
    const pixels = context.getImageData(0, 0, size.width, size.height);
    dropAlpha(pixels.data);
    context.putImageData(pixels, 0, 0);
  }
  const blob = await canvas.convertToBlob({ type: `image/${format}`, quality: quality / 100 });
  return new Uint8Array(await blob.arrayBuffer());
}

function dropAlpha(data: Uint8ClampedArray): void {
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
}

async function bitmapOf(bytes: Uint8Array): Promise<ImageBitmap> {
  try {
    // The copy is ordinary memory, also where the bytes are shared memory, which a Blob refuses.
    return await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  } catch {
    throw new EncodingError("The picture cannot be decoded by this browser.");
  }
}

function toRgba({ data, width, height, channels }: RawPixels, isOpaque: boolean): ImageData {
  const image = new ImageData(width, height);
  const target = image.data;
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; from < data.length; from += channels, to += 4) {
    target[to] = data[from] ?? 0;
    target[to + 1] = data[from + green] ?? 0;
    target[to + 2] = data[from + blue] ?? 0;
    target[to + 3] = isOpaque || channels < 4 ? 255 : (data[from + 3] ?? 0);
  }
  return image;
}

const sizeOf = ({ width, height }: ImageSize): ImageSize => ({ width, height });

/** Draws anything drawable and reads its pixels back. */
function pixelsOf(image: CanvasImageSource, size: ImageSize): RawPixels {
  const [, context] = surface(size);
  context.drawImage(image, 0, 0, size.width, size.height);
  return { ...sizeOf(size), data: context.getImageData(0, 0, size.width, size.height).data, channels: 4 };
}

/**
 * Codec of browsers and workers, made of `createImageBitmap` and `OffscreenCanvas`; `null` where the runtime has none.
 * EXIF orientation is applied by the browser.
 */
export function canvasCodec(): ImageCodec | null {
  if (typeof OffscreenCanvas === "undefined" || typeof createImageBitmap === "undefined") return null;
  return {
    name: "canvas",
    resize: async (bytes, size, options) => encodeDrawn(await bitmapOf(bytes), size, options),
    encode: async (pixels, options) => {
      const image = await createImageBitmap(toRgba(pixels, options.format === "jpeg"));
      return encodeDrawn(image, options.size ?? sizeOf(pixels), options);
    },
    async decode(bytes) {
      const image = await bitmapOf(bytes);
      try {
        return pixelsOf(image, image);
      } finally {
        image.close();
      }
    },
    async measure(bytes) {
      const image = await bitmapOf(bytes);
      const size = sizeOf(image);
      image.close();
      return size;
    },
  };
}

const DRAWABLE =
  /^(HTMLCanvasElement|OffscreenCanvas|ImageBitmap|HTMLImageElement|HTMLVideoElement|VideoFrame)$/;

function isDrawable(value: object): value is CanvasImageSource & object {
  return DRAWABLE.test(Object.prototype.toString.call(value).slice(8, -1));
}

/** Where each kind of drawable keeps the size of its pixels; the first pair that is there counts. */
const SIZE_FIELDS = [
  ["naturalWidth", "naturalHeight"],
  ["videoWidth", "videoHeight"],
  ["displayWidth", "displayHeight"],
  ["width", "height"],
] as const;

function drawableSize(value: object): ImageSize {
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(
    SIZE_FIELDS.flat().map((name) => [name, Reflect.get(value, name)]),
  );
  for (const [widthField, heightField] of SIZE_FIELDS) {
    const { [widthField]: width, [heightField]: height } = fields;
    if (typeof width === "number" && typeof height === "number" && width > 0 && height > 0)
      return { width, height };
  }
  throw new EncodingError("The canvas, picture element or video has no pixels yet.");
}

interface PixelContext {
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
}

function isPixelContext(value: unknown): value is PixelContext {
  return typeof value === "object" && value !== null && "getImageData" in value;
}

/**
 * Reads the pixels of canvases, `ImageBitmap`, `<img>`, `<video>` and `VideoFrame`; also of a canvas package's canvas in Node.
 * `null` when the input is none of them.
 */
export async function readDrawable(input: unknown): Promise<RawPixels | null> {
  if (typeof input !== "object" || input === null) return null;
  if (isDrawable(input) && typeof OffscreenCanvas !== "undefined")
    return pixelsOf(input, drawableSize(input));
  if (!("getContext" in input) || typeof input.getContext !== "function") return null;
  const size = drawableSize(input);
  const context: unknown = input.getContext("2d");
  if (!isPixelContext(context)) throw new EncodingError("The canvas has no 2d context to read pixels from.");
  return { ...size, data: context.getImageData(0, 0, size.width, size.height).data, channels: 4 };
}
