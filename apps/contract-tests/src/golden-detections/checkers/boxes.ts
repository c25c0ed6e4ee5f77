import {
  type Anchor,
  boxAnchors,
  boxList,
  boxPolygons,
  centresToCorners,
  clipBoxes,
  cornersToCentres,
  cornersToCentresWithRatio,
  cornersToXywh,
  denormalizeBoxes,
  InstanceMask,
  moveBoxes,
  padBoxes,
  scaleBoxes,
  toBoxes,
  xywhToCorners,
} from "@inference-ts/sdk/predictions";
import { isRecord } from "../../golden/json.ts";
import { checkOutcome, differences } from "../compare.ts";
import { boxesOf, toDetections } from "../detections.ts";
import { maskDifferences, numbersOf } from "../masks.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";

type Input = Vector["input"];

function sizeOf(input: Input): { width: number; height: number } {
  const [width = 0, height = 0] = numbersOf(input.resolution_wh);
  return { width, height };
}

/** Operations that give boxes, or four numbers a box. */
const BOX_OPERATIONS: Readonly<Record<string, (boxes: Float64Array, input: Input) => Float64Array>> = {
  xyxy_to_xywh: cornersToXywh,
  xywh_to_xyxy: xywhToCorners,
  cxcywh_to_xyxy: centresToCorners,
  xcycwh_to_xyxy: centresToCorners,
  xyxy_to_cxcywh: cornersToCentres,
  xyxy_to_xcycarh: cornersToCentresWithRatio,
  clip: (boxes, input) => clipBoxes(boxes, sizeOf(input)),
  pad: (boxes, { px, py }) => padBoxes(boxes, Number(px), typeof py === "number" ? py : undefined),
  scale: (boxes, { factor }) => scaleBoxes(boxes, Number(factor)),
  move: (boxes, { offset }) => {
    const [x = 0, y = 0] = numbersOf(offset);
    return moveBoxes(boxes, x, y);
  },
  denormalize: (boxes, input) =>
    denormalizeBoxes(
      boxes,
      sizeOf(input),
      typeof input.normalization_factor === "number" ? input.normalization_factor : 1,
    ),
};

const ANCHORS: readonly Anchor[] = [
  "center",
  "center-left",
  "center-right",
  "top-center",
  "top-left",
  "top-right",
  "bottom-left",
  "bottom-center",
  "bottom-right",
];

function anchorsOf(input: Input): number[][] {
  const name = String(input.position).toLowerCase().replaceAll("_", "-");
  if (name === "center-of-mass") {
    const detections = toDetections({ xyxy: input.boxes, masks: input.masks });
    return detections.anchors("center-of-mass").map(({ x, y }) => [Math.trunc(x), Math.trunc(y)]);
  }
  const anchor = ANCHORS.find((known) => known === name);
  if (anchor === undefined) throw new Error(`There is no anchor ${name}.`);
  return boxAnchors(toBoxes(boxesOf(input.boxes)), anchor).map(({ x, y }) => [x, y]);
}

/** Box arithmetic. */
export const checkBoxes: Checker = ({ input }, expected) => {
  const { op } = input;
  const boxes = toBoxes(boxesOf(input.boxes));
  const operation = BOX_OPERATIONS[String(op)];
  if (operation !== undefined) {
    return checkOutcome(
      expected,
      () => boxList(operation(boxes, input)),
      (actual) => differences(actual, expected, String(op)),
    );
  }
  if (op === "xyxy_to_polygons") {
    const polygons = boxPolygons(boxes).map((points) => points.map(({ x, y }) => [x, y]));
    return differences(polygons, expected, op);
  }
  if (op === "xyxy_to_mask") {
    const convention = input.convention === "inclusive" ? "inclusive" : "exclusive";
    const masks = boxList(boxes).map((box) => InstanceMask.fromBox(box, sizeOf(input), convention));
    if (!Array.isArray(expected)) return ["the vector expects no masks"];
    return expected.flatMap((mask: unknown, row) =>
      maskDifferences(masks[row] ?? null, mask, `masks[${row}]`),
    );
  }
  if (op === "anchor") return differences(anchorsOf(input), expected, op);
  if (op === "area" && isRecord(expected)) {
    const { areas, boxAreas, aspectRatios } = toDetections({ xyxy: input.boxes, masks: input.masks });
    return differences({ area: areas, box_area: boxAreas, aspect_ratio: aspectRatios }, expected, op);
  }
  return [`no counterpart for ${String(op)}`];
};
