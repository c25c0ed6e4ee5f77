import type { BoxCorners } from "../detections/boxes.ts";
import type { Detection, Detections } from "../detections/detections.ts";
import type { InstanceMask } from "../masks/instance-mask.ts";
import type { Point, Rle } from "../results.ts";
import { type ExportPolygonOptions, exportedClassId } from "./exported-mask.ts";

/** One object of a COCO data set. */
export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  /** `class_id + 1`, because readers keep 0 for the background. */
  readonly category_id: number;
  /** `[x, y, width, height]` with the **top left** corner, in pixels. */
  readonly bbox: readonly [number, number, number, number];
  /** Covered pixels, or the area of the box where there is no mask. */
  readonly area: number;
  /** Polygons as `[x0, y0, x1, y1, ...]`; run lengths for masks with holes, of several parts or too thin for a polygon. */
  readonly segmentation:
    | readonly (readonly number[])[]
    | { readonly size: Rle["size"]; readonly counts: readonly number[] };
  /** 1 for crowds alone, as the column `iscrowd` says: readers leave them out when they count. */
  readonly iscrowd: 0 | 1;
  /** Confidence 0..1, where there is one. */
  readonly score?: number;
  /** Key points as `[x, y, visibility, ...]`, visibility 2. */
  readonly keypoints?: readonly number[];
  readonly num_keypoints?: number;
}

/** Numbers of a COCO data set, and how masks become polygons. */
export interface CocoAnnotationOptions extends ExportPolygonOptions {
  readonly imageId: number;
  /** Id of the first annotation; the others follow. */
  readonly annotationId: number;
}

type Shape = Pick<CocoAnnotation, "segmentation" | "iscrowd">;

/**
 * The annotations of one picture. Columns `iscrowd` (0 or 1) and `area` of `detections.data` overrule what is found out here.
 *
 * @throws InvalidParameterError when a detection has no class id
 */
export function cocoAnnotations(
  detections: Detections,
  { imageId, annotationId, ...polygons }: CocoAnnotationOptions,
): CocoAnnotation[] {
  return [...detections].map((detection, index) => {
    const { box, mask, data, confidence, keypoints } = detection;
    const [x, y, width, height] = topLeftBox(box);
    return {
      id: annotationId + index,
      image_id: imageId,
      category_id: exportedClassId(detection, "COCO") + 1,
      bbox: [x, y, width, height],
      area: Number.isFinite(data.area) ? Number(data.area) : (mask?.area ?? width * height),
      ...shapeOf(detection, polygons),
      ...(confidence === null ? {} : { score: confidence }),
      ...(keypoints === null
        ? {}
        : {
            keypoints: keypoints.flatMap((point) => [point.x, point.y, 2]),
            num_keypoints: keypoints.length,
          }),
    };
  });
}

function topLeftBox([x1, y1, x2, y2]: BoxCorners): [number, number, number, number] {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)];
}

function shapeOf({ mask, data: { iscrowd } }: Detection, options: ExportPolygonOptions): Shape {
  if (mask === null) return { segmentation: [], iscrowd: iscrowd === 1 ? 1 : 0 };
  if (iscrowd === 1) return { segmentation: runLengths(mask), iscrowd: 1 };
  const { simplify = 0, minImageShare = 0, maxImageShare = 1 } = options;
  const asGiven = simplify === 0 && minImageShare === 0 && maxImageShare === 1;
  if (asGiven && mask.polygon !== null) return { segmentation: [flatten(mask.polygon)], iscrowd: 0 };
  // Several polygons are several parts to readers only if the caller says that it is one object.
  if (mask.hasHoles || (iscrowd === undefined && mask.countSegments(4) > 1)) {
    return { segmentation: runLengths(mask), iscrowd: 0 };
  }
  const polygons = mask.toPolygons({ ...options, holes: "fill" });
  const thin = polygons.length === 0 && mask.area > 0 && mask.toPolygons({ holes: "fill" }).length === 0;
  if (thin) return { segmentation: runLengths(mask), iscrowd: 0 };
  return { segmentation: polygons.map(({ points }) => flatten(points)), iscrowd: 0 };
}

function runLengths(mask: InstanceMask): { size: [number, number]; counts: readonly number[] } {
  return { size: [mask.height, mask.width], counts: mask.runs.runs };
}

function flatten(points: readonly Point[]): number[] {
  return points.flatMap(({ x, y }) => [x, y]);
}
