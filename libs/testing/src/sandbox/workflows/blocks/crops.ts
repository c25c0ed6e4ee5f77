import { randomUUID } from "node:crypto";
import { DetectionsValue, moved, PictureValue } from "../values.ts";
import type { Block, BlockProperty, StepValues } from "./block.ts";

const FRACTION: BlockProperty = { kinds: ["float_zero_to_one"], literal: "fraction" };
const POSITIVE: BlockProperty = { kinds: ["integer"], literal: "positive integer" };
const EDGES = ["x_center", "y_center", "width", "height"] as const;

/** Rounds a half to the even neighbour, as Python does. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

const staticCrop =
  (name: string, pixelsOf: (value: number, size: number) => number) => (values: StepValues) => {
    const picture = values.images;
    if (!(picture instanceof PictureValue)) return { crops: null };
    const { width, height } = picture.pixels;
    const [x, y] = [pixelsOf(Number(values.x_center), width), pixelsOf(Number(values.y_center), height)];
    const [w, h] = [pixelsOf(Number(values.width), width), pixelsOf(Number(values.height), height)];
    const [left, top] = [roundHalfEven(x - w / 2), roundHalfEven(y - h / 2)];
    return { crops: picture.crop(`${name}.${randomUUID()}`, left, top, left + w, top + h) };
  };

const properties = (edge: BlockProperty): Block["properties"] => ({
  images: { kinds: ["image"] },
  ...Object.fromEntries(EDGES.map((name) => [name, edge])),
});

const common = {
  outputs: { crops: ["image"] },
  gain: 0,
  takesBatch: true,
  operations: ["image_crop"],
} as const;

/** A part given by shares of the picture. The identifier is misspelt on the server. */
export const relativeStaticCrop: Block = {
  ...common,
  types: ["roboflow_core/relative_statoic_crop@v1", "RelativeStaticCrop"],
  title: "Relative Static Crop",
  className: "transformations.relative_static_crop.v1.RelativeStaticCropBlockV1",
  properties: properties(FRACTION),
  run: staticCrop("relative_static_crop", (share, size) => roundHalfEven(share * size)),
};

/** A part given in pixels. */
export const absoluteStaticCrop: Block = {
  ...common,
  types: ["roboflow_core/absolute_static_crop@v1", "AbsoluteStaticCrop"],
  title: "Absolute Static Crop",
  className: "transformations.absolute_static_crop.v1.AbsoluteStaticCropBlockV1",
  properties: properties(POSITIVE),
  run: staticCrop("absolute_static_crop", (value) => value),
};

/** Kinds of the boxes that the blocks take. */
export const BOX_KINDS = [
  "object_detection_prediction",
  "instance_segmentation_prediction",
  "keypoint_detection_prediction",
] as const;

/** One crop per detection. */
export const dynamicCrop: Block = {
  types: ["roboflow_core/dynamic_crop@v1", "DynamicCrop", "Crop"],
  title: "Dynamic Crop",
  className: "transformations.dynamic_crop.v1.DynamicCropBlockV1",
  properties: {
    images: { kinds: ["image"], alias: "image" },
    predictions: { kinds: BOX_KINDS, alias: "detections" },
    mask_opacity: { kinds: ["float_zero_to_one"], literal: "fraction", fallback: 0 },
    background_color: { kinds: ["string", "rgb_color"], literal: "colour", fallback: [0, 0, 0] },
  },
  outputs: { crops: ["image"], predictions: BOX_KINDS },
  gain: 1,
  takesBatch: true,
  operations: ["image_crop"],
  run: ({ images: picture, predictions }) => {
    if (!(picture instanceof PictureValue) || !(predictions instanceof DetectionsValue)) return [];
    return predictions.boxes.map((box) => {
      const [left, top] = [roundHalfEven(box.left), roundHalfEven(box.top)];
      const crop = picture.crop(
        box.detectionId,
        left,
        top,
        roundHalfEven(box.right),
        roundHalfEven(box.bottom),
      );
      if (crop === null) return { crops: null, predictions: null };
      return { crops: crop, predictions: predictions.withBoxes([moved(box, -left, -top)]) };
    });
  },
};
