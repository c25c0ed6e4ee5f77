import { badShape, objectList, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { sendRequest } from "../call/send-request.ts";
import type { CallOptions } from "../client-options.ts";

/** Options of `listDeployedModels`. */
export interface ListDeployedModelsOptions extends Omit<CallOptions, "model"> {
  /** Which frameworks are asked for: one, several, or `"all"`. Default: the four main ones. */
  readonly frameworks?: string | readonly string[] | null | undefined;
}

const MAIN_FRAMEWORKS: readonly string[] = [
  "diffusers",
  "sentence-transformers",
  "text-generation-inference",
  "transformers",
];

const ALL_FRAMEWORKS: readonly string[] = [
  ...["adapter-transformers", "allennlp", "asteroid", "bertopic", "diffusers", "doctr", "espnet", "fairseq"],
  ...["fastai", "fasttext", "flair", "k2", "keras", "mindspore", "nemo", "open_clip", "paddlenlp", "peft"],
  ...["pyannote-audio", "sentence-transformers", "sklearn", "spacy", "span-marker", "speechbrain", "stanza"],
  ...["text-generation-inference", "timm", "transformers"],
];

/** Models of sentence vectors serve both tasks, whatever they are listed under. */
const TASKS_OF_SENTENCE_MODELS: readonly string[] = ["feature-extraction", "sentence-similarity"];

/** Models that the serverless API has deployed, by task, each list in the order of the alphabet. */
export async function listDeployedModels(
  scope: CallScope,
  { frameworks }: ListDeployedModelsOptions,
): Promise<Record<string, string[]>> {
  const names =
    frameworks === "all"
      ? ALL_FRAMEWORKS
      : typeof frameworks === "string"
        ? [frameworks]
        : (frameworks ?? MAIN_FRAMEWORKS);
  const lists = await Promise.all([...new Set(names)].map((name) => modelsOf(scope, name)));
  const byTask = new Map<string, Set<string>>();
  for (const [task, id] of lists.flat()) byTask.set(task, (byTask.get(task) ?? new Set()).add(id));
  return Object.fromEntries([...byTask].map(([task, ids]) => [task, [...ids].sort(byLowerCase)]));
}

function byLowerCase(one: string, other: string): number {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}

async function modelsOf(
  scope: CallScope,
  framework: string,
): Promise<(readonly [task: string, id: string])[]> {
  const url = `${scope.core.settings.endpoints.inference}/framework/${encodeURIComponent(framework)}`;
  const answer = await sendRequest(scope, { method: "GET", url, body: null, waits: false });
  const items = objectList(await readJson(answer, scope.operation), scope.operation);
  return items.flatMap(({ model_id: id, task }, index) => {
    if (typeof id !== "string") return badShape(scope.operation, `[${index}].model_id`, "text", id);
    if (framework === "sentence-transformers")
      return TASKS_OF_SENTENCE_MODELS.map((name) => [name, id] as const);
    return typeof task === "string"
      ? [[task, id] as const]
      : badShape(scope.operation, `[${index}].task`, "text", task);
  });
}
