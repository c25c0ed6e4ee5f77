import { loadSharp } from "../picture.ts";
import { COLOURS, type RgbPixels } from "../shapes/colours.ts";
import { type ColourComponent, findComponents } from "../shapes/components.ts";
import { colourShares, confidenceOf, viewOf } from "../shapes/network-view.ts";
import { refuseWith } from "./refusals.ts";
import { type JsonObject, numberAt } from "./values.ts";

/** Weight of the last layer, as in the sandbox's classification models. */
const WEIGHT = 12;

const FUNCTIONS: Readonly<Record<string, (outputs: readonly number[]) => number[]>> = {
  softmax: (outputs) => {
    const powers = outputs.map(Math.exp);
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  },
  sigmoid: (outputs) => outputs.map((output) => 1 / (1 + Math.exp(-output))),
  none: (outputs) => [...outputs],
};

/** `image-classification`: the colours by the share of the picture that they cover. */
export function classify(pixels: RgbPixels, parameters: JsonObject): object[] {
  const name = parameters.function_to_apply ?? "softmax";
  const apply = typeof name === "string" && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (apply === undefined)
    return refuseWith("Unrecognized `function_to_apply` argument: use sigmoid, softmax or none");
  const outputs = colourShares(viewOf(pixels, "stretch")).map((share) => share * WEIGHT);
  return apply(outputs)
    .map((score, index) => ({ label: COLOURS[index] ?? "", score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, numberAt(parameters, "top_k", 5));
}

const score = (component: ColourComponent, pixels: RgbPixels) =>
  confidenceOf(component, viewOf(pixels, "letterbox"));

/** `object-detection`: one box for every shape, edges in whole pixels. */
export function detect(pixels: RgbPixels, parameters: JsonObject): object[] {
  const threshold = numberAt(parameters, "threshold", 0.5);
  return findComponents(pixels)
    .map((component) => ({
      score: score(component, pixels),
      label: COLOURS[component.classId] ?? "",
      box: { xmin: component.left, ymin: component.top, xmax: component.right, ymax: component.bottom },
    }))
    .filter((found) => found.score > threshold)
    .sort((a, b) => b.score - a.score);
}

/** The masks of a picture: white where the shape is, black elsewhere. */
function paint(mask: Uint8Array, component: ColourComponent, width: number): void {
  const columns = component.right - component.left;
  for (const [index, inside] of component.mask.entries()) {
    if (inside === 0) continue;
    const x = component.left + (index % columns);
    const y = component.top + Math.floor(index / columns);
    mask[y * width + x] = 255;
  }
}

async function greyPng(data: Uint8Array, { width, height }: RgbPixels): Promise<string> {
  const open = await loadSharp("the sandbox server to write masks");
  const picture = open(data, { raw: { width, height, channels: 1 } }).toColourspace("b-w");
  return (await picture.png().toBuffer()).toString("base64");
}

/**
 * `image-segmentation`: a grey PNG for every area. `semantic`, the default, has one area per colour and one for the ground,
 * without score; `instance` and `panoptic` have one for every shape.
 */
export async function segment(pixels: RgbPixels, parameters: JsonObject): Promise<object[]> {
  const components = findComponents(pixels);
  const subtask = parameters.subtask ?? "semantic";
  if (subtask === "instance" || subtask === "panoptic") {
    const threshold = numberAt(parameters, "threshold", 0.9);
    const found = components
      .map((component) => ({ component, score: score(component, pixels) }))
      .filter((one) => one.score > threshold);
    return Promise.all(
      found.map(async ({ component, score: value }) => {
        const mask = new Uint8Array(pixels.width * pixels.height);
        paint(mask, component, pixels.width);
        return {
          score: value,
          label: COLOURS[component.classId] ?? "",
          mask: await greyPng(mask, pixels),
        };
      }),
    );
  }
  if (subtask !== "semantic") return refuseWith(`Subtask ${subtask} is not supported for this model`);
  const ground = new Uint8Array(pixels.width * pixels.height);
  const masks = new Map<string, Uint8Array>();
  for (const component of components) {
    const label = COLOURS[component.classId] ?? "";
    const mask = masks.get(label) ?? new Uint8Array(ground.length);
    masks.set(label, mask);
    paint(mask, component, pixels.width);
    paint(ground, component, pixels.width);
  }
  const areas = [["background", ground.map((value) => 255 - value)] as const, ...masks];
  return Promise.all(
    areas.map(async ([label, mask]) => ({ score: null, label, mask: await greyPng(mask, pixels) })),
  );
}
