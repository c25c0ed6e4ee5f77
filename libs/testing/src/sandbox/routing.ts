import { type Answer, type Exchange, jsonAnswer, Refusal, textAnswer } from "./exchange.ts";
import {
  answerHuggingFace,
  huggingFaceRouteName,
  huggingFaceRoutes,
  isHuggingFacePath,
} from "./huggingface/routes.ts";
import { inferLegacy } from "./legacy-route.ts";
import { pipelineRoutes } from "./pipelines/pipeline-routes.ts";
import { registryRoutes } from "./registry-routes.ts";
import type { Route, SandboxState } from "./route.ts";
import { SANDBOX_NAME, SANDBOX_VERSION, serviceRoutes } from "./service-routes.ts";
import { taskRoutes } from "./task-routes.ts";
import { webrtcRoutes } from "./webrtc/webrtc-routes.ts";
import { workflowRoutes } from "./workflows/workflow-routes.ts";

const openapiRoute: Route = {
  method: "GET",
  path: "/openapi.json",
  summary: "The routes that this sandbox serves",
  handle: () => jsonAnswer(describeRoutes()),
};

/** Every route but the one that takes what is left; a part in braces stands for any value. */
const ROUTES: readonly Route[] = [
  ...serviceRoutes,
  ...registryRoutes,
  ...taskRoutes,
  ...pipelineRoutes,
  ...workflowRoutes,
  ...webrtcRoutes,
  openapiRoute,
];

/** Whether a route's path, with its parts in braces, is that of a request. */
function fits(template: string, path: string): boolean {
  if (!template.includes("{")) return template === path;
  const parts = path.split("/");
  const wanted = template.split("/");
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => part === parts[index] || (part.startsWith("{") && parts[index] !== ""))
  );
}

/** Name under which requests of the legacy route are counted. */
const LEGACY_ROUTE = "/{project}/{version}";

/** First segments of routes that the real server has and the sandbox does not. */
const NOT_SERVED: ReadonlySet<string> = new Set([
  "clip",
  "depth_estimation",
  "doctr",
  "gaze_detection",
  "grounding_dino",
  "infer",
  "inference_pipelines",
  "ocr",
  "owlv2",
  "perception_encoder",
  "sam",
  "sam2",
  "sam3",
  "webrtc",
  "workflows",
  "yolo_world",
]);

function describeRoutes(): object {
  const operation = (summary: string) => ({
    summary,
    responses: { 200: { description: "As the real server answers" } },
  });
  const paths: Record<string, Record<string, object>> = {};
  for (const route of [...ROUTES, ...huggingFaceRoutes]) {
    const entry = paths[route.path] ?? {};
    entry[route.method.toLowerCase()] = operation(route.summary);
    paths[route.path] = entry;
  }
  paths[LEGACY_ROUTE] = { get: operation("Inference, v0"), post: operation("Inference, v0") };
  return { openapi: "3.1.0", info: { title: SANDBOX_NAME, version: SANDBOX_VERSION }, paths };
}

/** The name under which a request is counted: its route, or `null` where nothing takes it. */
export function routeName(method: string, path: string): string | null {
  if (isHuggingFacePath(path)) return huggingFaceRouteName(method, path);
  const route = ROUTES.find((candidate) => candidate.method === method && fits(candidate.path, path));
  if (route !== undefined) return route.path;
  const segments = path.split("/").length - 1;
  return segments === 2 && (method === "GET" || method === "POST") ? LEGACY_ROUTE : null;
}

/** The server's start page is mounted under every path that no route takes; it can only be read. */
function unknownPath(exchange: Exchange): Answer {
  const known = ROUTES.some((route) => fits(route.path, exchange.path));
  if (!known && (exchange.method === "GET" || exchange.method === "HEAD")) {
    return jsonAnswer({ detail: "Not Found" }, 404);
  }
  return jsonAnswer({ detail: "Method Not Allowed" }, 405, { allow: "GET, HEAD" });
}

/** Answers one request; refusals of any depth become answers, everything else is a fault of the sandbox. */
export async function answerRequest(exchange: Exchange, state: SandboxState): Promise<Answer> {
  const { method, path } = exchange;
  const route = ROUTES.find((candidate) => candidate.method === method && fits(candidate.path, path));
  const segments = path.slice(1).split("/");
  try {
    if (isHuggingFacePath(path)) return await answerHuggingFace(exchange, state.huggingFace);
    if (route !== undefined) return await route.handle(exchange, state);
    if (segments.length > 1 && NOT_SERVED.has(segments[0] ?? "")) {
      const message = `The sandbox does not serve ${method} ${path}. Use a real server for it.`;
      return jsonAnswer({ message }, 501);
    }
    if (segments.length === 2 && (method === "GET" || method === "POST"))
      return await inferLegacy(exchange, state);
    return unknownPath(exchange);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    return textAnswer(
      `Internal Server Error (sandbox): ${error instanceof Error ? error.message : "unknown"}`,
      500,
    );
  }
}
