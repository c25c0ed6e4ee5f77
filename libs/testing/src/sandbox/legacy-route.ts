import { randomUUID } from "node:crypto";
import { type Answer, type Exchange, jsonAnswer, refuse } from "./exchange.ts";
import { headerKey } from "./keys.ts";
import { base64Picture, decodePicture, urlPicture } from "./picture.ts";
import { predictionBody, visualise } from "./predictions.ts";
import type { SandboxState } from "./route.ts";
import type { RgbPixels } from "./shapes/colours.ts";
import { DEFAULT_PARAMETERS, type TaskParameters } from "./task-parameters.ts";
import { booleanOf, type FieldKind, numberOf, problemsOf, refuseInvalid } from "./validation.ts";

/** Query parameters that are checked (server 1.8.3). */
const QUERY_FIELDS: Readonly<Record<string, FieldKind>> = {
  confidence: "confidence",
  keypoint_confidence: "number",
  labels: "boolean",
  tradeoff_factor: "number",
  max_detections: "integer",
  overlap: "number",
  stroke: "integer",
  disable_preproc_auto_orient: "boolean",
  disable_preproc_contrast: "boolean",
  disable_preproc_grayscale: "boolean",
  disable_preproc_static_crop: "boolean",
  disable_active_learning: "boolean",
};

/** Percent or fraction: values from 1 on are divided by 100. */
const fraction = (value: number) => (value >= 1 ? value / 100 : value);

/** The lowest confidence threshold of this route; the server protects its memory with it. */
const CONFIDENCE_FLOOR = 0.01;

function parametersOf(query: URLSearchParams): TaskParameters {
  const problems = problemsOf(QUERY_FIELDS, (name) => query.get(name) ?? undefined, "query", new Set());
  if (problems.length > 0) refuseInvalid(problems);
  const confidence = numberOf(query.get("confidence"), DEFAULT_PARAMETERS.confidence);
  return {
    ...DEFAULT_PARAMETERS,
    confidence: Math.max(CONFIDENCE_FLOOR, fraction(confidence)),
    iouThreshold: fraction(numberOf(query.get("overlap"), DEFAULT_PARAMETERS.iouThreshold)),
    maxDetections: numberOf(query.get("max_detections"), DEFAULT_PARAMETERS.maxDetections),
    maskFormat: query.get("response_mask_format") === "rle" ? "rle" : "polygon",
    visualize: query.get("format") === "image_and_json",
    strokeWidth: numberOf(query.get("stroke"), DEFAULT_PARAMETERS.strokeWidth),
    autoOrient: !booleanOf(query.get("disable_preproc_auto_orient"), false),
  };
}

const cannotLoad = (cause: string): never => refuse(400, `Could not load input image. Cause: ${cause}`);

/** The bytes of the part named `file` of a multipart body. */
async function filePart(exchange: Exchange, contentType: string): Promise<Uint8Array> {
  const form = await new Response(Buffer.from(exchange.body), { headers: { "content-type": contentType } })
    .formData()
    .catch(() => null);
  const part = form?.get("file") ?? null;
  if (part === null) {
    return cannotLoad("Expected image to be send in part named 'file' of multipart/form-data request");
  }
  return typeof part === "string" ? Buffer.from(part) : new Uint8Array(await part.arrayBuffer());
}

/** Finds the picture of the request; the result decodes it, which must wait until the model is known. */
async function pictureOf(exchange: Exchange): Promise<(autoOrient: boolean) => Promise<RgbPixels>> {
  const url = exchange.query.get("image");
  if (url !== null) return (autoOrient) => urlPicture(url, autoOrient);
  const contentType = exchange.headers["content-type"];
  if (contentType === undefined) return refuse(400, "Content-Type header not provided with request.");
  if (contentType.toLowerCase().startsWith("multipart/form-data")) {
    const bytes = await filePart(exchange, contentType);
    return (autoOrient) => decodePicture(bytes, autoOrient, "Malformed base64 input image.");
  }
  return (autoOrient) => base64Picture(exchange.body, autoOrient);
}

/** `/{project}/{version}` of the v0 API, which takes every path of two segments that no other route takes. */
export async function inferLegacy(exchange: Exchange, state: SandboxState): Promise<Answer> {
  const parameters = parametersOf(exchange.query);
  const modelId = exchange.path.slice(1).split("/").map(decodeURIComponent).join("/");
  const load = await pictureOf(exchange);
  const key = exchange.query.get("api_key") ?? headerKey(exchange);
  const model = state.registry.use(modelId, key, exchange);
  const pixels = await load(parameters.autoOrient);
  if (exchange.query.get("format") === "image") {
    const body = await visualise(model, pixels, parameters);
    return { status: 200, headers: { "content-type": "image/jpeg" }, body };
  }
  return jsonAnswer(await predictionBody(model, modelId, randomUUID(), pixels, parameters));
}
