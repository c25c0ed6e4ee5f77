import type { RgbPixels } from "../../shapes/colours.ts";
import { drawBoxes } from "../../visualisation.ts";
import { DetectionsValue, PictureValue } from "../values.ts";
import type { Block } from "./block.ts";
import { BOX_KINDS } from "./crops.ts";

/** Shares of red, green and blue in the brightness (ITU-R BT.601, as OpenCV has them). */
const BRIGHTNESS = [0.299, 0.587, 0.114] as const;

function greyPixels({ width, height, data }: RgbPixels): RgbPixels {
  const grey = new Uint8Array(data.length);
  for (let offset = 0; offset < data.length; offset += 3) {
    const value = BRIGHTNESS.reduce((sum, share, channel) => sum + share * (data[offset + channel] ?? 0), 0);
    grey.fill(Math.round(value), offset, offset + 3);
  }
  return { width, height, data: grey };
}

/** Takes the colours out of a picture. */
export const convertGrayscale: Block = {
  types: ["roboflow_core/convert_grayscale@v1"],
  title: "Image Convert Grayscale",
  className: "classical_cv.convert_grayscale.v1.ConvertGrayscaleBlockV1",
  properties: { image: { kinds: ["image"] } },
  outputs: { image: ["image"] },
  gain: 0,
  takesBatch: false,
  operations: ["image_filtering"],
  run: ({ image }) => ({
    image: image instanceof PictureValue ? image.withPixels(greyPixels(image.pixels), true) : null,
  }),
};

/** Draws the boxes of detections. Colours and corners are the sandbox's own; only `thickness` is obeyed. */
export const boundingBoxVisualization: Block = {
  types: ["roboflow_core/bounding_box_visualization@v1", "BoundingBoxVisualization"],
  title: "Bounding Box Visualization",
  className: "visualizations.bounding_box.v1.BoundingBoxVisualizationBlockV1",
  properties: {
    image: { kinds: ["image"] },
    copy_image: { kinds: ["boolean"], literal: "boolean", fallback: true },
    predictions: { kinds: [...BOX_KINDS, "rle_instance_segmentation_prediction"] },
    color_palette: { kinds: ["string"], literal: "text", fallback: "DEFAULT" },
    palette_size: { kinds: ["integer"], literal: "integer", fallback: 10 },
    custom_colors: { kinds: ["list_of_values"], literal: "texts", fallback: [] },
    color_axis: { kinds: ["string"], literal: "text", fallback: "CLASS" },
    thickness: { kinds: ["integer"], literal: "integer", fallback: 2 },
    roundness: { kinds: ["float_zero_to_one"], literal: "fraction", fallback: 0 },
  },
  outputs: { image: ["image"] },
  gain: 0,
  takesBatch: false,
  operations: ["visualization"],
  run: ({ image, predictions, thickness }) => {
    if (!(image instanceof PictureValue) || !(predictions instanceof DetectionsValue)) return { image: null };
    const data = drawBoxes(image.pixels, predictions.boxes, Number(thickness));
    return { image: image.withPixels({ ...image.pixels, data }, false) };
  },
};
