import { join } from "node:path";
import {
  type ImageSource,
  type InferenceHTTPClient,
  InvalidParameterError,
  isInferenceError,
} from "@inference-ts/sdk/node";
import { complain } from "../../complain.ts";
import { createClient } from "../../connection.ts";
import { describeError } from "../../describe-error.ts";
import { EXIT } from "../../exit-codes.ts";
import { assertNoInput } from "../../inputs/assert-no-input.ts";
import { expandInputs } from "../../inputs/expand-inputs.ts";
import { outputNames } from "../../inputs/output-names.ts";
import { Pictures } from "../../inputs/pictures.ts";
import type { Interruption } from "../../interruption.ts";
import type { AnyEntry } from "../../output/entry.ts";
import { makeOutputFolder, writeResultFile } from "../../output/output-place.ts";
import { createProgress } from "../../progress/create-progress.ts";
import type { Progress } from "../../progress/progress.ts";
import type { Terminal } from "../../terminal.ts";
import { concludeRun, type RunFailure } from "../conclude-run.ts";
import { RunTally } from "../run-tally.ts";
import type { CallSettings, CoreTask, PictureWork } from "./core-task.ts";
import { inOrder, type Outcome } from "./in-order.ts";
import { flagOf } from "./option-kinds.ts";
import { openWriter, type ResultWriter } from "./result-writer.ts";
import type { TaskOptions } from "./task-command.ts";

/** Options of every task together with its own. */
export type GivenOptions = TaskOptions & Readonly<Record<string, unknown>>;

/** `infer core <task>`, `infer embed`, `infer ocr`: every input through the task, results out as they come. Returns the exit code. */
export async function runTask(
  task: CoreTask,
  args: readonly string[],
  options: GivenOptions,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const readerGone = new AbortController();
  const signal = AbortSignal.any([interruption.signal, readerGone.signal]);
  let job: Job;
  try {
    job = await prepare(task, args, options, terminal, signal, () => readerGone.abort());
  } catch (error) {
    if (interruption.exitCode !== null || !isInferenceError(error)) throw error;
    complain(error, options, terminal);
    return EXIT.usage;
  }
  const { client, tally, progress, writer } = job;
  let failure: RunFailure | undefined;
  try {
    progress.start(tally.total);
    await followAll(job, options.failFast === true, signal);
  } catch (error) {
    failure = { error };
  }
  try {
    await writer.finish();
  } catch (error) {
    failure ??= { error };
  } finally {
    progress.stop();
    await client.close();
  }
  if (readerGone.signal.aborted) return EXIT.ok;
  return concludeRun(tally, {
    failure,
    interrupted: interruption.exitCode,
    complain: (error) => complain(error, options, terminal),
    summary: options.quiet !== true && tally.done > 0 ? tally.summary(options.out) : undefined,
    stderr: terminal.stderr,
  });
}

/** Everything that a run works with, opened before anything is sent. */
interface Job {
  readonly client: InferenceHTTPClient;
  /** Names of the inputs. */
  readonly names: readonly string[];
  readonly outcomes: AsyncIterable<Outcome<object>>;
  readonly writer: ResultWriter;
  readonly progress: Progress;
  readonly tally: RunTally;
}

async function prepare(
  task: CoreTask,
  args: readonly string[],
  options: GivenOptions,
  terminal: Terminal,
  signal: AbortSignal,
  onReaderGone: () => void,
): Promise<Job> {
  const client = createClient(options, terminal);
  const { names, outcomes } = await load(task, args, options, { client, terminal, signal });
  if (options.out !== undefined) await makeOutputFolder(options.out);
  const isShown = options.output === undefined && terminal.stdout.isTTY === true;
  const canRedraw = terminal.stderr.isTTY === true && !isShown && options.verbose !== true;
  const kind = options.quiet === true ? "silent" : canRedraw ? "bar" : "lines";
  return {
    client,
    names,
    outcomes,
    writer: await openWriter({ format: options.format, output: options.output, onReaderGone }, terminal),
    progress: await createProgress(kind, terminal),
    tally: new RunTally(names.length, terminal.clock.now),
  };
}

interface LoadContext {
  readonly client: InferenceHTTPClient;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** The inputs' names, and what becomes of them once somebody asks. */
async function load(
  task: CoreTask,
  args: readonly string[],
  options: GivenOptions,
  { client, terminal, signal }: LoadContext,
): Promise<Pick<Job, "names" | "outcomes">> {
  const { concurrency = 1, recursive, out: outDir } = options;
  if (task.takes === "texts") {
    const work = await task.prepare(options);
    return { names: args, outcomes: allAtOnce(() => work.run(client, args, { signal })) };
  }
  if (task.takes === "clips" && args.includes("-")) {
    throw new InvalidParameterError("A clip cannot come from standard input; name a file or a URL.");
  }
  const inputs = await expandInputs(args, { recursive, outDir, signal });
  assertNoInput(options.output, inputs);
  const names = inputs.map(({ name }) => name);
  checkOneInput(task, options, names.length);
  if (task.takes === "clips") {
    const work = await task.prepare(options);
    const clips = inputs.map(({ source }) => source);
    const runOne = (clip: string, _index: number, within: AbortSignal) =>
      work.run(client, clip, { signal: within });
    return { names, outcomes: inOrder(clips, concurrency, runOne, signal) };
  }
  const work = await task.prepare(options);
  const pictures = new Pictures(inputs, { keepBytes: false, stdin: () => terminal.stdin, signal });
  const targets = outDir === undefined ? [] : outputNames(inputs).map((name) => join(outDir, name));
  const runOne = (picture: ImageSource, index: number, within: AbortSignal) =>
    runPicture(work, client, picture, targets[index], { signal: within });
  return { names, outcomes: inOrder(pictures.sources(), concurrency, runOne, signal) };
}

function checkOneInput(task: CoreTask, options: GivenOptions, count: number): void {
  const [name] =
    Object.entries(task.options).find(([key, row]) => row.oneInput === true && options[key] !== undefined) ??
    [];
  if (name === undefined || count === 1) return;
  throw new InvalidParameterError(`${flagOf(name)} is for one input, and there are ${count}.`);
}

/** The outcomes of inputs that go out together. */
async function* allAtOnce(run: () => Promise<readonly object[]>): AsyncGenerator<Outcome<object>> {
  for (const [index, value] of (await run()).entries()) yield { index, ok: true, value };
}

/** With a target, the large parts of the result become files whose names begin with it. */
async function runPicture(
  work: PictureWork,
  client: InferenceHTTPClient,
  picture: ImageSource,
  target: string | undefined,
  settings: CallSettings,
): Promise<object> {
  const answer = await work.run(client, picture, settings);
  if (target === undefined || work.split === undefined) return answer;
  const { result, files } = await work.split(answer, target);
  for (const { ending, bytes } of files) await writeResultFile(target + ending, bytes);
  return { ...result, files: files.map(({ ending }) => target + ending) };
}

async function followAll(job: Job, failFast: boolean, signal: AbortSignal): Promise<void> {
  const { names, outcomes, writer, tally, progress } = job;
  for await (const outcome of outcomes) {
    // What an interruption cut off has not failed.
    if (!outcome.ok && signal.aborted) continue;
    const entry = entryOf({ name: names[outcome.index] ?? "" }, outcome);
    tally.add(entry);
    progress.advance(entry.ok);
    if (!entry.ok)
      progress.note(`failed ${entry.input.name}: ${entry.error.code}: ${describeError(entry.error)}`);
    await writer.add(entry);
    if (!entry.ok && failFast) break;
  }
}

/** @throws what is no failure of the input, but of this program. */
function entryOf(input: { readonly name: string }, outcome: Outcome<object>): AnyEntry {
  if (outcome.ok) return { input, ok: true, result: outcome.value };
  if (!isInferenceError(outcome.error)) throw outcome.error;
  return { input, ok: false, error: outcome.error };
}
