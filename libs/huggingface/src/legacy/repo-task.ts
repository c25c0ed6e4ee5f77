import { InvalidModelIdentifierError, InvalidParameterError } from "@inference-ts/errors";

/** Tasks that the old API knows. */
const TASKS: readonly string[] = [
  ...["text-classification", "token-classification", "table-question-answering", "question-answering"],
  ...["zero-shot-classification", "translation", "summarization", "conversational", "feature-extraction"],
  ...["text-generation", "text2text-generation", "fill-mask", "sentence-similarity", "text-to-speech"],
  ...["automatic-speech-recognition", "audio-to-audio", "audio-classification", "voice-activity-detection"],
  ...["image-classification", "object-detection", "image-segmentation", "text-to-image", "image-to-image"],
  ...["tabular-classification", "tabular-regression"],
];

/** `name` or `namespace/name` as the hub takes them. */
const REPO_ID = /^([\w.-]+\/)?[\w.-]{1,96}$/;

/** @throws InvalidModelIdentifierError unless the text is an id of the hub. */
export function checkRepoId(repoId: string): void {
  const isId =
    typeof repoId === "string" &&
    REPO_ID.test(repoId) &&
    !/--|\.\.|(^|\/)[.-]|[.-](\/|$)|\.git$/.test(repoId);
  if (isId) return;
  throw new InvalidModelIdentifierError(`"${String(repoId).slice(0, 200)}" is no id of a model of the hub.`, {
    hint: "Give name or namespace/name; an endpoint is reached by InferenceClient.",
  });
}

/**
 * The task that is asked for: the wanted one, else that of the model's page. Another than that of the page must be one that the API knows.
 *
 * @throws InvalidParameterError when there is none, or an unknown one.
 */
export function checkTask(wanted: string | null, ofPage: string | null): string {
  const task = wanted ?? ofPage;
  if (task === null) {
    throw new InvalidParameterError("The page of the model names no task.", { hint: "Pass task." });
  }
  if (task === ofPage || TASKS.includes(task)) return task;
  throw new InvalidParameterError(`"${task}" is no task that this API knows.`);
}
