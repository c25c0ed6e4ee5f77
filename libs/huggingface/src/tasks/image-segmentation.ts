import { InvalidResponseError } from "@inference-ts/errors";
import { decodeBase64, decodeDataUrl, type ImageSource, readImageHeader } from "@inference-ts/images";
import { badShape, objectList, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendMedia } from "../request/run-task.ts";
import type { ImageSegmentationOutputElement } from "../results.ts";

/** Options of `imageSegmentation`. */
export interface ImageSegmentationOptions extends TaskOptions {
  /** Where a mask becomes black and white, 0 to 1. */
  readonly maskThreshold?: number | null | undefined;
  /** Overlap above which a small part is thrown away, 0 to 1. */
  readonly overlapMaskAreaThreshold?: number | null | undefined;
  readonly subtask?: "instance" | "panoptic" | "semantic" | null | undefined;
  /** Lowest score that is given, 0 to 1. */
  readonly threshold?: number | null | undefined;
}

/** Segments of a picture; masks are decoded from base64. */
export async function imageSegmentation(
  scope: CallScope,
  source: ImageSource,
  options: ImageSegmentationOptions,
): Promise<ImageSegmentationOutputElement[]> {
  const { operation } = scope;
  const answer = await sendMedia(scope, "image-segmentation", source, wireParameters(options));
  const segments = objectList<{ readonly label: string; readonly mask?: unknown }>(
    await readJson(answer, operation),
    operation,
  );
  return segments.map((segment, index) => ({
    ...segment,
    mask: readMask(segment.mask, `[${index}].mask`, operation),
  }));
}

/** A mask as PNG bytes; `undefined` where there is none. Some servers write a data URL. */
function readMask(mask: unknown, path: string, operation: string): Uint8Array | undefined {
  if (mask === undefined || mask === null) return undefined;
  if (typeof mask !== "string") return badShape(operation, path, "base64 text", mask);
  const bytes = decodeDataUrl(mask) ?? decodeBase64(mask);
  const header = bytes === null ? null : readImageHeader(bytes);
  if (bytes !== null && header !== null && !header.truncated && header.size !== null) return bytes;
  throw new InvalidResponseError(
    `The answer for ${operation} has a mask at ${path} that is no whole picture.`,
    {
      path,
    },
  );
}
