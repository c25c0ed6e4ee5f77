import { randomUUID } from "node:crypto";
import { detectionFields, findShapes } from "../detection.ts";
import type { SandboxModel } from "../models.ts";
import type { RgbPixels } from "../shapes/colours.ts";
import { DEFAULT_PARAMETERS } from "../task-parameters.ts";
import { refuseCommand } from "./manager-answers.ts";

/** The outputs of the workflow for one frame. */
export type FrameOutputs = (pixels: RgbPixels) => Readonly<Record<string, unknown>>;

const DETECTOR = /^roboflow_core\/roboflow_object_detection_model@v\d+$/;

/**
 * Reads as much of a workflow as a pipeline of the sandbox runs: steps that detect objects, and outputs that name their predictions or
 * their inference id. Every other step is refused as the real server refuses one that it does not know.
 */
export function frameOutputs(
  specification: unknown,
  useModel: (modelId: string) => SandboxModel,
): FrameOutputs {
  if (!isRecord(specification)) return refuseWorkflow();
  const models = new Map<string, SandboxModel>();
  for (const step of listOf(specification.steps)) {
    if (!isRecord(step) || !DETECTOR.test(String(step.type))) return refuseWorkflow();
    models.set(`$steps.${String(step.name)}`, useModel(String(step.model_id)));
  }
  const outputs = listOf(specification.outputs).map((output) => {
    const selector = isRecord(output) ? String(output.selector) : "";
    const field = selector.slice(selector.lastIndexOf(".") + 1);
    const model = models.get(selector.slice(0, selector.lastIndexOf(".")));
    if (!isRecord(output) || model === undefined) return refuseWorkflow();
    return { name: String(output.name), field, model };
  });
  return (pixels) =>
    Object.fromEntries(
      outputs.map(({ name, field, model }) => [
        name,
        field === "predictions" ? predictions(pixels, model) : randomUUID(),
      ]),
    );
}

function predictions(pixels: RgbPixels, model: SandboxModel): object {
  const { width, height } = pixels;
  const shapes = findShapes(model, pixels, DEFAULT_PARAMETERS);
  return { image: { width, height }, predictions: detectionFields(shapes, model) };
}

function refuseWorkflow(): never {
  return refuseCommand("invalid_payload", "Provided workflow configuration is not valid.");
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
