import { type Answer, type Exchange, jsonAnswer, textAnswer } from "../exchange.ts";
import { answerContainer } from "./container.ts";
import { HUB_MODELS, LANGUAGE_MODEL, modelDocument, taskDocument } from "./hub-models.ts";
import { chat, generate, languageModelInfo } from "./language-model.ts";
import { answerServerless, frameworkModels, statusOf, unknownModel } from "./serverless.ts";
import { type HuggingFaceState, PRIVATE_TOKEN } from "./state.ts";

/** Everything of the second system lies below this path. */
const HUGGING_FACE_PATH = "/huggingface";

interface HuggingFaceRoute {
  readonly method: "GET" | "POST" | "DELETE";
  /** `{name}` stands for one part, `{name*}` for all that follow. */
  readonly path: string;
  readonly summary: string;
  readonly handle: (call: RouteCall) => Answer | Promise<Answer>;
}

interface RouteCall {
  readonly exchange: Exchange;
  readonly state: HuggingFaceState;
  /** The values of the parts in braces, in order. */
  readonly parts: readonly [string, string];
}

const alive = () => textAnswer("Ok");
const empty = (status: number): Answer => ({ status, headers: {}, body: new Uint8Array() });
const METRICS = "# TYPE hf_requests_total counter\nhf_requests_total 1\n";

const route = (
  line: `${HuggingFaceRoute["method"]} ${string}`,
  summary: string,
  handle: HuggingFaceRoute["handle"],
): HuggingFaceRoute => {
  const at = line.indexOf(" ");
  const method = line.startsWith("GET") ? "GET" : line.startsWith("POST") ? "POST" : "DELETE";
  return { method, path: line.slice(at + 1), summary, handle };
};

const container: HuggingFaceRoute["handle"] = ({ exchange, parts: [task] }) =>
  answerContainer(exchange, task);

const ROUTES: readonly HuggingFaceRoute[] = [
  route("GET /health", "Is the server alive", alive),
  route("POST /endpoints/{task}", "A container of Inference Endpoints", container),
  route("POST /endpoints/{task}/predict", "A container of Inference Endpoints", container),
  route("GET /endpoints/{task}", "Is the container alive", alive),
  route("GET /endpoints/{task}/health", "Is the container alive", alive),
  route("GET /endpoints/{task}/metrics", "Counters of the container", () => textAnswer(METRICS)),
  route("POST /llm", "Text generation, as a list", ({ exchange }) => generate(exchange, { list: true })),
  route("POST /llm/", "Text generation, as a list", ({ exchange }) => generate(exchange, { list: true })),
  route("POST /llm/generate", "Text generation", ({ exchange }) =>
    generate(exchange, { stream: false, list: false }),
  ),
  route("POST /llm/generate_stream", "Text generation as events", ({ exchange }) =>
    generate(exchange, { stream: true, list: false }),
  ),
  route("POST /llm/v1/chat/completions", "Chat", ({ exchange }) => chat(exchange)),
  route("GET /llm/v1/models", "The language model", () =>
    jsonAnswer({
      object: "list",
      data: [{ id: LANGUAGE_MODEL, object: "model", created: 0, owned_by: LANGUAGE_MODEL }],
    }),
  ),
  route("GET /llm/info", "About the language model", () => jsonAnswer(languageModelInfo)),
  route("GET /llm/health", "Is the language model alive", () => empty(200)),
  route("POST /models/{model*}", "Serverless inference", ({ exchange, state, parts: [model] }) =>
    answerServerless(exchange, state, model),
  ),
  route(
    "POST /pipeline/{task}/{model*}",
    "Serverless inference of a named task",
    ({ exchange, state, parts: [task, model] }) => answerServerless(exchange, state, model, task),
  ),
  route("GET /status/{model*}", "Whether a model is loaded", ({ state, parts: [model] }) =>
    statusOf(state, model),
  ),
  route("GET /framework/{name}", "Deployed models", ({ parts: [name] }) => frameworkModels(name)),
  route("GET /api/tasks", "Tasks and recommended models of the hub", () => jsonAnswer(taskDocument())),
  route("GET /api/models/{model*}", "A model of the hub", ({ parts: [model] }) => {
    const task = HUB_MODELS.get(model);
    return task === undefined ? unknownModel(model) : jsonAnswer(modelDocument(model, task));
  }),
];

/** What tests ask and tell; these requests are not noted. */
const TEST_ROUTES: readonly HuggingFaceRoute[] = [
  route("GET /_test/requests", "Requests so far", ({ state }) => jsonAnswer(state.notes)),
  route("DELETE /_test/requests", "Forget the requests so far", ({ state }) => {
    state.notes.length = 0;
    return jsonAnswer([]);
  }),
  route("POST /_test/unload", "Let every model load again", ({ exchange, state }) => {
    const seconds = Number(exchange.query.get("seconds") ?? Number.NaN);
    state.unload(Number.isNaN(seconds) ? undefined : seconds);
    return jsonAnswer({ unloaded: true });
  }),
];

const PRIVATE = "/private";

/** The values of a template's parts in braces, or undefined where the path does not fit. */
function partsOf(template: string, path: string): readonly [string, string] | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  const rest = wanted.at(-1)?.endsWith("*}") === true;
  if (rest ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const values: string[] = [];
  for (const [index, part] of wanted.entries()) {
    const value = index === wanted.length - 1 && rest ? given.slice(index).join("/") : (given[index] ?? "");
    if (part.startsWith("{")) values.push(decodeURIComponent(value));
    else if (part !== value) return undefined;
    if (part.startsWith("{") && value === "") return undefined;
  }
  const [first = "", second = ""] = values;
  return [first, second];
}

function routeOf(routes: readonly HuggingFaceRoute[], method: string, path: string) {
  for (const candidate of routes) {
    const parts = candidate.method === method ? partsOf(candidate.path, path) : undefined;
    if (parts !== undefined) return { candidate, parts };
  }
  return undefined;
}

const placeOf = (path: string) => path.slice(HUGGING_FACE_PATH.length);

/** Whether a path belongs to the second system. */
export const isHuggingFacePath = (path: string) => path.startsWith(`${HUGGING_FACE_PATH}/`);

/** Name under which a request is counted, or null where nothing takes it. */
export function huggingFaceRouteName(method: string, path: string): string | null {
  const place = placeOf(path).replace(/^\/private(?=\/)/, "");
  const found = routeOf([...TEST_ROUTES, ...ROUTES], method, place);
  return found === undefined ? null : `${HUGGING_FACE_PATH}${found.candidate.path}`;
}

/** The routes for the sandbox's own document. */
export const huggingFaceRoutes = ROUTES.map(({ method, path, summary }) => ({
  method,
  path: `${HUGGING_FACE_PATH}${path.replace("*}", "}")}`,
  summary,
}));

/** Answers one request below `/huggingface`. */
export async function answerHuggingFace(exchange: Exchange, state: HuggingFaceState): Promise<Answer> {
  const place = placeOf(exchange.path);
  const test = routeOf(TEST_ROUTES, exchange.method, place);
  if (test !== undefined) return test.candidate.handle({ exchange, state, parts: test.parts });
  const note = state.note(exchange, place);
  const isPrivate = place.startsWith(`${PRIVATE}/`);
  const found = routeOf(ROUTES, exchange.method, isPrivate ? place.slice(PRIVATE.length) : place);
  if (found === undefined) return textAnswer("Not Found", 404);
  // These servers answer a wrong token with an empty body.
  if (isPrivate && exchange.headers.authorization !== `Bearer ${PRIVATE_TOKEN}`) return empty(401);
  const answer = await found.candidate.handle({ exchange, state, parts: found.parts });
  return {
    ...answer,
    onLeave: () => {
      note.left = true;
    },
  };
}
