import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRecord, textAt } from "../golden/json.ts";
import { liveRoute } from "./live-route.ts";
import { pipelineRoute } from "./pipeline-route.ts";
import type { RegistryEntry } from "./recorded-transport.ts";
import type { Recording } from "./recording.ts";
import type { Route } from "./route.ts";
import { workflowRoute } from "./workflow-route.ts";

const IMAGE = new Uint8Array(
  readFileSync(join(import.meta.dirname, "../../fixtures/golden/inputs/images/red-64x48.png")),
);

const infer = (task: string): Route => ({
  task,
  addsTask: true,
  apiMode: "v1",
  call: (client, recording) => {
    const images = isRecord(recording.requestBody) ? recording.requestBody.image : undefined;
    const modelId = modelOf(recording);
    if (!Array.isArray(images)) return client.infer(IMAGE, { modelId });
    return client.infer(
      images.map(() => IMAGE),
      { modelId, maxBatchSize: images.length },
    );
  },
});

/** Methods by the route behind them. */
const ROUTES: Readonly<Record<string, Route>> = {
  "POST /infer/object_detection": infer("object-detection"),
  "POST /infer/instance_segmentation": infer("instance-segmentation"),
  "POST /infer/keypoints_detection": infer("keypoint-detection"),
  "POST /infer/classification": infer("classification"),
  "POST /infer/semantic_segmentation": infer("semantic-segmentation"),
  "POST /infer/embeddings": {
    call: (client, recording) => client.getImageEmbeddings(IMAGE, { modelId: modelOf(recording) }),
  },
  "POST /infer/lmm": { call: (client, recording) => client.inferLmm(IMAGE, { modelId: modelOf(recording) }) },
  "POST /clip/embed_text": { call: (client) => client.getClipTextEmbeddings("a red square") },
  "POST /clip/embed_image": { call: (client) => client.getClipImageEmbeddings(IMAGE) },
  "POST /clip/compare": { call: (client) => client.clipCompare(IMAGE, "a red square") },
  "POST /infer/action_recognition": {
    task: "action-recognition",
    apiMode: "v1",
    call: (client, recording) => client.inferOnVideo(IMAGE, { modelId: modelOf(recording) }),
  },
  "POST /doctr/ocr": { call: (client) => client.ocrImage(IMAGE) },
  "POST /easy_ocr/ocr": { call: (client) => client.ocrImage(IMAGE, { model: "easy_ocr" }) },
  "POST /ocr/trocr": { call: (client) => client.ocrImage(IMAGE, { model: "trocr" }) },
  "POST /ocr/pp-ocr": { call: (client) => client.ocrImage(IMAGE, { model: "pp_ocr" }) },
  "POST /model/add": { apiMode: "v1", call: (client, recording) => client.loadModel(modelOf(recording)) },
  "POST /model/remove": {
    apiMode: "v1",
    call: (client, recording) => client.unloadModel(modelOf(recording)),
  },
  "POST /model/clear": { apiMode: "v1", call: (client) => client.unloadAllModels() },
  "GET /model/registry": { apiMode: "v1", call: (client) => client.listLoadedModels() },
  "GET /info": { call: (client) => client.getServerInfo() },
};

/** A model by its id in the path; a path of two parts that the server does not know lands there too. */
const LEGACY: Route = {
  addsTask: true,
  apiMode: "v0",
  call: (client, { path }) => client.infer(IMAGE, { modelId: path.slice(1) }),
};

/** What is no operation of the server is what a wrong address answers. */
const FOREIGN: Route = { isForeign: true, call: (client) => client.getServerInfo() };

/** Other operations that need neither a body nor parameters. */
const PLAIN_OPERATIONS = [
  "/healthz",
  "/readiness",
  "/device/stats",
  "/dashboard.html",
  "/notebook/start",
  "/metrics",
  "/logs",
  "/clear_cache",
  "/secure-gateway/health",
] as const;

/** The route of a recording. */
export function routeOf({ method, path }: Recording): Route {
  const known = ROUTES[`${method} ${path}`];
  if (known !== undefined) return known;
  const ofPipeline = pipelineRoute(method, path);
  if (ofPipeline !== undefined) return ofPipeline;
  const ofLiveVideo = liveRoute(method, path);
  if (ofLiveVideo !== undefined) return ofLiveVideo;
  const ofWorkflow = workflowRoute(method, path);
  if (ofWorkflow !== undefined) return ofWorkflow;
  const plain = PLAIN_OPERATIONS.find((operation) => method === "GET" && operation === path);
  if (plain !== undefined) return { call: (client) => client.endpoints.GET(plain) };
  const parts = path.slice(1).split("/");
  const [dataset_id = "", version_id = ""] = parts;
  if (parts.length !== 2 || dataset_id === "" || version_id === "") return FOREIGN;
  if (method === "POST") return LEGACY;
  if (method !== "GET") return FOREIGN;
  return {
    call: (client) =>
      client.endpoints.GET("/{dataset_id}/{version_id}", { params: { path: { dataset_id, version_id } } }),
  };
}

/** The model that a call asks the registry about; `null` for calls that do not ask. */
export function registryOf(route: Route, recording: Recording): RegistryEntry | null {
  return route.task === undefined ? null : { modelId: modelOf(recording), task: route.task };
}

function modelOf({ requestBody }: Recording): string {
  return textAt(requestBody, "model_id") ?? "colours/1";
}
