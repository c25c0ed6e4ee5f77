import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InferenceEvent, InferenceHTTPClient, nodeHttpTransport } from "@inference-ts/sdk/node";
import { CONTEXTS, contextParameters, METHODS, namedArguments, SCOPES } from "./arguments.ts";
import { type ActualOutcome, compareOutcome } from "./compare-outcome.ts";
import { compareRequests } from "./compare-requests.ts";
import { applyRules } from "./deviation-rules.ts";
import { callsWithOutcome, type Expectation, type ExpectedOutcome } from "./expectation.ts";
import { type FixtureServer, startFixtureServer } from "./fixture-server.ts";
import { makeArgument } from "./inputs.ts";
import { mapStrings, shown } from "./json.ts";
import { compareLive } from "./live/compare-live.ts";
import { isLive, LIVE_METHOD, liveScript } from "./live/live-record.ts";
import { LiveReplay } from "./live/live-replay.ts";
import type { Arguments } from "./method-spec.ts";
import { type CollectedRequest, collectFrom, processingMetadata } from "./processing-metadata.ts";
import { PURE_FUNCTIONS } from "./pure-functions.ts";
import { installQuickWaits } from "./quick-waits.ts";
import type { GoldenCase, RecordedCall } from "./read-case.ts";
import { callContext, clientContext, unknownContext } from "./recorded-context.ts";
import { INFER_METHODS } from "./recorded-facts.ts";
import { recordedSettings } from "./recorded-settings.ts";
import { deadAddress } from "./recording-server.ts";
import { installReroutedFetch } from "./rerouted-fetch.ts";
import { reroutingTransport } from "./rerouting-transport.ts";
import { fillPlaceholders } from "./scripted-body.ts";
import { leakedKey } from "./secrets.ts";
import type { SuiteReport } from "./suite-command.ts";
import { urlPolicyFrom } from "./url-policy-settings.ts";

/** Methods whose results carry `task`. */
const TASK_METHODS = new Set([...INFER_METHODS, "infer_from_yolo_world"]);

const NO_QUICK_WAITS = { waitsMs: [], restore: () => undefined };

/** Replays one case and compares what happened with the record. */
export async function runCase(golden: GoldenCase, inputs: string): Promise<SuiteReport> {
  const report = (
    status: SuiteReport["status"],
    problems: readonly string[],
    rules: readonly string[] = [],
  ) => ({
    id: golden.id,
    group: golden.group,
    status,
    problems,
    rules,
  });
  const unknown = [...golden.unsupported, ...unknownContext(golden)];
  if (unknown.length > 0) return report("failed", [`the runner gives no meaning to ${unknown.join(", ")}`]);
  try {
    const { expectation, rules, unsettled } = applyRules(golden, inputs);
    const problems = unsettled.map((code) => `no rule settles ${code}`);
    problems.push(...(await replay(golden, expectation, inputs)));
    return report(problems.length === 0 ? "passed" : "failed", problems, rules);
  } catch (error) {
    return report("failed", [
      `the runner failed: ${error instanceof Error ? (error.stack ?? error.message) : shown(error)}`,
    ]);
  }
}

async function replay(golden: GoldenCase, expectation: Expectation, inputs: string): Promise<string[]> {
  const script =
    expectation.scriptByContent ?? expectation.exchanges.flatMap(({ response }) => response ?? []);
  const server = await startFixtureServer(script, inputs, expectation.maxInFlight);
  const dead = await deadAddress();
  const scratch = mkdtempSync(join(tmpdir(), "golden-"));
  const fill = (text: string) =>
    text
      .replaceAll("{BASE}", server.baseUrl)
      .replaceAll("{DEAD}", dead)
      .replaceAll("{INPUTS}", inputs)
      .replaceAll("{TMP}", scratch);
  const restoreFetch = installReroutedFetch(server.baseUrl, dead);
  // A live session has deadlines of its own.
  const waits = isLive(golden) ? NO_QUICK_WAITS : installQuickWaits();
  const run = new CaseRun(golden, inputs, fill, server.baseUrl, dead);
  try {
    await run.all();
    return await compareRun(golden, expectation, run, server, waits.waitsMs, inputs, fill);
  } finally {
    waits.restore();
    restoreFetch();
    await run.client?.close();
    await server.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The calls of one case on one client. */
class CaseRun {
  client: InferenceHTTPClient | undefined;
  readonly outcomes: ActualOutcome[] = [];
  readonly events: InferenceEvent[] = [];
  readonly live: LiveReplay;
  readonly #collected: CollectedRequest[] = [];
  readonly #golden: GoldenCase;
  readonly #inputs: string;
  readonly #fill: (text: string) => string;
  readonly #addresses: readonly [base: string, dead: string];

  constructor(
    golden: GoldenCase,
    inputs: string,
    fill: (text: string) => string,
    base: string,
    dead: string,
  ) {
    this.#golden = golden;
    this.live = new LiveReplay(liveScript(golden));
    this.#inputs = inputs;
    this.#fill = fill;
    this.#addresses = [base, dead];
  }

  /** Runs set-up and calls; what a broken set-up throws is the outcome of every call. */
  async all(): Promise<void> {
    const needsClient = this.#golden.calls.some((call) => PURE_FUNCTIONS[call.method] === undefined);
    try {
      if (needsClient) {
        this.client = this.#makeClient();
        await this.#withSetup(this.client, this.#golden.setup, (client) => this.#calls(client));
      } else {
        await this.#calls(undefined);
      }
    } catch (error) {
      for (const _ of callsWithOutcome(this.#golden).slice(this.outcomes.length)) {
        this.outcomes.push({ kind: "error", error });
      }
    }
  }

  #makeClient(): InferenceHTTPClient {
    const { apiUrl, apiKey } = this.#golden;
    return new InferenceHTTPClient({
      apiUrl: this.#fill(apiUrl),
      ...(apiKey === undefined ? {} : { apiKey }),
      urlPolicy: urlPolicyFrom(recordedSettings(this.#golden)),
      transport: reroutingTransport(nodeHttpTransport(), ...this.#addresses),
      ...clientContext(this.#golden),
      timeoutMs: null,
      // A random wait is nothing that could be checked; what the server asks for is waited for all the same.
      retry: { baseDelayMs: 0 },
      onEvent: (event) => this.events.push(event),
    });
  }

  async #withSetup(
    client: InferenceHTTPClient,
    steps: readonly RecordedCall[],
    work: (client: InferenceHTTPClient) => Promise<void>,
  ): Promise<void> {
    const [step, ...rest] = steps;
    if (step === undefined) return work(client);
    if (step.context === undefined) {
      await this.#call(client, step);
      return this.#withSetup(client, rest, work);
    }
    const scope = SCOPES[step.context];
    if (scope === undefined) throw new Error(`The runner knows no context "${step.context}".`);
    const args = await this.#arguments(step, contextParameters(step.context));
    return scope(client, args, (inner) => this.#withSetup(inner, rest, work));
  }

  async #calls(client: InferenceHTTPClient | undefined): Promise<void> {
    const stack = [client];
    const withOutcome = new Set(callsWithOutcome(this.#golden));
    for (const call of this.#golden.calls) {
      const current = stack.at(-1);
      if (call.method === "$exit") stack.pop();
      else if (call.method === "$enter") stack.push(await this.#enter(current, call));
      else if (withOutcome.has(call)) this.outcomes.push(await this.#outcome(current, call));
      else await this.#call(current, call);
    }
  }

  async #enter(client: InferenceHTTPClient | undefined, call: RecordedCall): Promise<InferenceHTTPClient> {
    const derive = CONTEXTS[call.context ?? ""];
    if (derive === undefined || client === undefined)
      throw new Error(`The runner knows no context "${call.context}".`);
    return derive(client, await this.#arguments(call, contextParameters(call.context ?? "")));
  }

  async #outcome(client: InferenceHTTPClient | undefined, call: RecordedCall): Promise<ActualOutcome> {
    try {
      return { kind: "result", value: await this.#call(client, call) };
    } catch (error) {
      return { kind: "error", error };
    }
  }

  async #call(client: InferenceHTTPClient | undefined, call: RecordedCall): Promise<unknown> {
    if (call.method === "$processing_metadata") return processingMetadata(this.#collected);
    const pure = PURE_FUNCTIONS[call.method];
    if (pure !== undefined) return pure.run(await this.#arguments(call, pure.parameters));
    if (call.method === LIVE_METHOD && client !== undefined) {
      return this.live.run(client, await this.#arguments(call, []));
    }
    const method = METHODS[call.method];
    if (method === undefined || client === undefined)
      throw new Error(`The runner knows no method "${call.method}".`);
    const args = await this.#arguments(call, method.parameters);
    return collectFrom(method.run(client, args, callContext(this.#golden)), this.#collected);
  }

  async #arguments(call: RecordedCall, parameters: readonly string[]): Promise<Arguments> {
    const named = namedArguments(mapStrings(call.args, this.#fill), parameters);
    const entries = Object.entries(named).map(async ([name, value]) => [
      name,
      await makeArgument(fillPlaceholders(value, this.#inputs), this.#golden.inputs, this.#inputs),
    ]);
    return Object.fromEntries(await Promise.all(entries));
  }
}

/** The expected outcome with the addresses and folders of this run. */
function filled(expected: ExpectedOutcome, fill: (text: string) => string): ExpectedOutcome {
  return expected.kind === "result" ? { kind: "result", value: mapStrings(expected.value, fill) } : expected;
}

async function compareRun(
  golden: GoldenCase,
  expectation: Expectation,
  run: CaseRun,
  server: FixtureServer,
  waitsMs: readonly number[],
  inputs: string,
  fill: (text: string) => string,
): Promise<string[]> {
  const apiOrigin = golden.apiUrl.includes("{") ? null : (URL.parse(golden.apiUrl)?.origin ?? null);
  const problems = await compareRequests(expectation, server.requests, { inputs, fill, apiOrigin });
  const calls = callsWithOutcome(golden);
  for (const [index, expected] of expectation.outcomes.entries()) {
    const actual = run.outcomes[index];
    const prefix = golden.isSequence ? `step ${index + 1}: ` : "";
    const found =
      actual === undefined
        ? ["no outcome"]
        : await compareOutcome(filled(expected, fill), actual, {
            inputs,
            key: golden.apiKey,
            client: run.client,
            hasTask: TASK_METHODS.has(calls[index]?.method ?? ""),
          });
    problems.push(...found.map((problem) => `${prefix}${problem}`));
  }
  if (expectation.stateAfter !== null && run.client !== undefined) {
    const { mode, model } = expectation.stateAfter;
    if (run.client.clientMode !== mode)
      problems.push(`clientMode is ${run.client.clientMode} afterwards, expected ${mode}`);
    if (run.client.selectedModel !== model) {
      problems.push(
        `selectedModel is ${shown(run.client.selectedModel)} afterwards, expected ${shown(model)}`,
      );
    }
  }
  if (expectation.stateAfter === null && run.client !== undefined)
    problems.push("a client was made, expected a refusal");
  if (expectation.maxInFlight !== undefined && server.maxInFlight !== expectation.maxInFlight) {
    problems.push(`${server.maxInFlight} requests were open at once, expected ${expectation.maxInFlight}`);
  }
  if (expectation.askedWaitsMs !== undefined && shown(waitsMs) !== shown(expectation.askedWaitsMs)) {
    problems.push(`waited ${shown(waitsMs)} ms, expected ${shown(expectation.askedWaitsMs)}`);
  }
  if (expectation.live !== undefined) {
    problems.push(...(await compareLive(expectation.live, run.live.record, { inputs, fill })));
  }
  const leak = leakedKey(run.events, golden.apiKey);
  if (leak !== undefined) problems.push(`an event shows the key, after "${leak}"`);
  return problems;
}
