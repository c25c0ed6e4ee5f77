import type { ClientMode } from "@inference-ts/sdk/node";
import { type Command, InvalidArgumentError } from "commander";
import { GATE_METRICS, type Gate, parseGate } from "../benchmark/gate.ts";
import type { LoadPlan } from "../benchmark/load-plan.ts";
import { addConnectionOptions, type ConnectionOptions } from "../connection.ts";
import { positive, wholeNumber } from "../option-values.ts";
import { assertBatch } from "./assert-batch.ts";

/** Requests where neither `--requests` nor `--duration` is given. */
const DEFAULT_REQUESTS = 100;
/** Requests at once in an open loop: enough that only a server in trouble reaches it. */
const DEFAULT_OPEN_CLIENTS = 256;

/** The options of `infer benchmark` as commander gives them. */
export interface BenchmarkOptions extends ConnectionOptions {
  readonly model: string;
  readonly clients?: number;
  /** Requests per second. */
  readonly rate?: number;
  readonly requests?: number;
  /** Milliseconds. */
  readonly duration?: number;
  readonly batch: number;
  readonly warmup: number;
  readonly downsize?: boolean;
  readonly recursive?: boolean;
  readonly json?: string;
  readonly failIf?: readonly Gate[];
  readonly yes?: boolean;
  readonly quiet?: boolean;
}

/** Adds {@link BenchmarkOptions} to a command. */
export function addBenchmarkOptions(command: Command): Command {
  command
    .requiredOption("-m, --model <id>", "model id (project/version) or public alias")
    .option(
      "--clients <count>",
      `closed loop: clients, each waiting for its answer (default: 1); with --rate: most requests at once (default: ${DEFAULT_OPEN_CLIENTS})`,
      wholeNumber(1),
    )
    .option(
      "--rate <number>",
      "open loop: start this many requests a second, whatever the answers take; times count from when a request was due",
      positive,
    )
    .option(
      "--requests <count>",
      `stop after so many requests (default: ${DEFAULT_REQUESTS} without --duration)`,
      wholeNumber(1),
    )
    .option("--duration <seconds>", "start requests for so long", (text) => positive(text) * 1000)
    .option("--batch <count>", "pictures in one request (API v1)", wholeNumber(1), 1)
    .option("--warmup <count>", "requests sent before, not measured", wholeNumber(0), 10)
    .option("--downsize", "shrink pictures to the model's input size before sending, as part of the time")
    .option("--recursive", "look into folders inside folders")
    .option(
      "--json <file>",
      "write the report as JSON into this file; - writes it to stdout instead of the table",
    )
    .option(
      "--fail-if <condition>",
      `exit with 1 if it holds, such as "p99>500", "errors>1%" or "rps<20"; can be given again (${GATE_METRICS.join(", ")}; times in ms)`,
      gate,
    )
    .option("--yes", "do not ask before requests that cost credits")
    .option("--quiet", "no progress");
  return addConnectionOptions(command);
}

/** @throws InvalidParameterError for options that contradict each other. */
export function planOf(options: BenchmarkOptions, mode: ClientMode): LoadPlan {
  const { rate, clients, requests, duration, batch } = options;
  assertBatch(batch, mode, "--clients");
  return {
    clients: clients ?? (rate === undefined ? 1 : DEFAULT_OPEN_CLIENTS),
    ratePerS: rate ?? null,
    requests: requests ?? (duration === undefined ? DEFAULT_REQUESTS : Number.POSITIVE_INFINITY),
    durationMs: duration ?? Number.POSITIVE_INFINITY,
    batch,
  };
}

function gate(text: string, earlier: readonly Gate[] | undefined): readonly Gate[] {
  const found = parseGate(text);
  if (found !== null) return [...(earlier ?? []), found];
  throw new InvalidArgumentError(
    `It must be one of ${GATE_METRICS.join(", ")}, then >, >=, < or <=, then a number, such as "p99>500" or "errors>1%".`,
  );
}
