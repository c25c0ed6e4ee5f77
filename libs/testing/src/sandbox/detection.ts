import { randomUUID } from "node:crypto";
import { KEYPOINT_NAMES, type SandboxModel } from "./models.ts";
import type { RgbPixels } from "./shapes/colours.ts";
import { type ColourComponent, findComponents } from "./shapes/components.ts";
import { confidenceOf, viewOf } from "./shapes/network-view.ts";
import { outlineOf } from "./shapes/outline.ts";
import { compressRuns, runLengths } from "./shapes/run-length.ts";
import { type Candidate, suppress } from "./shapes/suppression.ts";
import type { TaskParameters } from "./task-parameters.ts";

/** A found shape that survived suppression. */
export interface FoundShape extends Candidate {
  readonly component: ColourComponent;
}

/** The second box of every shape: larger and less confident, so that `iou_threshold` and `max_detections` show an effect. */
const ECHO = { size: 1.2, confidence: 0.9 };

/** The shapes of a picture as a detection model reports them, most confident first. */
export function findShapes(model: SandboxModel, pixels: RgbPixels, parameters: TaskParameters): FoundShape[] {
  const view = viewOf(pixels, model.fit);
  const candidates = findComponents(pixels).flatMap((component) => {
    const confidence = confidenceOf(component, view);
    return [
      { ...boxAround(component, 1, pixels), classId: component.classId, component, confidence },
      {
        ...boxAround(component, ECHO.size, pixels),
        classId: component.classId,
        component,
        confidence: confidence * ECHO.confidence,
      },
    ];
  });
  const filter = parameters.classFilter;
  const classIds = filter === null ? null : new Set(filter.map((name) => model.classes.indexOf(name)));
  return suppress(candidates, {
    confidence: parameters.confidence,
    iouThreshold: parameters.iouThreshold,
    maxDetections: parameters.maxDetections,
    classAgnostic: parameters.classAgnosticNms,
    classIds,
  });
}

/** Whole-pixel edges of a box that is `factor` times as large as the component, kept inside the picture. */
function boxAround(component: ColourComponent, factor: number, pixels: RgbPixels) {
  const growX = ((component.right - component.left) * (factor - 1)) / 2;
  const growY = ((component.bottom - component.top) * (factor - 1)) / 2;
  return {
    left: Math.max(0, Math.round(component.left - growX)),
    top: Math.max(0, Math.round(component.top - growY)),
    right: Math.min(pixels.width, Math.round(component.right + growX)),
    bottom: Math.min(pixels.height, Math.round(component.bottom + growY)),
  };
}

function boxFields(shape: FoundShape, model: SandboxModel) {
  return {
    x: (shape.left + shape.right) / 2,
    y: (shape.top + shape.bottom) / 2,
    width: shape.right - shape.left,
    height: shape.bottom - shape.top,
    confidence: shape.confidence,
    class: model.classes[shape.classId] ?? "",
    class_id: shape.classId,
    detection_id: randomUUID(),
  };
}

/** Predictions of an object detection model. */
export function detectionFields(shapes: readonly FoundShape[], model: SandboxModel): unknown[] {
  return shapes.map((shape) => boxFields(shape, model));
}

/** Where the three keypoints lie, as shares of the box measured from its centre, and their fixed confidences. */
const KEYPOINTS = [
  { dx: -0.5, dy: -0.5, confidence: 0.9 },
  { dx: 0, dy: 0, confidence: 0.8 },
  { dx: 0.5, dy: 0.5, confidence: 0.3 },
] as const;

/** Predictions of a keypoint model: top left corner, centre and bottom right corner of every box. */
export function keypointFields(shapes: readonly FoundShape[], model: SandboxModel): unknown[] {
  return shapes.map((shape) => {
    const box = boxFields(shape, model);
    const keypoints = KEYPOINTS.map((point, classId) => ({
      x: box.x + box.width * point.dx,
      y: box.y + box.height * point.dy,
      confidence: point.confidence,
      class_id: classId,
      class: KEYPOINT_NAMES[classId] ?? "",
    }));
    return { ...box, keypoints };
  });
}

/** Predictions of an instance segmentation model, as polygons or as run-length masks. */
export function instanceFields(
  shapes: readonly FoundShape[],
  model: SandboxModel,
  pixels: RgbPixels,
  maskFormat: "polygon" | "rle",
): unknown[] {
  return shapes.map((shape) => {
    const mask =
      maskFormat === "rle" ? { rle: runLengthMask(shape.component, pixels) } : polygon(shape.component);
    return { ...boxFields(shape, model), ...mask, mask_format: maskFormat };
  });
}

function polygon(component: ColourComponent) {
  const [width, height] = [component.right - component.left, component.bottom - component.top];
  const outline = outlineOf({ width, height, data: component.mask });
  return { points: outline.map((point) => ({ x: point.x + component.left, y: point.y + component.top })) };
}

function runLengthMask(component: ColourComponent, pixels: RgbPixels) {
  const width = component.right - component.left;
  const isSet = (x: number, y: number) =>
    x >= component.left &&
    x < component.right &&
    y >= component.top &&
    y < component.bottom &&
    component.mask[(y - component.top) * width + x - component.left] === 1;
  return {
    size: [pixels.height, pixels.width],
    counts: compressRuns(runLengths(pixels.width, pixels.height, isSet)),
  };
}
