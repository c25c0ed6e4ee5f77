import { join } from "node:path";
import { type ImageSource, type InferenceHTTPClient, InvalidParameterError } from "@inference-ts/sdk/node";
import { expandInputs } from "../../inputs/expand-inputs.ts";
import type { Interruption } from "../../interruption.ts";
import { writeResultFile } from "../../output/output-place.ts";
import type { Terminal } from "../../terminal.ts";
import type { CallSettings, CoreTask } from "../core/core-task.ts";
import { runTask } from "../core/run-task.ts";
import type { NamedValues } from "./named-values.ts";
import { splitOutputs } from "./output-files.ts";
import { readVersion, type VersionedWorkflow } from "./read-version.ts";
import type { WorkflowRunOptions } from "./run-options.ts";

/** `infer workflows run`: the workflow on every picture, results out as they come. Returns the exit code. */
export async function runWorkflow(
  workflow: string,
  options: WorkflowRunOptions,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const reference = await readVersion(workflow, options.workflowVersion);
  const { image, param, ...given } = options;
  const images = await readImages(image ?? new Map(), options, interruption.signal);
  const run = runOf(reference, options);
  const task = images === null ? taskWithoutImages(run, options) : taskOnImages(run, images, options);
  const args = images === null ? [workflow] : images.args;
  return runTask(task, args, given, terminal, interruption);
}

/** The image inputs of all runs: one name may have many pictures, the others go along with each of them. */
interface Images {
  readonly name: string;
  /** What the command line says for it. */
  readonly args: readonly string[];
  readonly others: Readonly<Record<string, ImageSource>>;
}

async function readImages(
  given: NamedValues<string>,
  { param = {}, recursive, out: outDir }: WorkflowRunOptions,
  signal: AbortSignal,
): Promise<Images | null> {
  const twice = [...given.keys()].find((name) => Object.hasOwn(param, name));
  if (twice !== undefined) throw new InvalidParameterError(`"${twice}" is given as --image and as --param.`);
  const found = await Promise.all(
    [...given].map(async ([name, args]) => ({
      name,
      args,
      inputs: await expandInputs(args, { recursive, outDir, signal }),
    })),
  );
  const many = found.filter(({ inputs }) => inputs.length > 1);
  if (many.length > 1) {
    throw new InvalidParameterError(
      `Only one image input can have several pictures, and ${many.map(({ name }) => name).join(" and ")} have.`,
    );
  }
  const main = many[0] ?? found[0];
  if (main === undefined) return null;
  const others: Record<string, ImageSource> = {};
  for (const { name, inputs } of found) {
    const [input] = inputs;
    if (name === main.name || input === undefined) continue;
    if (input.kind === "stdin") {
      throw new InvalidParameterError(
        `Standard input can be the picture of ${main.name} only, not of ${name}.`,
      );
    }
    others[name] = input.source;
  }
  return { name: main.name, args: main.args, others };
}

type Run = (
  client: InferenceHTTPClient,
  images: Readonly<Record<string, ImageSource>>,
  settings: CallSettings,
) => Promise<object>;

/** Pictures that become files come as bytes, those that stay in the JSON as base64. */
function runOf(reference: VersionedWorkflow, options: WorkflowRunOptions): Run {
  const { param: parameters, exclude: excludedFields, disableSinks, out } = options;
  const outputImages = out === undefined ? "base64" : "bytes";
  return (client, images, settings) =>
    client.runWorkflow(reference, {
      ...settings,
      images,
      parameters,
      excludedFields,
      disableSinks,
      outputImages,
    });
}

const facts = { name: "workflows run", summary: "a workflow on pictures", options: {} } as const;

const taskOnImages = (run: Run, { name, others }: Images, { out }: WorkflowRunOptions): CoreTask => ({
  ...facts,
  takes: "pictures",
  prepare: async () => ({
    run: (client, source, settings) => run(client, { ...others, [name]: source }, settings),
    ...(out === undefined ? {} : { split: async (answer, target) => splitOutputs(answer, target) }),
  }),
});

/** A workflow that takes no picture runs once; its files are named `outputs`. */
const taskWithoutImages = (run: Run, { out }: WorkflowRunOptions): CoreTask => ({
  ...facts,
  takes: "texts",
  prepare: async () => ({
    run: async (client, _texts, settings) => {
      const answer = await run(client, {}, settings);
      if (out === undefined) return [answer];
      const target = join(out, "outputs");
      const { result, files } = splitOutputs(answer, target);
      for (const { ending, bytes } of files) await writeResultFile(target + ending, bytes);
      return [result];
    },
  }),
});
