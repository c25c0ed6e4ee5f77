import { type InferEachItem, type InferenceHTTPClient, isInferenceError } from "@inference-ts/sdk/node";
import { keepClasses } from "../class-filter.ts";
import { complain } from "../complain.ts";
import { createClient, secretsOf } from "../connection.ts";
import { describeError } from "../describe-error.ts";
import { readDrawingPlan } from "../drawing/drawing-plan.ts";
import { EXIT } from "../exit-codes.ts";
import { assertNoInput } from "../inputs/assert-no-input.ts";
import { expandInputs } from "../inputs/expand-inputs.ts";
import type { Input } from "../inputs/input.ts";
import { outputNames } from "../inputs/output-names.ts";
import { Pictures } from "../inputs/pictures.ts";
import type { Interruption } from "../interruption.ts";
import { type DrawnPicture, drawPicture } from "../output/draw-picture.ts";
import type { Entry } from "../output/entry.ts";
import { createFormat } from "../output/formats.ts";
import { isLabelFormat, LabelFiles } from "../output/label-files.ts";
import { ResultFolder } from "../output/result-folder.ts";
import { fileSink, streamSink, type TextSink } from "../output/text-sink.ts";
import { createProgress } from "../progress/create-progress.ts";
import type { Progress } from "../progress/progress.ts";
import { Durations } from "../report/durations.ts";
import { Report, reportFolder } from "../report/report.ts";
import type { Terminal } from "../terminal.ts";
import { assertBatch } from "./assert-batch.ts";
import { concludeRun, type RunFailure } from "./conclude-run.ts";
import {
  checkRunOptions,
  configurationOf,
  formatOf,
  progressKindOf,
  type RunOptions,
} from "./run-options.ts";
import { RunTally } from "./run-tally.ts";

/** `infer run`: every input through the model, results out as they come. Returns the exit code. */
export async function run(
  args: readonly string[],
  options: RunOptions,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const readerGone = new AbortController();
  const signal = AbortSignal.any([interruption.signal, readerGone.signal]);
  let job: Job;
  let client: InferenceHTTPClient;
  try {
    checkRunOptions(options);
    const configuration = configurationOf(options);
    client = createClient(options, terminal, { modelId: options.model, configuration });
    assertBatch(options.batch, client.clientMode, "--concurrency");
    job = await prepare(args, options, terminal, signal, () => readerGone.abort());
  } catch (error) {
    if (interruption.exitCode !== null || !isInferenceError(error)) throw error;
    complain(error, options, terminal);
    return EXIT.usage;
  }
  let failure: RunFailure | undefined;
  try {
    await inferAll(client, job, options, signal);
  } catch (error) {
    failure = { error };
  }
  try {
    await finish(job, options);
  } catch (error) {
    failure ??= { error };
  } finally {
    job.progress.stop();
    await client.close();
  }
  // Who reads only the beginning, as `head` does, got what was asked for.
  if (readerGone.signal.aborted) return EXIT.ok;
  const { tally } = job;
  const isSummed = !options.quiet && (failure === undefined || tally.done > 0);
  return concludeRun(tally, {
    failure,
    interrupted: interruption.exitCode,
    complain: (error) => complain(error, options, terminal),
    summary: isSummed ? tally.summary(options.out) : undefined,
    stderr: terminal.stderr,
  });
}

/** Everything that a run works with, opened before anything is sent. */
interface Job {
  readonly inputs: readonly Input[];
  readonly pictures: Pictures;
  readonly sink: TextSink;
  readonly format: ReturnType<typeof createFormat>;
  readonly folder: ResultFolder | undefined;
  readonly labels: LabelFiles | undefined;
  readonly page: Report | undefined;
  readonly draw: (entry: Entry, index: number) => Promise<DrawnPicture | undefined>;
  readonly durations: Durations;
  readonly progress: Progress;
  readonly tally: RunTally;
}

async function prepare(
  args: readonly string[],
  options: RunOptions,
  terminal: Terminal,
  signal: AbortSignal,
  onReaderGone: () => void,
): Promise<Job> {
  const secrets = secretsOf(options, terminal.env);
  const inputs = await expandInputs(args, {
    recursive: options.recursive,
    outDir: options.out,
    reportDir: options.report === undefined ? undefined : reportFolder(options.report),
    signal,
  });
  assertNoInput(options.output, inputs);
  const draws = options.draw !== undefined && options.draw !== false;
  const plan = typeof options.draw === "string" ? await readDrawingPlan(options.draw) : undefined;
  const keepBytes = draws || options.report !== undefined;
  const pictures = new Pictures(inputs, { keepBytes, stdin: () => terminal.stdin, signal });
  const format = formatOf(options, terminal);
  const progress = await createProgress(progressKindOf(options, format, terminal), terminal);
  const tally = new RunTally(inputs.length, terminal.clock.now);
  const labels = isLabelFormat(format) ? new LabelFiles(format) : undefined;
  const folder =
    options.out === undefined
      ? undefined
      : await ResultFolder.open(options.out, {
          names: outputNames(inputs),
          draws,
          labels,
        });
  const durations = new Durations(terminal.clock.now);
  const page =
    options.report === undefined
      ? undefined
      : await Report.open(options.report, {
          names: outputNames(inputs),
          durationOf: (index) => durations.of(index),
        });
  const draw = async (entry: Entry, index: number) => {
    if (!entry.ok) return undefined;
    try {
      return await drawPicture(await pictures.bytesOf(index), entry.result, plan);
    } catch (error) {
      tally.addUndrawn();
      progress.note(`not drawn ${entry.input.name}: ${describeError(error, { secrets })}`);
      return undefined;
    }
  };
  const sink =
    options.output === undefined
      ? streamSink(terminal.stdout, { endsStream: false, onReaderGone })
      : await fileSink(options.output);
  return {
    inputs,
    pictures,
    sink,
    format: createFormat(format),
    folder,
    labels,
    page,
    draw,
    durations,
    progress,
    tally,
  };
}

async function inferAll(
  client: InferenceHTTPClient,
  job: Job,
  options: RunOptions,
  signal: AbortSignal,
): Promise<void> {
  const { inputs, pictures, progress, sink, format } = job;
  const classes = options.class === undefined ? null : new Set(options.class);
  if (job.page !== undefined) client.observe(job.durations.listen);
  progress.start(inputs.length);
  await sink.write(format.begin());
  for await (const item of client.inferEach(pictures.sources(), { task: options.task, signal })) {
    const input = inputs[item.index];
    if (input === undefined) continue;
    const written = await inFormat(job, entryOf(input, item, classes));
    await report(job, written, item.index);
    if (!written.entry.ok && options.failFast) break;
  }
}

function entryOf(input: Input, item: InferEachItem, classes: ReadonlySet<string> | null): Entry {
  if (!item.ok) return { input, ok: false, error: item.error };
  return { input, ok: true, result: classes === null ? item.result : keepClasses(item.result, classes) };
}

/** An entry, and what stands for it in the output. */
interface WrittenEntry {
  readonly entry: Entry;
  readonly text: string;
  readonly labels?: string | undefined;
}

/** Writes an entry in the format of the run. A result that the format cannot hold counts as a failed input. */
async function inFormat({ format, labels }: Job, entry: Entry): Promise<WrittenEntry> {
  if (!entry.ok) return { entry, text: await format.add(entry) };
  try {
    return { entry, labels: await labels?.textOf(entry), text: await format.add(entry) };
  } catch (error) {
    if (!isInferenceError(error)) throw error;
    const failed: Entry = { input: entry.input, ok: false, error };
    return { entry: failed, text: await format.add(failed) };
  }
}

async function report(job: Job, { entry, text, labels }: WrittenEntry, index: number): Promise<void> {
  const { tally, progress, pictures } = job;
  tally.add(entry);
  progress.advance(entry.ok);
  if (!entry.ok) {
    pictures.release(index);
    progress.note(`failed ${entry.input.name}: ${entry.error.code}: ${describeError(entry.error)}`);
  }
  // Drawn once, also where a folder and a report want the picture.
  let drawing: Promise<DrawnPicture | undefined> | undefined;
  const drawn = () => {
    drawing ??= job.draw(entry, index);
    return drawing;
  };
  await Promise.all([
    job.sink.write(text),
    job.folder?.add(entry, index, drawn, labels),
    job.page?.add(entry, index, async () => (await drawn())?.bytes),
  ]);
}

/** Also after a failure: what was received is written, and the text is whole. */
async function finish(job: Job, options: RunOptions): Promise<void> {
  const folder = Promise.all([
    job.folder?.finish(),
    job.page?.finish(`infer run: ${options.model}`, factsOf(job, options)),
  ]);
  try {
    await job.sink.write(await job.format.end());
    await job.sink.close();
  } finally {
    await folder;
  }
}

/** What stands below the title of a report. */
function factsOf({ tally }: Job, options: RunOptions): readonly (readonly [string, string])[] {
  const { done, total, succeeded } = tally;
  return [
    ["Model", options.model],
    ["Pictures", done < total ? `${done} of ${total}` : String(total)],
    ["Failed", String(done - succeeded)],
    ["Time", `${tally.seconds.toFixed(1)} s`],
    ...(options.confidence === undefined ? [] : [["Confidence", String(options.confidence)] as const]),
  ];
}
