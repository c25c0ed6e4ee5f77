import {
  HTTPCallError,
  type InferenceHTTPClient,
  InvalidParameterError,
  InvalidResponseError,
  isInferenceError,
  type ServerInfo,
} from "@inference-ts/sdk/node";
import { confirm } from "../benchmark/confirm.ts";
import { checkGate, limitsErrors } from "../benchmark/gate.ts";
import { isPaidHost } from "../benchmark/hosted.ts";
import { showLive } from "../benchmark/live-line.ts";
import { systemLoadClock } from "../benchmark/load-clock.ts";
import { type LoadPlan, runLoad } from "../benchmark/load-plan.ts";
import { Measurements } from "../benchmark/measurements.ts";
import { jsonReport, type ReportSource, textReport } from "../benchmark/report.ts";
import { requestSender } from "../benchmark/request-sender.ts";
import { generatedPicture, readPictures } from "../benchmark/test-pictures.ts";
import { createClient } from "../connection.ts";
import { EXIT, exitCodeOfRun, failureKind } from "../exit-codes.ts";
import { assertNoInput } from "../inputs/assert-no-input.ts";
import { expandInputs } from "../inputs/expand-inputs.ts";
import { Pictures } from "../inputs/pictures.ts";
import type { Interruption } from "../interruption.ts";
import { fileSink, type TextSink } from "../output/text-sink.ts";
import type { Terminal } from "../terminal.ts";
import { visibleText, writeShown } from "../visible-text.ts";
import { type BenchmarkOptions, planOf } from "./benchmark-options.ts";

/** `infer benchmark`: a load on a server, what it showed, and whether that is good enough. Returns the exit code. */
export async function benchmark(
  args: readonly string[],
  options: BenchmarkOptions,
  terminal: Terminal,
  interruption: Interruption,
): Promise<number> {
  const { signal } = interruption;
  // A retry would hide a failure and be counted as a slow answer.
  await using client = createClient({ ...options, retries: options.retries ?? 0 }, terminal, {
    modelId: options.model,
    configuration: {
      maxConcurrentRequests: 1,
      maxBatchSize: options.batch,
      clientDownsizingDisabled: options.downsize !== true,
    },
  });
  const plan = planOf(options, client.clientMode);
  const pictures = await picturesOf(args, options, terminal, signal);
  const file = options.json === undefined || options.json === "-" ? null : await fileSink(options.json);
  try {
    if (isPaidHost(client.apiUrl) && options.yes !== true) {
      await confirm(costWarning(client.apiUrl, plan, options.warmup), terminal, signal);
    }
    const server = await serverInfo(client, signal);
    const load = { client, plan, pictures, terminal, interruption, options };
    const warmup = await warmUp(load);
    const measured = await measure("measuring", plan, load);
    const source: ReportSource = {
      apiUrl: client.apiUrl,
      mode: client.clientMode,
      modelId: options.model,
      server,
      plan,
      pictures: {
        count: pictures.length,
        bytes: pictures.reduce((sum, picture) => sum + picture.byteLength, 0),
        generated: args.length === 0,
      },
      warmup,
      measured,
      interrupted: signal.aborted,
      gates: (options.failIf ?? []).map((gate) => checkGate(gate, measured)),
    };
    await writeReport(source, options, terminal, file);
    return interruption.exitCode ?? exitCodeFor(source);
  } finally {
    await file?.close();
  }
}

interface Load {
  readonly client: InferenceHTTPClient;
  readonly plan: LoadPlan;
  readonly pictures: readonly Uint8Array[];
  readonly terminal: Terminal;
  readonly interruption: Interruption;
  readonly options: BenchmarkOptions;
}

async function picturesOf(
  args: readonly string[],
  options: BenchmarkOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly Uint8Array[]> {
  if (args.length === 0) return [await generatedPicture()];
  try {
    const inputs = await expandInputs(args, { recursive: options.recursive, outDir: undefined, signal });
    assertNoInput(options.json, inputs);
    const pictures = new Pictures(inputs, { keepBytes: false, stdin: () => terminal.stdin, signal });
    return await readPictures(pictures.sources(), signal);
  } catch (error) {
    // One bad picture spoils the whole load, so it is a matter of the command line and not of one input among many.
    if (!isInferenceError(error) || failureKind(error) !== "input") throw error;
    throw new InvalidParameterError(error.message, { cause: error });
  }
}

function costWarning(
  apiUrl: string,
  { requests, durationMs, ratePerS, batch }: LoadPlan,
  warmup: number,
): string {
  const { host } = new URL(apiUrl);
  const byRate = ratePerS === null ? Number.POSITIVE_INFINITY : Math.ceil((durationMs * ratePerS) / 1000);
  const most = Math.min(requests, byRate);
  const count = Number.isFinite(most)
    ? `up to ${(most + warmup) * batch}`
    : `${durationMs / 1000} seconds of`;
  return `This sends ${count} pictures to ${host}, where each inference costs credits.`;
}

/** `null` from a server that has no such route. */
async function serverInfo(client: InferenceHTTPClient, signal: AbortSignal): Promise<ServerInfo | null> {
  try {
    return await client.getServerInfo({ signal });
  } catch (error) {
    if (error instanceof HTTPCallError || error instanceof InvalidResponseError) return null;
    throw error;
  }
}

/** @throws InferenceError the first failure, when no request succeeds: measuring would only repeat it. */
async function warmUp(load: Load): Promise<Measurements> {
  const { warmup } = load.options;
  const { clients, ratePerS, batch } = load.plan;
  // One after the other where the load is a timetable: a server must not be flooded before it has its model.
  const plan: LoadPlan = {
    clients: ratePerS === null ? clients : 1,
    ratePerS: null,
    requests: warmup,
    durationMs: Number.POSITIVE_INFINITY,
    batch,
  };
  const measured = await measure("warming up", plan, load);
  load.interruption.signal.throwIfAborted();
  if (measured.firstError !== undefined && measured.ok === 0) throw measured.firstError;
  return measured;
}

async function measure(name: string, plan: LoadPlan, load: Load): Promise<Measurements> {
  const { client, pictures, terminal, interruption, options } = load;
  const { signal } = interruption;
  const clock = systemLoadClock(terminal.clock);
  const into = new Measurements();
  const inPlace = terminal.stderr.isTTY === true && options.verbose !== true;
  const hide = options.quiet === true ? () => undefined : showLive(name, into, terminal, { inPlace });
  into.start(clock.now());
  try {
    const { batch } = plan;
    await runLoad(plan, { clock, signal }, requestSender({ client, pictures, batch, clock, signal, into }));
  } finally {
    hide();
  }
  return into;
}

async function writeReport(
  source: ReportSource,
  options: BenchmarkOptions,
  { stdout }: Pick<Terminal, "stdout">,
  file: TextSink | null,
): Promise<void> {
  const json = `${JSON.stringify(jsonReport(source), null, 2)}\n`;
  await file?.write(json);
  writeShown(stdout, options.json === "-" ? json : visibleText(textReport(source)));
}

/** Failed requests fail the benchmark unless a gate says how many are allowed. */
function exitCodeFor({ measured, gates }: ReportSource): number {
  if (measured.ok === 0 && measured.failed > 0) return exitCodeOfRun(0, measured.failureKinds);
  if (gates.some(({ ok }) => !ok)) return EXIT.failed;
  const failuresAllowed = limitsErrors(gates.map(({ gate }) => gate));
  return failuresAllowed ? EXIT.ok : exitCodeOfRun(measured.ok, measured.failureKinds);
}
