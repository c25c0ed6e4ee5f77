import { decodePicture } from "../picture.ts";
import type { RgbPixels } from "../shapes/colours.ts";
import { type HuggingFaceTask, isVisionTask } from "./hub-models.ts";
import { refuseWith } from "./refusals.ts";
import { classifyText, embed, fillMask } from "./text.ts";
import type { JsonObject } from "./values.ts";
import { classify, detect, segment } from "./vision.ts";

/** What a task works on: the bytes of a file, or the `inputs` of a JSON body. */
export type PipelineInput = Uint8Array | { readonly inputs: unknown };

const UNREADABLE = "cannot identify image file";

function pictureOf(input: unknown): Promise<RgbPixels> {
  if (input instanceof Uint8Array) return decodePicture(input, true, UNREADABLE);
  if (typeof input !== "string")
    return refuseWith(
      "Incorrect format used for image. Should be an url linking to an image, a base64 string",
    );
  if (/^https?:\/\//.test(input)) return refuseWith("pictures by address are switched off in this server");
  const text = input.startsWith("data:") ? input.slice(input.indexOf(",") + 1) : input;
  return decodePicture(Buffer.from(text, "base64"), true, UNREADABLE);
}

const VISION = {
  "image-classification": classify,
  "object-detection": detect,
  "image-segmentation": segment,
};
const TEXT: Readonly<Record<string, (text: string, parameters: JsonObject) => object>> = {
  "fill-mask": fillMask,
  "feature-extraction": embed,
  "text-classification": classifyText,
};

/** Runs one task; a list of inputs gives a list of answers. */
export async function runPipeline(
  task: HuggingFaceTask,
  input: PipelineInput,
  parameters: JsonObject,
): Promise<unknown> {
  const inputs = input instanceof Uint8Array ? input : input.inputs;
  const one = async (value: unknown) => {
    if (isVisionTask(task)) return VISION[task](await pictureOf(value), parameters);
    const work = TEXT[task];
    const text = value instanceof Uint8Array ? Buffer.from(value).toString() : value;
    if (work === undefined || typeof text !== "string")
      return refuseWith(`the sandbox cannot run ${task} on this input`);
    return work(text, parameters);
  };
  return Array.isArray(inputs) ? Promise.all(inputs.map(one)) : one(inputs);
}
