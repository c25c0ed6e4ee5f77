import {
  Detections,
  planSlices,
  type Slice,
  type SliceInferenceOptions,
  sliceInference,
} from "@inference-ts/sdk/predictions";
import { isRecord, listAt } from "../../golden/json.ts";
import { checkOutcome, differences, isError } from "../compare.ts";
import { detectionDifferences, toDetections } from "../detections.ts";
import { numbersOf } from "../masks.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";

const FILTERS: Readonly<Record<string, "none" | "nms" | "nmm">> = {
  none: "none",
  non_max_suppression: "nms",
  non_max_merge: "nmm",
};

function pictureOf({ input }: Vector): { width: number; height: number } {
  const [width = 0, height = 0] = numbersOf(input.image_wh);
  return { width, height };
}

function optionsOf({ input }: Vector): SliceInferenceOptions {
  const [sliceWidth = 0, sliceHeight = 0] = numbersOf(input.slice_wh);
  const [x = 0, y = 0] = numbersOf(input.overlap_wh);
  return {
    sliceWidth,
    sliceHeight,
    overlap: { x, y },
    filter: FILTERS[String(input.overlap_filter)] ?? "none",
    ...(typeof input.iou_threshold === "number" ? { threshold: input.iou_threshold } : {}),
    metric: input.overlap_metric === "IOS" ? "ios" : "iou",
  };
}

const corners = ({ x, y, width, height }: Slice) => [x, y, x + width, y + height];

/** What the detector of the vector finds in a slice. */
function answersOf({ input }: Vector): Map<string, Detections> {
  const tiles = listAt(input, "tiles").filter(isRecord);
  return new Map(
    tiles.map(({ tile, detections }) => {
      const found = (Array.isArray(detections) ? detections : []).filter(isRecord);
      const masks = found.flatMap(({ rle }) => (isRecord(rle) ? [rle] : []));
      const columns = {
        xyxy: found.map(({ xyxy }) => xyxy),
        confidence: found.map(({ confidence }) => confidence),
        class_id: found.map((item) => item.class_id),
        ...(masks.length > 0 && masks.length === found.length ? { masks } : {}),
      };
      return [JSON.stringify(tile), toDetections(columns)];
    }),
  );
}

async function slicesAndDetections(vector: Vector, maxConcurrentSlices: number) {
  const answers = answersOf(vector);
  const asked: number[][] = [];
  const picture = { ...pictureOf(vector), crop: corners };
  const detections = await sliceInference(
    picture,
    async (tile) => {
      asked.push(tile);
      return answers.get(JSON.stringify(tile)) ?? Detections.empty();
    },
    { ...optionsOf(vector), maxConcurrentSlices },
  );
  return { asked, detections };
}

/** Slicing: the plan, and what becomes of the detections of the slices. */
export const checkSlicer: Checker = (vector, expected) => {
  const merged = "tiles" in vector.input;
  if (!merged || isError(expected)) {
    return checkOutcome(
      expected,
      () => planSlices(pictureOf(vector), optionsOf(vector)).map(corners),
      (tiles) => differences({ count: tiles.length, tiles }, expected, "plan"),
    );
  }
  const tiles = listAt(vector.input, "tiles")
    .filter(isRecord)
    .map(({ tile }) => tile);
  return checkOutcome(
    expected,
    async () => [await slicesAndDetections(vector, 1), await slicesAndDetections(vector, 3)] as const,
    ([one, three]) => [
      ...differences(one.asked, tiles, "slices"),
      ...detectionDifferences(one.detections, expected),
      ...detectionDifferences(three.detections, expected),
    ],
  );
};
