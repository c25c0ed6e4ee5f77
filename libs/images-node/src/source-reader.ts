import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { InvalidInputFormatError } from "@inference-ts/errors";
import type { OpenVideo, SourceReader } from "@inference-ts/images";
import { findImages, IMAGE_EXTENSIONS } from "./find-images.ts";

const ENDING_OF_AN_IMAGE = new RegExp(`\\.(?:${IMAGE_EXTENSIONS.join("|")})$`, "i");
/** An address such as `rtsp://camera/1`, or a camera such as `camera:0`; one letter before the colon is a drive. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]+:\/\/|camera:)/i;

/**
 * Reads folders, glob patterns, pictures and videos by name.
 *
 * @param openVideo - Decodes videos.
 */
export function nodeSourceReader(openVideo: OpenVideo): SourceReader {
  return {
    isVideo: async (source) => {
      if (isAddress(source)) return !ENDING_OF_AN_IMAGE.test(URL.parse(source)?.pathname ?? "");
      const path = pathOf(source);
      const found = await stat(path).catch(() => null);
      if (found !== null) return !(found.isDirectory() || ENDING_OF_AN_IMAGE.test(path));
      if (/[*?[\]{}]/.test(path)) return false;
      throw new InvalidInputFormatError(`There is no file, folder or pattern ${path}.`, {
        hint: "Check the path; it is taken relative to the working directory.",
      });
    },
    findImages: (source, options) =>
      isAddress(source) ? alone(source) : findImages(pathOf(source), { ...options, allowEmptyFolder: true }),
    openVideo: (source, options) =>
      openVideo(typeof source === "string" && !isAddress(source) ? pathOf(source) : source, options),
  };
}

function isAddress(source: string): boolean {
  return ADDRESS.test(source) && !/^file:/i.test(source);
}

function pathOf(source: string): string {
  if (!/^file:/i.test(source)) return source;
  try {
    return fileURLToPath(source);
  } catch (cause) {
    throw new InvalidInputFormatError(`${source} is no address of a local file.`, { cause });
  }
}

async function* alone(address: string): AsyncGenerator<string, void, undefined> {
  yield address;
}
