import type { InferenceClient } from "@inference-ts/sdk/huggingface/node";
import type { ImageSource } from "@inference-ts/sdk/node";
import type { HfTaskOptions } from "./hf-options.ts";

/** What every call takes. */
export interface HfCall {
  readonly client: InferenceClient;
  readonly options: HfTaskOptions;
  readonly signal: AbortSignal;
}

/** What a task may need beside its input. */
type Need = "label" | "question" | "system" | "maxTokens";

interface TaskFacts {
  /** Name of the task, as the hub calls it. */
  readonly name: string;
  /** One line of the help. */
  readonly summary: string;
  readonly needs?: readonly Need[];
  /** Whether boxes can be drawn on the picture. */
  readonly draws?: true;
  /** Whether parts of results become files with `--out`. */
  readonly writesFiles?: true;
  /** Whether the result is text that people read as it arrives. */
  readonly writesText?: true;
}

/** A task on files: pictures, or sounds. */
interface FileTask extends TaskFacts {
  readonly takes: "pictures" | "media";
  run(call: HfCall, source: ImageSource): Promise<object>;
}

/** A task on texts. */
interface TextTask extends TaskFacts {
  readonly takes: "texts";
  run(call: HfCall, text: string): Promise<object>;
  /** The pieces of the result, for a reader who does not want JSON. */
  pieces?(call: HfCall, text: string): AsyncIterable<string>;
}

/** A row of the table of tasks. */
export type HfTask = FileTask | TextTask;
