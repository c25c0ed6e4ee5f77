import type { ImageSource, InferenceHTTPClient } from "@inference-ts/sdk/node";
import { type OptionRows, readValues, type ValuesOf } from "./option-kinds.ts";

/** What a task's methods take of the run. */
export interface CallSettings {
  readonly signal: AbortSignal;
}

/** A file that belongs to a result. */
export interface ResultFile {
  /** What follows the input's name, such as `.depth.png`. */
  readonly ending: string;
  readonly bytes: Uint8Array;
}

/** A result whose large parts are files of their own. */
export interface SplitResult {
  /** What stays in the JSON. */
  readonly result: object;
  readonly files: readonly ResultFile[];
}

/** One input through a model. */
export interface PictureWork {
  run(client: InferenceHTTPClient, source: ImageSource, settings: CallSettings): Promise<object>;
  /** With `--out`: takes the large parts out of a result; `target` is the beginning of the paths of its files. */
  split?(result: object, target: string): Promise<SplitResult>;
}

/** All texts through a model, one result each. */
export interface TextWork {
  run(
    client: InferenceHTTPClient,
    texts: readonly string[],
    settings: CallSettings,
  ): Promise<readonly object[]>;
}

/** One clip through a model; `source` is a path or a URL. */
export interface ClipWork {
  run(client: InferenceHTTPClient, source: string, settings: CallSettings): Promise<object>;
}

/** What every task has. */
interface TaskFacts {
  readonly name: string;
  /** One line of the help. */
  readonly summary: string;
  /** Whether `--out` writes files that belong to results. */
  readonly writesFiles?: true;
}

/** Work by what a task takes. */
interface Works {
  readonly pictures: PictureWork;
  readonly texts: TextWork;
  readonly clips: ClipWork;
}

/** What the arguments of a task are. */
export type Takes = keyof Works;

/** A task of `infer core`: a row of its table. */
export type CoreTask = {
  readonly [Taken in Takes]: TaskFacts & {
    readonly takes: Taken;
    readonly options: OptionRows;
    /** Checks the options. @throws InvalidParameterError for options that contradict each other. */
    prepare(given: Readonly<Record<string, unknown>>): Promise<Works[Taken]>;
  };
}[Takes];

/** What a definition adds: its options, and its work with their values. */
type Definition<Taken extends Takes, Rows extends OptionRows> = TaskFacts & {
  readonly options: Rows;
  readonly work: (values: ValuesOf<Rows>) => Works[Taken] | Promise<Works[Taken]>;
};

/** A task on pictures. */
export function pictureTask<const Rows extends OptionRows>(
  definition: Definition<"pictures", Rows>,
): CoreTask {
  const { work, ...facts } = definition;
  return { ...facts, takes: "pictures", prepare: async (given) => work(readValues(facts.options, given)) };
}

/** A task on texts. */
export function textTask<const Rows extends OptionRows>(definition: Definition<"texts", Rows>): CoreTask {
  const { work, ...facts } = definition;
  return { ...facts, takes: "texts", prepare: async (given) => work(readValues(facts.options, given)) };
}

/** A task on clips. */
export function clipTask<const Rows extends OptionRows>(definition: Definition<"clips", Rows>): CoreTask {
  const { work, ...facts } = definition;
  return { ...facts, takes: "clips", prepare: async (given) => work(readValues(facts.options, given)) };
}
