import type { SandboxModel } from "./models.ts";
import type { RgbPixels } from "./shapes/colours.ts";
import { colourShares, viewOf } from "./shapes/network-view.ts";

/** Weights of the test networks' last layer: single label (softmax) and multi label (sigmoid with a bias). */
const SINGLE_WEIGHT = 12;
const MULTI_WEIGHT = 40;
const MULTI_BIAS = -4;

const fourDigits = (value: number) => Math.round(value * 10_000) / 10_000;

/** Answer fields of a single-label model: classes over the threshold, most confident first; the first one is the verdict. */
export function singleLabelFields(model: SandboxModel, pixels: RgbPixels, confidence: number) {
  const powers = colourShares(viewOf(pixels, model.fit)).map((share) => Math.exp(share * SINGLE_WEIGHT));
  const sum = powers.reduce((total, power) => total + power, 0);
  const predictions = powers
    .map((power, classId) => ({
      class: model.classes[classId] ?? "",
      class_id: classId,
      confidence: fourDigits(power / sum),
    }))
    .filter((prediction) => prediction.confidence >= confidence)
    .sort((a, b) => b.confidence - a.confidence);
  return { predictions, top: predictions[0]?.class ?? "", confidence: predictions[0]?.confidence ?? 0 };
}

/** Answer fields of a multi-label model: every class with its confidence, and the names of those over the threshold. */
export function multiLabelFields(model: SandboxModel, pixels: RgbPixels, confidence: number) {
  const labels = colourShares(viewOf(pixels, model.fit)).map((share, classId) => ({
    name: model.classes[classId] ?? "",
    classId,
    confidence: 1 / (1 + Math.exp(-(share * MULTI_WEIGHT + MULTI_BIAS))),
  }));
  return {
    predictions: Object.fromEntries(
      labels.map((label) => [label.name, { confidence: label.confidence, class_id: label.classId }]),
    ),
    predicted_classes: labels.filter((label) => label.confidence >= confidence).map((label) => label.name),
  };
}
