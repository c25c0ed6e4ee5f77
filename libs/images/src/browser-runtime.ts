import { hasCanvas } from "./has-canvas.ts";
import type { ImageCodec, ImageRuntime } from "./ports.ts";
import type { UrlFetcherOptions } from "./url-fetcher.ts";

// Canvas and downloads are loaded with the first picture that needs them.
const canvas = () => import("./canvas-codec.ts");
const downloads = () => import("./url-fetcher.ts");

const canvasCodec: ImageCodec = {
  name: "canvas",
  resize: async (...picture) => (await canvas()).canvasCodec.resize(...picture),
  encode: async (...picture) => (await canvas()).canvasCodec.encode(...picture),
  decode: async (bytes) => (await canvas()).canvasCodec.decode(bytes),
  measure: async (bytes) => (await canvas()).canvasCodec.measure(bytes),
};

/** The images room of browsers, workers and other runtimes without local files: canvas codec where there is one, `fetch`. */
export function browserImageRuntime(options: UrlFetcherOptions = {}): ImageRuntime {
  return {
    codec: hasCanvas() ? canvasCodec : null,
    files: null,
    urls: { fetch: async (...download) => (await downloads()).createUrlFetcher(options).fetch(...download) },
    extras: async (...input) => (await canvas()).readDrawable(...input),
  };
}
