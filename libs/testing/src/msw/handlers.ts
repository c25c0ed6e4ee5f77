import { HttpResponse, http, type JsonBodyType, type RequestHandler } from "msw";
import { MODEL_ALIASES, SANDBOX_MODELS, type SandboxTask } from "../sandbox/models.ts";
import { modelDescriptionFixture, registryFixture, serverInfoFixture, taskFixtures } from "./fixtures.ts";

/** Routes whose answer can be replaced. */
export type HandledRoute =
  | "/info"
  | "/model/registry"
  | "/model/add"
  | "/model/remove"
  | "/model/clear"
  | "/infer/object_detection"
  | "/infer/instance_segmentation"
  | "/infer/keypoints_detection"
  | "/infer/classification"
  | "/infer/semantic_segmentation"
  | "/{project}/{version}";

/** A body to answer with, or a function that answers; `undefined` from the function means: answer as usual. */
export type HandlerOverride =
  | JsonBodyType
  | ((request: Request) => Response | undefined | Promise<Response | undefined>);

/** Options of {@link inferenceHandlers}. */
export interface InferenceHandlersOptions {
  /** Address of the server that is played. Default `http://localhost:9001`. */
  readonly apiUrl?: string | URL;
  /** Tasks of model ids that the handlers do not know; a model that is nowhere listed detects objects. */
  readonly models?: Readonly<Record<string, SandboxTask>>;
  /** Answers that replace the fixtures, by route. */
  readonly overrides?: Partial<Record<HandledRoute, HandlerOverride>>;
}

type Answer = (request: Request) => Promise<Response>;

const TASK_ROUTES = [
  "/infer/object_detection",
  "/infer/instance_segmentation",
  "/infer/keypoints_detection",
  "/infer/classification",
  "/infer/semantic_segmentation",
] as const;

async function readFields(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await request.json().catch(() => null);
  return typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : {};
}

const missing = (field: string) =>
  HttpResponse.json(
    { detail: [{ type: "missing", loc: ["body", field], msg: "Field required", input: null }] },
    { status: 422 },
  );

/**
 * Request handlers for Mock Service Worker that play an Inference server with fixed, plausible answers: service, registry,
 * v1 and v0 inference routes. Every model id can be loaded; a list of images is answered with a list. Each call has a registry of its own.
 *
 * Needs the optional package `msw` (3).
 *
 * @example
 * ```ts no-run
 * const server = setupServer(...inferenceHandlers({ apiUrl: "http://localhost:9001" }));
 * ```
 */
export function inferenceHandlers(options: InferenceHandlersOptions = {}): RequestHandler[] {
  const base = String(options.apiUrl ?? "http://localhost:9001").replace(/\/+$/, "");
  const loaded = new Map<string, SandboxTask>();

  const taskOf = (modelId: string): SandboxTask => {
    const canonical = MODEL_ALIASES.get(modelId) ?? modelId;
    const known = SANDBOX_MODELS.find((model) => model.modelId === canonical);
    return options.models?.[modelId] ?? known?.task ?? "object-detection";
  };

  const registry = () =>
    HttpResponse.json(
      registryFixture([...loaded].map(([modelId, task]) => modelDescriptionFixture(modelId, task))),
    );

  const withOverride = (
    route: HandledRoute,
    usual: Answer,
  ): ((info: { request: Request }) => Promise<Response>) => {
    const override = options.overrides?.[route];
    return async ({ request }) => {
      if (override === undefined) return usual(request);
      if (typeof override !== "function") return HttpResponse.json(override);
      return (await override(request.clone())) ?? usual(request);
    };
  };

  const changeRegistry =
    (change: (modelId: string) => void): Answer =>
    async (request) => {
      const { model_id: modelId } = await readFields(request);
      if (typeof modelId !== "string") return missing("model_id");
      change(modelId);
      return registry();
    };

  const infer: Answer = async (request) => {
    const fields = await readFields(request);
    if (typeof fields.model_id !== "string") return missing("model_id");
    if (typeof fields.image !== "object" || fields.image === null) return missing("image");
    const task = taskOf(fields.model_id);
    loaded.set(fields.model_id, task);
    const answer = taskFixtures[task];
    return HttpResponse.json(Array.isArray(fields.image) ? fields.image.map(() => answer) : answer);
  };

  const legacy: Answer = async (request) => {
    const path = new URL(request.url).pathname.slice(new URL(base).pathname.replace(/\/$/, "").length + 1);
    const modelId = decodeURIComponent(path);
    loaded.set(modelId, taskOf(modelId));
    return HttpResponse.json(taskFixtures[taskOf(modelId)]);
  };

  const answerLegacy = withOverride("/{project}/{version}", legacy);
  return [
    http.get(
      `${base}/info`,
      withOverride("/info", async () => HttpResponse.json(serverInfoFixture)),
    ),
    http.get(
      `${base}/model/registry`,
      withOverride("/model/registry", async () => registry()),
    ),
    http.post(
      `${base}/model/add`,
      withOverride(
        "/model/add",
        changeRegistry((modelId) => loaded.set(MODEL_ALIASES.get(modelId) ?? modelId, taskOf(modelId))),
      ),
    ),
    http.post(
      `${base}/model/remove`,
      withOverride(
        "/model/remove",
        changeRegistry((modelId) => loaded.delete(modelId)),
      ),
    ),
    http.post(
      `${base}/model/clear`,
      withOverride("/model/clear", async () => {
        loaded.clear();
        return registry();
      }),
    ),
    ...TASK_ROUTES.map((route) => http.post(`${base}${route}`, withOverride(route, infer))),
    http.get(`${base}/:project/:version`, answerLegacy),
    http.post(`${base}/:project/:version`, answerLegacy),
  ];
}
