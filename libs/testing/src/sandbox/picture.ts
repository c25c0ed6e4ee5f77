import { get } from "node:http";
import { MissingPeerError } from "@inference-ts/errors";
import type { Sharp, SharpOptions } from "sharp";
import { refuse } from "./exchange.ts";
import type { RgbPixels } from "./shapes/colours.ts";

type OpenPicture = (bytes: Uint8Array, options?: SharpOptions) => Sharp;

/** Loads sharp on first use, so that whoever only needs the service routes needs no picture library. */
export async function loadSharp(neededFor: string): Promise<OpenPicture> {
  try {
    return (await import("sharp")).default;
  } catch (cause) {
    throw new MissingPeerError("sharp", neededFor, { cause });
  }
}

/** Largest picture that a URL may give, in bytes. */
const MAX_DOWNLOAD_BYTES = 64 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 10_000;

const cannotLoad = (cause: string): never => refuse(400, `Could not load input image. Cause: ${cause}`);

/** Decodes a picture to RGB; EXIF orientation is applied unless it is switched off. */
export async function decodePicture(
  bytes: Uint8Array,
  autoOrient: boolean,
  failure: string,
): Promise<RgbPixels> {
  const open = await loadSharp("the sandbox server to decode pictures");
  try {
    const picture = open(bytes, { failOn: "truncated" });
    const upright = autoOrient ? picture.rotate() : picture;
    const { data, info } = await upright
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: threeChannels(data, info.channels) };
  } catch {
    return cannotLoad(failure);
  }
}

function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const count = data.length / channels;
  const rgb = new Uint8Array(count * 3);
  for (let index = 0; index < count; index++) {
    for (let channel = 0; channel < 3; channel++) {
      rgb[index * 3 + channel] = data[index * channels + (channels >= 3 ? channel : 0)] ?? 0;
    }
  }
  return rgb;
}

const DATA_PREFIX = /^data:image\/[a-z+]+;base64,/;

/** Bytes of a base64 text, decoded as leniently as the server does: foreign characters are skipped. */
function base64Bytes(text: Uint8Array): Uint8Array {
  if (text.some((byte) => byte === 0 || byte >= 0x80)) {
    return cannotLoad(
      "Invalid base64 input: the image payload contains raw bytes instead of a base64-encoded string. " +
        "Please base64-encode the image before sending.",
    );
  }
  const plain = Buffer.from(text)
    .toString("latin1")
    .replace(DATA_PREFIX, "")
    .replace(/[^A-Za-z0-9+/]/g, "");
  if (plain === "") return cannotLoad("Empty image payload.");
  return Buffer.from(plain, "base64");
}

/** A picture given as base64 text. */
export function base64Picture(text: Uint8Array, autoOrient: boolean): Promise<RgbPixels> {
  return decodePicture(base64Bytes(text), autoOrient, "Malformed base64 input image.");
}

const UNDECODABLE = "Data pointed by URL could not be decoded into image.";

/** A picture given by URL. The sandbox reaches this machine only; `data:` is no URL for the server either. */
export async function urlPicture(text: string, autoOrient: boolean): Promise<RgbPixels> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return cannotLoad("Provided image URL is invalid");
  if (url.protocol !== "http:" && url.protocol !== "https:") return cannotLoad(UNDECODABLE);
  if (url.protocol !== "http:" || !isLoopback(url.hostname)) {
    return cannotLoad(
      "the sandbox fetches pictures from http URLs of this machine only, not from other hosts.",
    );
  }
  return decodePicture(await download(url), autoOrient, "Data is not image.");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

async function download(url: URL): Promise<Uint8Array> {
  const body = await new Promise<Uint8Array | null>((resolve) => {
    const request = get(url, { agent: false, timeout: DOWNLOAD_TIMEOUT_MS }, (response) => {
      const chunks: Uint8Array[] = [];
      let total = 0;
      response.on("data", (chunk: Uint8Array) => {
        total += chunk.length;
        chunks.push(chunk);
        if (total > MAX_DOWNLOAD_BYTES) request.destroy();
      });
      response.on("end", () => resolve(response.statusCode === 200 ? Buffer.concat(chunks) : null));
      response.on("error", () => resolve(null));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(null));
  });
  return body ?? cannotLoad(UNDECODABLE);
}
