import { EncodingError } from "@inference-ts/errors";
import { hasCanvas } from "./has-canvas.ts";
import { DEFAULT_JPEG_QUALITY } from "./limits.ts";
import type { EncodeOptions, ExtraInputReader, ImageCodec, ImageSize, RawPixels } from "./ports.ts";

type Surface = readonly [
  canvas: OffscreenCanvas,
  context: OffscreenCanvasRenderingContext2D,
  pixels: ImageData,
];

/** Draws onto a canvas of that size and reads the pixels back; the image is closed. */
function draw(image: ImageBitmap, { width, height }: ImageSize): Surface {
  try {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d");
    if (context === null) throw new EncodingError("The runtime gave no 2d canvas.");
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, width, height);
    return [canvas, context, context.getImageData(0, 0, width, height)];
  } finally {
    image.close();
  }
}

async function encodeDrawn(
  image: ImageBitmap,
  size: ImageSize,
  { format, quality = DEFAULT_JPEG_QUALITY }: EncodeOptions,
): Promise<Uint8Array> {
  const [canvas, context, pixels] = draw(image, size);
  if (format === "jpeg") {
    for (let i = 3; i < pixels.data.length; i += 4) pixels.data[i] = 255;
    context.putImageData(pixels, 0, 0);
  }
  const blob = await canvas.convertToBlob({ type: `image/${format}`, quality: quality / 100 });
  return new Uint8Array(await blob.arrayBuffer());
}

function pixelsOf(image: ImageBitmap): RawPixels {
  const [, , { data, width, height }] = draw(image, image);
  return { data, width, height, channels: 4 };
}

async function open(bytes: Uint8Array): Promise<ImageBitmap> {
  try {
    // The copy is ordinary memory, also where the bytes are shared memory, which a Blob refuses.
    return await createImageBitmap(new Blob([new Uint8Array(bytes)]));
  } catch {
    throw new EncodingError("This browser cannot decode it.");
  }
}

function toImageData({ data, width, height, channels }: RawPixels, isOpaque: boolean): ImageData {
  const image = new ImageData(width, height);
  for (let i = 0; i < image.data.length; i++) {
    const channel = i % 4;
    const from = (i >> 2) * channels + (channels > 1 ? channel : 0);
    image.data[i] = channel === 3 && (isOpaque || channels < 4) ? 255 : (data[from] ?? 0);
  }
  return image;
}

/**
 * Codec of browsers and workers, made of `createImageBitmap` and `OffscreenCanvas`. EXIF orientation is applied by the browser.
 */
export const canvasCodec = {
  name: "canvas",
  resize: async (bytes, size, options) => encodeDrawn(await open(bytes), size, options),
  encode: async (pixels, options) => {
    const image = await createImageBitmap(toImageData(pixels, options.format === "jpeg"));
    return encodeDrawn(image, options.size ?? pixels, options);
  },
  decode: async (bytes) => pixelsOf(await open(bytes)),
  async measure(bytes) {
    const image = await open(bytes);
    const { width, height } = image;
    image.close();
    return { width, height };
  },
} satisfies ImageCodec;

const DRAWABLE = /^(HTML(Canvas|Image|Video)Element|OffscreenCanvas|ImageBitmap|VideoFrame)$/;

function isDrawable(value: object): value is ImageBitmapSource & object {
  return DRAWABLE.test(Object.prototype.toString.call(value).slice(8, -1));
}

/** Reads the pixels of canvases, `ImageBitmap`, `<img>`, `<video>` and `VideoFrame`; `null` when the input is none of them. */
export const readDrawable: ExtraInputReader = async (input) =>
  hasCanvas() && isDrawable(input) ? pixelsOf(await createImageBitmap(input)) : null;
