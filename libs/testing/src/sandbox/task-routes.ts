import { randomUUID } from "node:crypto";
import { type Answer, type Exchange, jsonAnswer, refuse, textAnswer } from "./exchange.ts";
import { bodyKey, headerKey } from "./keys.ts";
import { base64Picture, urlPicture } from "./picture.ts";
import { predictionBody } from "./predictions.ts";
import type { Route, SandboxState } from "./route.ts";
import type { RgbPixels } from "./shapes/colours.ts";
import { DEFAULT_PARAMETERS, type TaskParameters } from "./task-parameters.ts";
import {
  booleanOf,
  type FieldKind,
  jsonObject,
  missingField,
  numberOf,
  type Problem,
  problemsOf,
  refuseInvalid,
} from "./validation.ts";

type Fields = Readonly<Record<string, FieldKind>>;

const COMMON: Fields = {
  id: "text",
  api_key: "text",
  model_type: "text",
  disable_preproc_auto_orient: "boolean",
  disable_preproc_contrast: "boolean",
  disable_preproc_grayscale: "boolean",
  disable_preproc_static_crop: "boolean",
};

const DRAWING: Fields = {
  visualize_predictions: "boolean",
  visualization_labels: "boolean",
  visualization_stroke_width: "integer",
};

const DETECTION: Fields = {
  ...COMMON,
  class_agnostic_nms: "boolean",
  class_filter: "texts",
  confidence: "confidence",
  fix_batch_size: "boolean",
  iou_threshold: "number",
  max_detections: "integer",
  max_candidates: "integer",
  ...DRAWING,
};

/** Request fields of the five task routes, as far as the sandbox checks them (server 1.8.3). */
const TASK_FIELDS: Readonly<Record<string, Fields>> = {
  "/infer/object_detection": DETECTION,
  "/infer/instance_segmentation": { ...DETECTION, mask_decode_mode: "text", tradeoff_factor: "number" },
  "/infer/keypoints_detection": { ...DETECTION, keypoint_confidence: "number" },
  "/infer/classification": { ...COMMON, confidence: "confidence", ...DRAWING },
  "/infer/semantic_segmentation": { ...COMMON, confidence: "confidence" },
};

const NULLABLE: ReadonlySet<string> = new Set([
  "id",
  "api_key",
  "model_type",
  "class_agnostic_nms",
  "class_filter",
  "fix_batch_size",
  "iou_threshold",
  "max_detections",
  "max_candidates",
  "visualization_labels",
  "visualization_stroke_width",
  "visualize_predictions",
  "mask_decode_mode",
  "tradeoff_factor",
  "disable_preproc_auto_orient",
  "disable_preproc_contrast",
  "disable_preproc_grayscale",
  "disable_preproc_static_crop",
]);

const IMAGE_MODEL = "InferenceRequestImage";

/** Problems of `image`: one object or a list of them, each with a `type`. */
function imageProblems(image: unknown): Problem[] {
  const objectProblems = (value: unknown, loc: readonly (string | number)[]): Problem[] => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      const msg = `Input should be a valid dictionary or instance of ${IMAGE_MODEL}`;
      return [{ type: "model_type", loc, msg, input: value, ctx: { class_name: IMAGE_MODEL } }];
    }
    if (!("type" in value)) {
      return [{ type: "missing", loc: [...loc, "type"], msg: "Field required", input: value }];
    }
    if (typeof value.type === "string") return [];
    return [
      {
        type: "string_type",
        loc: [...loc, "type"],
        msg: "Input should be a valid string",
        input: value.type,
      },
    ];
  };
  const listLoc = ["body", "image", `list[${IMAGE_MODEL}]`];
  if (Array.isArray(image)) {
    const problems = image.flatMap((item: unknown, index) => objectProblems(item, [...listLoc, index]));
    return problems.length === 0
      ? []
      : [...problems, ...objectProblems(image, ["body", "image", IMAGE_MODEL])];
  }
  const problems = objectProblems(image, ["body", "image", IMAGE_MODEL]);
  if (problems.length === 0) return [];
  return [
    { type: "list_type", loc: listLoc, msg: "Input should be a valid list", input: image },
    ...problems,
  ];
}

const KEYPOINT_BEST =
  'Value error, confidence="best" is not supported for keypoint detection — model eval does not yet produce per-class ' +
  'thresholds for this task. Use a float or "default".';

function validate(path: string, body: Readonly<Record<string, unknown>>): void {
  const problems: Problem[] = [];
  if (!("model_id" in body)) problems.push(missingField("model_id", body));
  else problems.push(...problemsOf({ model_id: "text" }, () => body.model_id, "body", new Set(["model_id"])));
  if (!("image" in body)) problems.push(missingField("image", body));
  else problems.push(...imageProblems(body.image));
  problems.push(...problemsOf(TASK_FIELDS[path] ?? COMMON, (name) => body[name], "body", NULLABLE));
  if (path === "/infer/keypoints_detection" && body.confidence === "best") {
    const loc = ["body", "confidence"];
    problems.push({ type: "value_error", loc, msg: KEYPOINT_BEST, input: "best", ctx: { error: {} } });
  }
  if (problems.length > 0) refuseInvalid(problems);
}

function parametersOf(body: Readonly<Record<string, unknown>>): TaskParameters {
  const filter = body.class_filter;
  return {
    confidence: numberOf(body.confidence, DEFAULT_PARAMETERS.confidence),
    iouThreshold: numberOf(body.iou_threshold, DEFAULT_PARAMETERS.iouThreshold),
    maxDetections: numberOf(body.max_detections, DEFAULT_PARAMETERS.maxDetections),
    classAgnosticNms: booleanOf(body.class_agnostic_nms, false),
    classFilter: Array.isArray(filter) && filter.length > 0 ? filter.map(String) : null,
    maskFormat: body.response_mask_format === "rle" ? "rle" : "polygon",
    visualize: booleanOf(body.visualize_predictions, false),
    strokeWidth: numberOf(body.visualization_stroke_width, DEFAULT_PARAMETERS.strokeWidth),
    autoOrient: !booleanOf(body.disable_preproc_auto_orient, false),
  };
}

const HELP_URL = "https://inference-models.roboflow.com/errors/input-validation/#modelinputerror";

const EMPTY_INPUT = {
  message:
    "Error with model input. Cause: Detected empty input to the model - VISIT " +
    `${HELP_URL} FOR FURTHER SUPPORT`,
  help_url: HELP_URL,
};

const cannotLoad = (cause: string): never => refuse(400, `Could not load input image. Cause: ${cause}`);

function loadPicture(image: object, autoOrient: boolean): Promise<RgbPixels> {
  const type = "type" in image ? String(image.type).toLowerCase() : "";
  const value = "value" in image ? image.value : null;
  if (type === "numpy" || type === "numpy_object") {
    return cannotLoad("NumPy image type is not supported in this configuration of `inference`.");
  }
  if (type !== "base64" && type !== "url")
    return cannotLoad("Image declaration contains not recognised image type.");
  if (typeof value !== "string") return refuse(500, "Internal error.");
  return type === "url" ? urlPicture(value, autoOrient) : base64Picture(Buffer.from(value), autoOrient);
}

async function inferTask(exchange: Exchange, state: SandboxState): Promise<Answer> {
  const body: Readonly<Record<string, unknown>> = { ...jsonObject(exchange) };
  const inferenceId = typeof body.id === "string" ? body.id : randomUUID();
  validate(exchange.path, "id" in body ? body : { ...body, id: inferenceId });
  if (typeof body.model_id !== "string") return textAnswer("Internal Server Error", 500);
  const modelId = body.model_id;
  const model = state.registry.use(modelId, headerKey(exchange) ?? bodyKey(body), exchange);
  const parameters = parametersOf(body);
  const images: readonly unknown[] = Array.isArray(body.image) ? body.image : [body.image];
  if (images.length === 0) refuse(400, EMPTY_INPUT.message, { help_url: EMPTY_INPUT.help_url });
  const answers: object[] = [];
  for (const image of images) {
    if (typeof image !== "object" || image === null) continue;
    const pixels = await loadPicture(image, parameters.autoOrient);
    answers.push(await predictionBody(model, modelId, inferenceId, pixels, parameters));
  }
  return jsonAnswer(Array.isArray(body.image) ? answers : answers[0]);
}

/** The five task routes of the v1 API. */
export const taskRoutes: readonly Route[] = Object.keys(TASK_FIELDS).map((path) => ({
  method: "POST",
  path,
  summary: `Inference, ${path.slice("/infer/".length).replaceAll("_", " ")}`,
  handle: inferTask,
}));
