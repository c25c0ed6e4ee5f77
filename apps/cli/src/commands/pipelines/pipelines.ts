import { HTTPCallError, type InferencePipeline, type PipelineStatus } from "@inference-ts/sdk/node";
import { createClient } from "../../connection.ts";
import { EXIT } from "../../exit-codes.ts";
import type { Interruption } from "../../interruption.ts";
import { limitOf } from "../../option-values.ts";
import { streamSink } from "../../output/text-sink.ts";
import { hideAddresses, streamAddress } from "../../stream-address.ts";
import type { Terminal } from "../../terminal.ts";
import { visiblePart, writeShown } from "../../visible-text.ts";
import type { PipelineOptions, StartOptions, WatchOptions } from "./pipeline-options.ts";
import { readWorkflow } from "./workflow-argument.ts";

/** Time that ending a pipeline may take after Ctrl-C, in milliseconds; the process ends 1,500 ms after the signal. */
const LAST_WORD_MS = 1_200;
/** Part of it that may be spent on the answer to a start. */
const ANSWER_MS = 700;

/** Nothing is dropped, and reading keeps close to the work: what waits when a file has ended is lost with the pipeline. */
const EVERY_FRAME = {
  sourceBufferFillingStrategy: "WAIT",
  sourceBufferConsumptionStrategy: "LAZY",
  decodingBufferSize: 2,
} as const;

type Command<Options> = (options: Options, terminal: Terminal, interruption: Interruption) => Promise<number>;

/** `infer pipelines start <source...>`. */
export function startPipeline(sources: readonly string[]): Command<StartOptions> {
  return async (options, terminal, interruption) => {
    const { workflowVersion, filling, consumption } = options;
    const consumptionTimeoutMs = limitOf(options.consumptionTimeout);
    const workflow = await readWorkflow(options.workflow);
    await using client = createClient(options, terminal);
    const references = sources.map((source) => (/^\d+$/.test(source) ? Number(source) : source));
    const [first = ""] = references;
    const settings = {
      ...workflow,
      videoReference: references.length === 1 ? first : references,
      workflowVersionId: workflowVersion,
      imageInputName: options.imageName,
      workflowsParameters: options.param,
      maxFps: options.maxFps ?? null,
      ...(options.everyFrame ? EVERY_FRAME : {}),
      ...(filling === undefined ? {} : { sourceBufferFillingStrategy: filling }),
      ...(consumption === undefined ? {} : { sourceBufferConsumptionStrategy: consumption }),
      resultsBufferSize: options.bufferSize,
      ...(typeof consumptionTimeoutMs === "number" ? { consumptionTimeoutMs } : {}),
      ...(options.sinks ? {} : { disableSinks: true }),
    };
    const pipeline = await startUnlessInterrupted(
      (signal) => client.startInferencePipelineWithWorkflow({ ...settings, signal }),
      terminal,
      interruption,
    );
    if (options.watch !== true) {
      writeShown(terminal.stdout, `${pipeline.id}\n`);
      return EXIT.ok;
    }
    terminal.stderr.write(`started ${visiblePart(pipeline.id)}\n`);
    try {
      return await printResults(pipeline, options, terminal, interruption);
    } finally {
      await endPipeline(pipeline, terminal);
    }
  };
}

/** `infer pipelines watch <id>`. */
export function watchPipeline(id: string): Command<WatchOptions> {
  return async (options, terminal, interruption) => {
    await using client = createClient(options, terminal);
    const pipeline = await client.attachInferencePipeline(id, { signal: interruption.signal });
    return await printResults(pipeline, options, terminal, interruption);
  };
}

/** `infer pipelines list`. */
export const listPipelines: Command<PipelineOptions> = async (options, terminal, { signal }) => {
  await using client = createClient(options, terminal);
  const { pipelines } = await client.listInferencePipelines({ signal });
  const lines = pipelines.length === 0 ? ["no pipeline"] : pipelines.map(visiblePart);
  writeShown(terminal.stdout, `${options.json ? JSON.stringify({ pipelines }) : lines.join("\n")}\n`);
  return EXIT.ok;
};

/** `infer pipelines status <id>`. */
export function pipelineStatus(id: string): Command<PipelineOptions> {
  return async (options, terminal, { signal }) => {
    await using client = createClient(options, terminal);
    const status = await client.getInferencePipelineStatus(id, { signal });
    const lines = options.json ? [JSON.stringify(hideAddresses(status.report))] : statusLines(status);
    writeShown(terminal.stdout, `${lines.join("\n")}\n`);
    return EXIT.ok;
  };
}

const COMMANDS = {
  pause: ["pauseInferencePipeline", "paused"],
  resume: ["resumeInferencePipeline", "resumed"],
  stop: ["terminateInferencePipeline", "stopped"],
} as const;

/** `infer pipelines pause|resume|stop <id...>`. The first failure ends it. */
export function commandPipelines(
  command: keyof typeof COMMANDS,
  ids: readonly string[],
): Command<PipelineOptions> {
  const [method, done] = COMMANDS[command];
  return async (options, terminal, { signal }) => {
    await using client = createClient(options, terminal);
    for (const id of ids) {
      const answer = await client[method](id, { signal });
      writeShown(terminal.stdout, options.json ? `${JSON.stringify(answer)}\n` : `${done} ${id}\n`);
    }
    return EXIT.ok;
  };
}

async function printResults(
  pipeline: InferencePipeline,
  { exclude, idle, limit = Number.POSITIVE_INFINITY }: WatchOptions,
  { stdout, stderr }: Terminal,
  { signal }: Interruption,
): Promise<number> {
  const reader = new AbortController();
  const sink = streamSink(stdout, { endsStream: false, onReaderGone: () => reader.abort() });
  const idleMs = limitOf(idle);
  const results = pipeline.results({
    signal,
    excludedFields: exclude,
    ...(idleMs === undefined ? {} : { idleMs }),
  });
  let count = 0;
  for await (const { outputs, frames } of results) {
    // A reader that is slower than the pipeline slows the loop down, so that nothing piles up here.
    await sink.write(`${JSON.stringify({ frames, outputs })}\n`);
    count += 1;
    if (count >= limit || reader.signal.aborted) break;
  }
  await sink.close();
  stderr.write(`${count} ${count === 1 ? "result" : "results"}\n`);
  return EXIT.ok;
}

/**
 * Starts a pipeline. After Ctrl-C the answer is waited for a little longer: the server goes on starting, and what it starts would run
 * without anybody who knows its id.
 *
 * @throws the reason of the interruption
 */
async function startUnlessInterrupted(
  start: (signal: AbortSignal) => Promise<InferencePipeline>,
  terminal: Terminal,
  { signal }: Interruption,
): Promise<InferencePipeline> {
  signal.throwIfAborted();
  const request = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onInterruption = (): void => {
    terminal.stderr.write("infer: waiting for the server, to end the pipeline that it starts\n");
    timer = setTimeout(() => request.abort(signal.reason), ANSWER_MS);
  };
  signal.addEventListener("abort", onInterruption, { once: true });
  try {
    const pipeline = await start(request.signal);
    if (signal.aborted) await endPipeline(pipeline, terminal, LAST_WORD_MS - ANSWER_MS);
    signal.throwIfAborted();
    return pipeline;
  } catch (error) {
    if (request.signal.aborted) {
      terminal.stderr.write(
        "infer: the server has not said whether it started a pipeline; `infer pipelines list` shows those that run, " +
          "`infer pipelines stop <id>` ends one\n",
      );
    }
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onInterruption);
  }
}

/** Ctrl-C must not leave a pipeline behind that nobody reads. */
async function endPipeline(
  pipeline: InferencePipeline,
  { stderr }: Terminal,
  timeoutMs = LAST_WORD_MS,
): Promise<void> {
  try {
    await pipeline.terminate({ timeoutMs });
  } catch (error) {
    // The server drops the pipeline of a file by itself when the file has ended.
    if (error instanceof HTTPCallError && (error.status === 400 || error.status === 404)) return;
    stderr.write(`infer: ${visiblePart(pipeline.id)} could not be stopped; it may have ended already\n`);
  }
}

function statusLines({ report }: PipelineStatus): readonly string[] {
  const { sources_metadata: sources = [], inference_throughput: throughput } = report;
  const lines = sources.map(({ source_id, state, source_reference }) =>
    [`source ${source_id ?? "-"}`, state ?? "unknown", streamAddress(String(source_reference ?? ""))]
      .map(visiblePart)
      .join("  "),
  );
  if (throughput !== undefined) lines.push(`${throughput.toFixed(1)} frames/s`);
  return lines.length === 0 ? ["no source"] : lines;
}
