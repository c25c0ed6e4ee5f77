import { badShape, readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "../request/check-arguments.ts";
import { wireParameters } from "../request/parameters.ts";
import { sendJson } from "../request/run-task.ts";
import type { Embedding } from "../results.ts";

/** Options of `featureExtraction`; the embedding server reads them beside `inputs`. */
export interface FeatureExtractionOptions extends TaskOptions {
  /** Vectors of length 1. */
  readonly normalize?: boolean | null | undefined;
  /** Name of a prompt of the model that is put before the text. */
  readonly promptName?: string | null | undefined;
  readonly truncate?: boolean | null | undefined;
  readonly truncationDirection?: "Left" | "Right" | null | undefined;
}

/** Vectors of a text, or of each text of a list. */
export async function featureExtraction(
  scope: CallScope,
  text: string | readonly string[],
  options: FeatureExtractionOptions,
): Promise<Embedding> {
  checkText("text", text);
  const body = { inputs: text, ...wireParameters(options) };
  const value = await readJson(await sendJson(scope, "feature-extraction", body), scope.operation);
  return readEmbedding(value, scope.operation, "");
}

function readEmbedding(value: unknown, operation: string, path: string): Embedding {
  if (!Array.isArray(value)) return badShape(operation, path, "a list", value);
  if (value.every((item) => typeof item === "number")) return value;
  return value.map((item: unknown, index) => readEmbedding(item, operation, `${path}[${index}]`));
}
