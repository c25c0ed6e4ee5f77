import type { Detection, ImageDimensions } from "@inference-ts/predictions";
import { createScene, type Scene } from "./scene.ts";

/**
 * A scene from detections: filtered, merged, cut to slices or from any other source. They must be in pixels of the picture.
 *
 * @throws InvalidParameterError when a side of the picture is not above 0
 */
export function sceneOfDetections(detections: Iterable<Detection>, size: ImageDimensions): Scene {
  const sources = Array.from(detections, ({ box: [left, top, right, bottom], mask, ...detection }) => ({
    ...{ left, top, right, bottom },
    class: detection.class,
    classId: detection.classId,
    confidence: detection.confidence,
    trackerId: detection.trackerId,
    keypoints: detection.keypoints ?? undefined,
    mask: mask === null ? undefined : () => mask.toBitmap(),
  }));
  return createScene(size, sources);
}
