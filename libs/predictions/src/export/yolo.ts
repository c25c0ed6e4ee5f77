import type { BoxCorners } from "../detections/boxes.ts";
import type { Detections } from "../detections/detections.ts";
import type { ImageDimensions, Point } from "../results.ts";
import { pictureSize } from "../rle.ts";
import {
  type DetectedImage,
  type ExportedFile,
  type ExportPolygonOptions,
  exportedClassId,
  exportedPolygons,
  fileNames,
} from "./exported-mask.ts";

/**
 * Lines of a YOLO label file: `class x y width height` with the centre, or `class x1 y1 x2 y2 ...` for each part of a mask, in parts of
 * the picture with five decimals. Nothing is clipped; holes are joined to the outline by a seam; an empty or too thin
 * mask is written as its box.
 *
 * @param size of the picture
 * @throws InvalidParameterError when a detection has no class id, or the picture no size
 */
export function yoloLines(
  detections: Detections,
  size: ImageDimensions,
  options: ExportPolygonOptions = {},
): string[] {
  if (detections.length > 0) pictureSize(size);
  return [...detections].flatMap((detection) => {
    const id = exportedClassId(detection, "YOLO");
    const polygons = exportedPolygons(detection.mask, options);
    if (polygons === null) return [yoloLine(id, boxNumbers(detection.box, size))];
    return polygons.map((points) => yoloLine(id, polygonNumbers(points, size)));
  });
}

function yoloLine(id: number, numbers: readonly number[]): string {
  return [id, ...numbers.map(fiveDecimals)].join(" ");
}

function boxNumbers([x1, y1, x2, y2]: BoxCorners, { width, height }: ImageDimensions): number[] {
  const [left, right] = [Math.min(x1, x2) / width, Math.max(x1, x2) / width];
  const [top, bottom] = [Math.min(y1, y2) / height, Math.max(y1, y2) / height];
  return [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top];
}

function polygonNumbers(points: readonly Point[], { width, height }: ImageDimensions): number[] {
  return points.flatMap(({ x, y }) => [x / width, y / height]);
}

/**
 * Five decimals, a half to the even neighbour as Python writes it. A number is exactly between two of them only when it is an
 * odd number of 64ths.
 */
function fiveDecimals(value: number): string {
  if (Math.abs((value * 64) % 2) !== 1) return value.toFixed(5);
  const below = Math.floor(value * 100_000);
  return ((below % 2 === 0 ? below : below + 1) / 100_000).toFixed(5);
}

/**
 * A YOLO label file for each picture, empty for one without detections. Keeps one picture at a time, and the names of all: it fails with
 * InvalidParameterError where two pictures would have the same file.
 */
export function yoloStream(options: ExportPolygonOptions = {}): TransformStream<DetectedImage, ExportedFile> {
  const nameOf = fileNames(".txt");
  return new TransformStream<DetectedImage, ExportedFile>({
    transform(image, controller) {
      const lines = yoloLines(image.detections, image, options);
      const text = lines.map((line) => `${line}\n`).join("");
      controller.enqueue({ name: nameOf(image.fileName), text });
    },
  });
}

/** The `data.yaml` of a YOLO data set: number and names of the classes, in order of their ids. */
export function yoloDataYaml(classes: readonly string[]): string {
  return `nc: ${classes.length}\nnames: [${classes.map(yamlText).join(", ")}]\n`;
}

/** Words that YAML would take for something else than text. */
const YAML_WORDS = /^(?:true|false|yes|no|on|off|null|y|n|~)$/i;

/** Text that is safe without quotes, or in double quotes with JSON's escapes, which YAML shares. */
function yamlText(text: string): string {
  const plain = /^[A-Za-z_][\w /()+.-]*$/.test(text) && !text.endsWith(" ") && !YAML_WORDS.test(text);
  return plain ? text : JSON.stringify(text);
}
