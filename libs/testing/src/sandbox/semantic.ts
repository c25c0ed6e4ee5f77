import type { SandboxModel } from "./models.ts";
import { loadSharp } from "./picture.ts";
import type { RgbPixels } from "./shapes/colours.ts";
import { findComponents } from "./shapes/components.ts";

/** Confidence of every pixel, as the test network's saturated outputs give it. */
const PIXEL_CONFIDENCE = 0.999;

async function greyPng(data: Uint8Array, pixels: RgbPixels): Promise<string> {
  const open = await loadSharp("the sandbox server to write masks");
  const { width, height } = pixels;
  const png = await open(data, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  return png.toString("base64");
}

/** Class of every pixel: 0 background, then the colours. */
function classMapOf(pixels: RgbPixels): Uint8Array {
  const classes = new Uint8Array(pixels.width * pixels.height);
  for (const component of findComponents(pixels)) {
    const width = component.right - component.left;
    for (const [index, inside] of component.mask.entries()) {
      if (inside === 0) continue;
      const x = component.left + (index % width);
      const y = component.top + Math.floor(index / width);
      classes[y * pixels.width + x] = component.classId + 1;
    }
  }
  return classes;
}

/** Answer fields of a semantic segmentation model: two grey PNG pictures and what their values mean. */
export async function semanticFields(model: SandboxModel, pixels: RgbPixels, confidence: number) {
  // Pixels below the threshold are background of no confidence; here all pixels have the same.
  const sure = confidence <= PIXEL_CONFIDENCE;
  const classes = sure ? classMapOf(pixels) : new Uint8Array(pixels.width * pixels.height);
  const confidences = new Uint8Array(classes.length).fill(sure ? Math.floor(PIXEL_CONFIDENCE * 255) : 0);
  return {
    predictions: {
      segmentation_mask: await greyPng(classes, pixels),
      class_map: Object.fromEntries(model.classes.map((name, index) => [String(index), name])),
      confidence_mask: await greyPng(confidences, pixels),
      present_class_ids: [...new Set(classes)].sort((a, b) => a - b),
    },
  };
}
