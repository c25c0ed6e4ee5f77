import type { InferenceResult } from "@inference-ts/sdk/node";
import { drawPicture } from "../../output/draw-picture.ts";
import { writeResultFile } from "../../output/output-place.ts";

/** A file that belongs to a result. */
interface ResultFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Masks as they stand in JSON, and as files where a target names the begin of their paths. */
export function splitMasks(
  result: object,
  target: string | undefined,
): { result: object; files: ResultFile[] } {
  const files: ResultFile[] = [];
  if (!Array.isArray(result)) return { result, files };
  const parts = result.map((part: unknown, index) => {
    if (!hasMask(part)) return part;
    const { mask } = part;
    if (target === undefined) return { ...part, mask: Buffer.from(mask).toString("base64") };
    const path = `${target}.${index}.mask.png`;
    files.push({ path, bytes: mask });
    return { ...part, mask: path };
  });
  return { result: parts, files };
}

function hasMask(part: unknown): part is { readonly mask: Uint8Array } {
  return typeof part === "object" && part !== null && "mask" in part && part.mask instanceof Uint8Array;
}

/** @throws InvalidParameterError when a file cannot be written. */
export async function writeFiles(files: readonly ResultFile[]): Promise<void> {
  for (const { path, bytes } of files) await writeResultFile(path, bytes);
}

/** Boxes drawn on a copy of the picture. */
export async function drawBoxes(picture: Uint8Array, result: object, target: string): Promise<ResultFile> {
  const { default: sharp } = await import("sharp");
  const { width, height } = (await sharp(picture).metadata()).autoOrient;
  const drawn = await drawPicture(picture, detectionResult(result, { width, height }), undefined);
  return { path: `${target}.annotated.${drawn.ending}`, bytes: drawn.bytes };
}

interface FoundBox {
  readonly label: string;
  readonly score: number;
  readonly box: {
    readonly xmin: number;
    readonly ymin: number;
    readonly xmax: number;
    readonly ymax: number;
  };
}

const isFoundBox = (value: unknown): value is FoundBox =>
  typeof value === "object" &&
  value !== null &&
  "label" in value &&
  "score" in value &&
  "box" in value &&
  typeof value.box === "object";

/** Corners as the boxes that are drawn: centre and size. Colours go by label. */
function detectionResult(
  found: object,
  image: { readonly width: number; readonly height: number },
): InferenceResult {
  const boxes = Array.isArray(found) ? found.filter(isFoundBox) : [];
  const labels = [...new Set(boxes.map(({ label }) => label))];
  return {
    task: "object-detection",
    image,
    predictions: boxes.map(({ label, score, box: { xmin, ymin, xmax, ymax } }, index) => ({
      x: (xmin + xmax) / 2,
      y: (ymin + ymax) / 2,
      width: xmax - xmin,
      height: ymax - ymin,
      confidence: score,
      class: label,
      class_id: labels.indexOf(label),
      detection_id: String(index),
    })),
  };
}
