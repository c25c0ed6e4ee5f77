import { canvasCodec, readDrawable } from "./canvas-codec.ts";
import type { ImageRuntime } from "./ports.ts";
import { createUrlFetcher, type UrlFetcherOptions } from "./url-fetcher.ts";

/** The images room of browsers, workers and other runtimes without local files: canvas codec where there is one, `fetch`. */
export function browserImageRuntime(options: UrlFetcherOptions = {}): ImageRuntime {
  return { codec: canvasCodec(), files: null, urls: createUrlFetcher(options), extras: readDrawable };
}
