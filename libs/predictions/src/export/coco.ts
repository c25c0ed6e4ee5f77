import { maskArea, maskRings } from "../mask.ts";
import { decodeRle } from "../masks/rle-masks.ts";
import { polygonArea } from "../polygon.ts";
import type { InferenceResult, Point, Rle } from "../results.ts";
import { readRle } from "../rle.ts";
import { type DetectedObject, detectionsOf } from "../summary.ts";

/** One picture and its result. */
export interface CocoInput {
  readonly fileName: string;
  readonly result: InferenceResult;
}

export interface CocoImage {
  readonly id: number;
  readonly file_name: string;
  /** 0 when the server did not say. */
  readonly width: number;
  readonly height: number;
}

export interface CocoCategory {
  /** `class_id + 1`, because readers keep 0 for the background. */
  readonly id: number;
  readonly name: string;
  readonly supercategory: string;
}

export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  /** `[x, y, width, height]` with the **top left** corner, in pixels. */
  readonly bbox: readonly [number, number, number, number];
  readonly area: number;
  /** Polygons as `[x0, y0, x1, y1, ...]`; a run-length mask (`iscrowd: 1`) for shapes with holes or several parts. */
  readonly segmentation:
    | readonly (readonly number[])[]
    | { readonly size: Rle["size"]; readonly counts: readonly number[] };
  readonly iscrowd: 0 | 1;
  /** Confidence 0..1. */
  readonly score: number;
  /** Key points as `[x, y, visibility, ...]`, visibility 2. */
  readonly keypoints?: readonly number[];
  readonly num_keypoints?: number;
}

/** A COCO data set of predictions. */
export interface CocoDataset {
  readonly info: { readonly description: string };
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly CocoCategory[];
}

/**
 * COCO JSON of results with boxes. Pictures keep their order, ids start at 1; results of other tasks give a picture
 * without annotations. Categories are the classes that occur, by ascending id.
 */
export function toCoco(inputs: Iterable<CocoInput>): CocoDataset {
  const images: CocoImage[] = [];
  const annotations: CocoAnnotation[] = [];
  const names = new Map<number, string>();
  for (const { fileName, result } of inputs) {
    const image = result.image ?? { width: 0, height: 0 };
    const imageId = images.length + 1;
    images.push({ id: imageId, file_name: fileName, width: image.width, height: image.height });
    for (const object of detectionsOf(result)) {
      names.set(object.classId + 1, object.class);
      annotations.push(toAnnotation(object, annotations.length + 1, imageId));
    }
  }
  const categories = [...names]
    .sort(([a], [b]) => a - b)
    .map(([id, name]) => ({ id, name, supercategory: "none" }));
  return {
    info: { description: "Predictions of a Roboflow Inference server" },
    images,
    annotations,
    categories,
  };
}

function toAnnotation(object: DetectedObject, id: number, imageId: number): CocoAnnotation {
  const { box, keypoints } = object;
  return {
    id,
    image_id: imageId,
    category_id: object.classId + 1,
    bbox: [box.x - box.width / 2, box.y - box.height / 2, box.width, box.height],
    ...shapeOf(object),
    score: object.confidence,
    ...(keypoints === undefined
      ? {}
      : { keypoints: keypoints.flatMap(({ x, y }) => [x, y, 2]), num_keypoints: keypoints.length }),
  };
}

function shapeOf({
  box,
  polygon,
  rle,
}: DetectedObject): Pick<CocoAnnotation, "area" | "segmentation" | "iscrowd"> {
  if (polygon !== undefined) {
    return {
      area: polygonArea(polygon),
      segmentation: polygon.length === 0 ? [] : [flatten(polygon)],
      iscrowd: 0,
    };
  }
  if (rle === undefined) return { area: box.width * box.height, segmentation: [], iscrowd: 0 };
  const mask = decodeRle(rle);
  const area = maskArea(mask);
  const [ring, ...more] = maskRings(mask);
  if (ring === undefined) return { area, segmentation: [], iscrowd: 0 };
  if (more.length === 0) return { area, segmentation: [flatten(ring)], iscrowd: 0 };
  return { area, segmentation: { size: rle.size, counts: readRle(rle).runs }, iscrowd: 1 };
}

function flatten(points: readonly Point[]): number[] {
  return points.flatMap(({ x, y }) => [x, y]);
}
