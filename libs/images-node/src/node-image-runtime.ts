import { lookup } from "node:dns/promises";
import {
  createUrlFetcher,
  followRedirects,
  type ImageRuntime,
  isGlobalAddress,
  type UrlFetcherOptions,
} from "@inference-ts/images";
import { nodeFileReader } from "./file-reader.ts";
import { nodeBase64Decoder } from "./node-base64.ts";
import { nodeExtras } from "./node-extras.ts";
import { loadSharpOpener, sharpCodec } from "./sharp-codec.ts";

/** How {@link nodeImageRuntime} is wired. */
export interface NodeImageRuntimeOptions extends UrlFetcherOptions {
  /** Most pixels of a picture that is decoded. Default 268,402,689. */
  readonly maxPixels?: number | undefined;
}

/** Addresses of a host name by the system's resolver. */
export async function nodeLookup(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address);
}

/** The images room of Node: sharp (loaded when it is needed), local files, `fetch` with the URL policy at every redirect. */
export function nodeImageRuntime(options: NodeImageRuntimeOptions = {}): ImageRuntime {
  const { maxPixels, ...fetching } = options;
  return {
    codec: sharpCodec({ maxPixels }),
    files: nodeFileReader(),
    urls: createUrlFetcher({ follow: followRedirects, lookup: nodeLookup, isGlobalAddress, ...fetching }),
    extras: nodeExtras,
    decodeBase64: nodeBase64Decoder,
    loadSharp: () => loadSharpOpener({ maxPixels }),
  };
}
