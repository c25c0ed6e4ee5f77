import { multiLabelFields, singleLabelFields } from "./classification.ts";
import { detectionFields, type FoundShape, findShapes, instanceFields, keypointFields } from "./detection.ts";
import { MODEL_ALIASES, type SandboxModel, type SandboxTask } from "./models.ts";
import { semanticFields } from "./semantic.ts";
import type { RgbPixels } from "./shapes/colours.ts";
import type { TaskParameters } from "./task-parameters.ts";
import { drawVisualisation } from "./visualisation.ts";

/** What a model says about one picture. */
interface TaskResult {
  /** Fields of the answer that depend on the task. */
  readonly fields: object;
  /** Boxes that a visualisation shows. */
  readonly shapes: readonly FoundShape[];
}

type Predict = (model: SandboxModel, pixels: RgbPixels, parameters: TaskParameters) => Promise<TaskResult>;

const shapeTask =
  (
    fields: (
      shapes: FoundShape[],
      model: SandboxModel,
      pixels: RgbPixels,
      parameters: TaskParameters,
    ) => unknown[],
  ) =>
  async (model: SandboxModel, pixels: RgbPixels, parameters: TaskParameters): Promise<TaskResult> => {
    const shapes = findShapes(model, pixels, parameters);
    return { fields: { predictions: fields(shapes, model, pixels, parameters) }, shapes };
  };

/** How every task answers. The route does not matter: as on the real server, the model decides. */
const TASKS: Readonly<Record<SandboxTask, Predict>> = {
  "object-detection": shapeTask((shapes, model) => detectionFields(shapes, model)),
  "keypoint-detection": shapeTask((shapes, model) => keypointFields(shapes, model)),
  "instance-segmentation": shapeTask((shapes, model, pixels, parameters) =>
    instanceFields(shapes, model, pixels, parameters.maskFormat),
  ),
  classification: async (model, pixels, parameters) => ({
    fields: singleLabelFields(model, pixels, parameters.confidence),
    shapes: [],
  }),
  "multi-label-classification": async (model, pixels, parameters) => ({
    fields: multiLabelFields(model, pixels, parameters.confidence),
    shapes: [],
  }),
  "semantic-segmentation": async (model, pixels, parameters) => ({
    fields: await semanticFields(model, pixels, parameters.confidence),
    shapes: [],
  }),
};

const canDraw = (model: SandboxModel) => model.task !== "semantic-segmentation";

/** The picture with the model's boxes drawn, as JPEG; empty for semantic segmentation, which the server does not draw. */
export async function visualise(
  model: SandboxModel,
  pixels: RgbPixels,
  parameters: TaskParameters,
): Promise<Uint8Array> {
  if (!canDraw(model)) return new Uint8Array();
  const { shapes } = await TASKS[model.task](model, pixels, parameters);
  return drawVisualisation(pixels, shapes, parameters.strokeWidth);
}

/** The answer about one picture, as every inference route sends it. */
export async function predictionBody(
  model: SandboxModel,
  modelId: string,
  inferenceId: string,
  pixels: RgbPixels,
  parameters: TaskParameters,
): Promise<object> {
  const started = performance.now();
  const { fields, shapes } = await TASKS[model.task](model, pixels, parameters);
  const drawn =
    parameters.visualize && canDraw(model)
      ? {
          visualization: Buffer.from(
            await drawVisualisation(pixels, shapes, parameters.strokeWidth),
          ).toString("base64"),
        }
      : {};
  return {
    ...drawn,
    inference_id: inferenceId,
    time: (performance.now() - started) / 1000,
    resolved_model: {
      model_id: MODEL_ALIASES.get(modelId) ?? modelId,
      model_package_id: "sandbox",
      backend: "sandbox",
      quantization: "fp32",
    },
    image: { width: pixels.width, height: pixels.height },
    ...fields,
  };
}
