import { type ExtraInputReader, readDrawable } from "@inference-ts/images";
import type { Sharp } from "sharp";
import { guarded, readPixels } from "./sharp-codec.ts";

/** A pipeline is known by its methods, so that any installed copy of sharp is taken. */
function isSharp(input: unknown): input is Sharp {
  return (
    typeof input === "object" &&
    input !== null &&
    ["clone", "toBuffer", "metadata", "toColourspace"].every(
      (name) => typeof Reflect.get(input, name) === "function",
    )
  );
}

/** The output format that a pipeline's owner chose, such as `png`; `input` when none was. */
function chosenFormat(image: Sharp): unknown {
  const options: unknown = Reflect.get(image, "options");
  return typeof options === "object" && options !== null ? Reflect.get(options, "formatOut") : undefined;
}

const SENDABLE: readonly unknown[] = ["jpeg", "png", "webp", "gif", "tiff", "heif", "avif"];

/**
 * Reads sharp pipelines, and canvases of canvas packages. A pipeline runs as its owner built it (EXIF orientation is applied only with
 * `.autoOrient()`); with an output format chosen its encoded bytes are taken, otherwise its pixels. The pipeline stays usable.
 */
export const nodeExtras: ExtraInputReader = async (input) => {
  if (!isSharp(input)) return readDrawable(input);
  return guarded<Awaited<ReturnType<ExtraInputReader>>>(async () => {
    const copy = input.clone();
    return SENDABLE.includes(chosenFormat(copy)) ? copy.toBuffer() : readPixels(copy);
  });
};
