import { Program } from "../program.ts";
import { isWorkReport, type Work, type WorkReport } from "./work.ts";

export const CONTENDER_NAMES = ["sdk", "fetch", "node:http"] as const;
export type ContenderName = (typeof CONTENDER_NAMES)[number];

/** Contenders that ask a container of the Hugging Face system. */
export const HUGGING_FACE_CONTENDERS = ["huggingface-sdk", "huggingface-js"] as const;
export type HuggingFaceContender = (typeof HUGGING_FACE_CONTENDERS)[number];

type AnyContender = ContenderName | HuggingFaceContender;

/** A contender that waits for work in its own process. */
export interface ContenderProcess extends AsyncDisposable {
  readonly name: AnyContender;
  perform(work: Work): Promise<WorkReport>;
}

export interface ContenderSettings {
  /** The compiled `contender-program.ts`. */
  readonly program: string;
  readonly url: string;
  readonly pictureFile: string;
  /** Options of Node for the process; `--conditions=source` runs the sources instead of the built package. */
  readonly nodeOptions: readonly string[];
}

/** Starts a contender's process; disposing ends it. */
export async function startContender(
  name: AnyContender,
  settings: ContenderSettings,
): Promise<ContenderProcess> {
  const child = Program.start(
    name,
    settings.program,
    [name, settings.url, settings.pictureFile],
    ["--expose-gc", ...settings.nodeOptions],
  );
  await child.next();
  return {
    name,
    perform: async (work) => {
      const report = await child.ask(work);
      if (isWorkReport(report)) return report;
      throw new Error(`${name} answered with something that is no report.`);
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
