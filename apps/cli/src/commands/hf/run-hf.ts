import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import type { InferenceClient } from "@inference-ts/sdk/huggingface/node";
import { type ImageSource, InvalidParameterError, isInferenceError } from "@inference-ts/sdk/node";
import { EXIT, exitCodeOf } from "../../exit-codes.ts";
import { assertNoInput } from "../../inputs/assert-no-input.ts";
import { expandInputs } from "../../inputs/expand-inputs.ts";
import { outputNames } from "../../inputs/output-names.ts";
import { Pictures } from "../../inputs/pictures.ts";
import { StandardInput } from "../../inputs/standard-input.ts";
import type { Interruption } from "../../interruption.ts";
import type { AnyEntry } from "../../output/entry.ts";
import { makeOutputFolder } from "../../output/output-place.ts";
import { fileSink, streamSink } from "../../output/text-sink.ts";
import { createProgress } from "../../progress/create-progress.ts";
import type { Terminal } from "../../terminal.ts";
import { concludeRun, type RunFailure } from "../conclude-run.ts";
import { inOrder, type Outcome } from "../core/in-order.ts";
import { openWriter } from "../core/result-writer.ts";
import { RunTally } from "../run-tally.ts";
import { createHfClient } from "./hf-client.ts";
import { complainHf, describeHfError } from "./hf-errors.ts";
import { drawBoxes, splitMasks, writeFiles } from "./hf-files.ts";
import type { HfTaskOptions } from "./hf-options.ts";
import type { HfCall, HfTask } from "./hf-task.ts";

/** `infer hf <task>`: every input through the task, results out as they come. Returns the exit code. */
export async function runHf(
  task: HfTask,
  args: readonly string[],
  options: HfTaskOptions,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const readerGone = new AbortController();
  const signal = AbortSignal.any([interruption.signal, readerGone.signal]);
  const context: RunContext = { options, terminal, signal, onReaderGone: () => readerGone.abort() };
  let client: InferenceClient;
  let job: Job;
  try {
    if (options.draw === true && options.out === undefined)
      throw new InvalidParameterError("--draw needs --out, the folder of the drawn pictures.");
    client = createHfClient(options, options.model, terminal, options.quiet);
    job = await prepare(task, args, client, context);
  } catch (error) {
    if (interruption.exitCode !== null || !isInferenceError(error)) throw error;
    complainHf(error, options, terminal);
    return exitCodeOf(error) === EXIT.auth ? EXIT.auth : EXIT.usage;
  }
  const tally = new RunTally(job.names.length, terminal.clock.now);
  let failure: RunFailure | undefined;
  try {
    await follow(job, tally, context);
  } catch (error) {
    failure = { error };
  } finally {
    await client.close();
  }
  if (readerGone.signal.aborted) return EXIT.ok;
  return concludeRun(tally, {
    failure,
    interrupted: interruption.exitCode,
    complain: (error) => complainHf(error, options, terminal),
    stderr: terminal.stderr,
  });
}

interface RunContext {
  readonly options: HfTaskOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly onReaderGone: () => void;
}

/** What a run works with, opened before anything is sent. */
interface Job {
  readonly names: readonly string[];
  readonly outcomes: AsyncIterable<Outcome<object>>;
  /** Writes a result. Text that was written piece by piece has nothing left to write. */
  readonly write: (entry: AnyEntry) => Promise<void>;
  readonly finish: () => Promise<void>;
}

async function prepare(
  task: HfTask,
  args: readonly string[],
  client: InferenceClient,
  context: RunContext,
): Promise<Job> {
  const { options, terminal, signal, onReaderGone } = context;
  if (task.takes === "texts") {
    const texts = await readTexts(args, terminal);
    const names = texts.map((text) => text);
    if (options.format === "text" && task.pieces !== undefined)
      return streamedText(task.pieces, texts, client, context);
    const run = (text: string, _index: number, within: AbortSignal) =>
      task.run({ client, options, signal: within }, text);
    const writer = await openWriter(
      { format: jsonFormat(options), output: options.output, onReaderGone },
      terminal,
    );
    return {
      names,
      outcomes: inOrder(texts, 1, run, signal),
      write: writer.add,
      finish: writer.finish,
    };
  }
  const { concurrency = 1, recursive, out, draw } = options;
  const inputs = await expandInputs(args, { recursive, outDir: out, signal });
  assertNoInput(options.output, inputs);
  if (out !== undefined) await makeOutputFolder(out);
  const targets = out === undefined ? [] : outputNames(inputs).map((name) => join(out, name));
  const pictures = new Pictures(inputs, { keepBytes: draw === true, stdin: () => terminal.stdin, signal });
  // A sound on standard input is no picture: it is read as it is.
  const sources =
    task.takes === "pictures"
      ? pictures.sources()
      : inputs.map(
          ({ kind, source }): ImageSource =>
            kind === "stdin" ? new StandardInput(() => terminal.stdin) : source,
        );
  const run = async (source: ImageSource, index: number, within: AbortSignal) => {
    const call: HfCall = { client, options, signal: within };
    const { result, files } = splitMasks(await task.run(call, source), targets[index]);
    const target = targets[index];
    if (draw === true && target !== undefined)
      files.push(await drawBoxes(await pictures.bytesOf(index), result, target));
    await writeFiles(files);
    return result;
  };
  const writer = await openWriter(
    { format: jsonFormat(options), output: options.output, onReaderGone },
    terminal,
  );
  return {
    names: inputs.map(({ name }) => name),
    outcomes: inOrder(sources, concurrency, run, signal),
    write: writer.add,
    finish: writer.finish,
  };
}

const jsonFormat = ({ format }: HfTaskOptions) => (format === "jsonl" ? "jsonl" : "json");

async function readTexts(args: readonly string[], { stdin }: Terminal): Promise<readonly string[]> {
  const first = args.indexOf("-");
  if (first === -1) return args;
  if (args.lastIndexOf("-") !== first)
    throw new InvalidParameterError("Standard input can be one text only.");
  const typed = (await readText(stdin)).replace(/\r?\n$/, "");
  return args.map((arg) => (arg === "-" ? typed : arg));
}

/** Text that is written as it arrives; every text ends with a line break. */
async function streamedText(
  pieces: (call: HfCall, text: string) => AsyncIterable<string>,
  texts: readonly string[],
  client: InferenceClient,
  { options, terminal, signal, onReaderGone }: RunContext,
): Promise<Job> {
  const sink =
    options.output === undefined
      ? streamSink(terminal.stdout, { endsStream: false, onReaderGone })
      : await fileSink(options.output);
  const run = async (text: string, _index: number, within: AbortSignal) => {
    let wrote = false;
    try {
      for await (const piece of pieces({ client, options, signal: within }, text)) {
        wrote ||= piece !== "";
        await sink.write(piece);
      }
    } finally {
      if (wrote) await sink.write("\n");
    }
    return {};
  };
  return {
    names: texts,
    outcomes: inOrder(texts, 1, run, signal),
    write: async () => undefined,
    finish: () => sink.close(),
  };
}

async function follow(job: Job, tally: RunTally, context: RunContext): Promise<void> {
  const { options, terminal, signal } = context;
  const isShown = options.output === undefined && terminal.stdout.isTTY === true;
  const canRedraw = terminal.stderr.isTTY === true && !isShown && options.verbose !== true;
  const isSilent = options.quiet === true || tally.total === 1;
  const progress = await createProgress(isSilent ? "silent" : canRedraw ? "bar" : "lines", terminal);
  progress.start(tally.total);
  try {
    for await (const outcome of job.outcomes) {
      // What an interruption cut off has not failed.
      if (!outcome.ok && signal.aborted) continue;
      const entry = entryOf(job.names[outcome.index] ?? "", outcome);
      tally.add(entry);
      progress.advance(entry.ok);
      if (!entry.ok)
        progress.note(
          `failed ${entry.input.name}: ${entry.error.code}: ${describeHfError(entry.error, options, terminal)}`,
        );
      await job.write(entry);
      if (!entry.ok && options.failFast === true) break;
    }
  } finally {
    try {
      await job.finish();
    } finally {
      progress.stop();
    }
  }
  if (!isSilent && !signal.aborted) terminal.stderr.write(`${tally.summary(options.out)}\n`);
}

/** @throws what is no failure of the input, but of this program. */
function entryOf(name: string, outcome: Outcome<object>): AnyEntry {
  const input = { name };
  if (outcome.ok) return { input, ok: true, result: outcome.value };
  if (!isInferenceError(outcome.error)) throw outcome.error;
  return { input, ok: false, error: outcome.error };
}
