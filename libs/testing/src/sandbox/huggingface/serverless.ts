import { type Answer, type Exchange, jsonAnswer } from "../exchange.ts";
import { HUB_MODELS, isTask } from "./hub-models.ts";
import { generate } from "./language-model.ts";
import { runPipeline } from "./pipelines.ts";
import { reasonOf } from "./refusals.ts";
import type { HuggingFaceState } from "./state.ts";
import { isObject, type JsonObject, objectAt, objectIn } from "./values.ts";

const NOT_FOUND = { "x-error-code": "RepoNotFound", "x-error-message": "Repository not found" };

/** The answer about a model that the hub has not. */
export const unknownModel = (model: string) =>
  jsonAnswer({ error: `Model ${model} does not exist` }, 404, NOT_FOUND);

/** The answer of a model that loads. */
const loadingAnswer = (model: string, seconds: number) =>
  jsonAnswer({ error: `Model ${model} is currently loading`, estimated_time: seconds }, 503);

function waitsForModel(exchange: Exchange, document: JsonObject | null): boolean {
  const header = exchange.headers["x-wait-for-model"];
  if (header === "1" || header === "true") return true;
  return document !== null && objectAt(document, "options").wait_for_model === true;
}

/** The serverless API: the first request begins to load a model, no content type is needed. */
export async function answerServerless(
  exchange: Exchange,
  state: HuggingFaceState,
  model: string,
  named?: string,
): Promise<Answer> {
  const task = named ?? HUB_MODELS.get(model);
  if (!HUB_MODELS.has(model) || task === undefined || !isTask(task)) return unknownModel(model);
  const document = objectIn(exchange.body);
  const seconds = state.load(model);
  if (seconds > 0 && !waitsForModel(exchange, document))
    return loadingAnswer(model, Math.max(0.2, Math.round(seconds * 100) / 100));
  const answer = await inferenceOf(exchange, task, document);
  return seconds > 0 ? { ...answer, delayMs: seconds * 1000 } : answer;
}

async function inferenceOf(
  exchange: Exchange,
  task: Parameters<typeof runPipeline>[0],
  document: JsonObject | null,
): Promise<Answer> {
  if (task === "text-generation" && document !== null) return generate(exchange, { list: true });
  if (document !== null && !Object.hasOwn(document, "inputs"))
    return jsonAnswer({ error: ["Error in `inputs`: field required"] }, 400);
  try {
    const parameters = document !== null && isObject(document.parameters) ? document.parameters : {};
    const input = document === null ? exchange.body : { inputs: document.inputs };
    const headers = { "x-compute-time": "0.001", "x-compute-type": "sandbox" };
    return jsonAnswer(await runPipeline(task, input, parameters), 200, headers);
  } catch (error) {
    const warning = `There was an inference error: ${reasonOf(error)}`;
    return jsonAnswer({ error: `unknown error: ${reasonOf(error)}`, warnings: [warning] }, 400);
  }
}

/** `GET /status/<model>`. */
export function statusOf(state: HuggingFaceState, model: string): Answer {
  if (!HUB_MODELS.has(model)) return jsonAnswer({ error: `Model ${model} does not exist` });
  const loaded = state.isLoaded(model);
  return jsonAnswer({
    loaded,
    state: loaded ? "Loaded" : "Loadable",
    compute_type: "cpu",
    framework: "transformers",
  });
}

/** `GET /framework/<name>`: the models that are deployed. */
export function frameworkModels(name: string): Answer {
  const entries = name === "transformers" ? [...HUB_MODELS] : [];
  return jsonAnswer(entries.map(([model, task]) => ({ model_id: model, task, framework: "transformers" })));
}
