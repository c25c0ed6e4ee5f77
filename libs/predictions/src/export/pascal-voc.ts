import { InvalidParameterError } from "@inference-ts/errors";
import type { BoxCorners } from "../detections/boxes.ts";
import type { Detection } from "../detections/detections.ts";
import { roundHalfEven } from "../rescale.ts";
import type { Point } from "../results.ts";
import {
  type DetectedImage,
  type ExportedFile,
  type ExportPolygonOptions,
  exportedClassId,
  exportedPolygons,
  fileNames,
} from "./exported-mask.ts";

/** How a Pascal VOC file is written. */
export interface PascalVocOptions extends ExportPolygonOptions {
  /** Names by class id. Default: the class names of the detections. */
  readonly classes?: readonly string[];
}

/** An element with children, or with text. */
type Xml = readonly [name: string, content: string | number | readonly Xml[]];

/**
 * The Pascal VOC annotation of a picture as XML. Pixels are counted from 1: `xmin` and `ymin` are the first pixel of a box, `xmax`
 * and `ymax` the last (halves are rounded to even). A mask becomes one object for each part, its box around the
 * polygon; holes are joined to the outline by a seam, an empty or too thin mask is written as its box.
 *
 * @throws InvalidParameterError when a detection has no class id, or its class no name
 */
export function pascalVoc(image: DetectedImage, options: PascalVocOptions = {}): string {
  const { fileName, width, height, depth = 3, detections } = image;
  const objects = [...detections].flatMap((detection) => {
    const name = className(detection, options.classes);
    const polygons = exportedPolygons(detection.mask, options);
    if (polygons === null) return [objectElement(name, detection.box)];
    return polygons.map((points) => objectElement(name, boxAround(points), points));
  });
  const size: Xml = [
    "size",
    [
      ["width", width],
      ["height", height],
      ["depth", depth],
    ],
  ];
  const annotation: Xml = [
    "annotation",
    [
      ["folder", "VOC"],
      ["filename", fileName],
      ["source", [["database", "roboflow.ai"]]],
      size,
      ["segmented", 0],
      ...objects,
    ],
  ];
  return `<?xml version="1.0" ?>\n${written(annotation, "")}`;
}

/**
 * A Pascal VOC file for each picture. Keeps one picture at a time, and the names of all: it fails with InvalidParameterError where two
 * pictures would have the same file.
 */
export function pascalVocStream(
  options: PascalVocOptions = {},
): TransformStream<DetectedImage, ExportedFile> {
  const nameOf = fileNames(".xml");
  return new TransformStream<DetectedImage, ExportedFile>({
    transform(image, controller) {
      controller.enqueue({ name: nameOf(image.fileName), text: pascalVoc(image, options) });
    },
  });
}

function className(detection: Detection, classes: readonly string[] | undefined): string {
  const id = exportedClassId(detection, "Pascal VOC");
  const name = classes === undefined ? detection.class : classes.at(id);
  if (name !== null && name !== undefined) return name;
  throw new InvalidParameterError(`Class ${id} has no name; Pascal VOC needs one.`, {
    hint: "Give the names of all classes as `classes`.",
  });
}

/** The far edges lie behind the last pixels. */
function boxAround(points: readonly Point[]): BoxCorners {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
}

function objectElement(name: string, [x1, y1, x2, y2]: BoxCorners, points: readonly Point[] = []): Xml {
  const xMin = roundHalfEven(Math.min(x1, x2) + 1);
  const yMin = roundHalfEven(Math.min(y1, y2) + 1);
  const box: Xml = [
    "bndbox",
    [
      ["xmin", xMin],
      ["ymin", yMin],
      ["xmax", Math.max(roundHalfEven(Math.max(x1, x2)), xMin)],
      ["ymax", Math.max(roundHalfEven(Math.max(y1, y2)), yMin)],
    ],
  ];
  const vertices = points.flatMap(({ x, y }, index): Xml[] => [
    [`x${index + 1}`, x + 1],
    [`y${index + 1}`, y + 1],
  ]);
  return [
    "object",
    [["name", name], box, ...(vertices.length === 0 ? [] : [["polygon", vertices] as const])],
  ];
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** A character as XML may hold it: most control characters are not allowed in any form. */
function escaped(character: string): string {
  const allowed = character >= " " || "\t\n\r".includes(character);
  return allowed ? (ENTITIES[character] ?? character) : "\uFFFD";
}

function written([name, content]: Xml, indent: string): string {
  if (typeof content !== "object") {
    const text = Array.from(String(content), escaped).join("");
    return `${indent}<${name}>${text}</${name}>\n`;
  }
  const children = content.map((child) => written(child, `${indent}  `)).join("");
  return `${indent}<${name}>\n${children}${indent}</${name}>\n`;
}
