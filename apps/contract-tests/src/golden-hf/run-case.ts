// The global timers are replaced during a replay.
import { setTimeout } from "node:timers/promises";
import {
  type InferenceApi,
  InferenceClient,
  type InferenceClientOptions,
  nodeHttpTransport,
} from "@inference-ts/sdk/huggingface/node";
import { isRecord, type JsonRecord, mapStrings, recordAt } from "../golden/json.ts";
import { deadAddress } from "../golden/recording-server.ts";
import { installReroutedFetch } from "../golden/rerouted-fetch.ts";
import { reroutingTransport } from "../golden/rerouting-transport.ts";
import type { SuiteReport } from "../golden/suite-command.ts";
import type { GoldenCase, RecordedCall } from "./case.ts";
import { type ActualOutcome, compareOutcome } from "./compare-outcome.ts";
import { compareRequests } from "./compare-requests.ts";
import { constructedState } from "./constructed-state.ts";
import { applyRules } from "./deviation-rules.ts";
import { expectationOf } from "./expectation.ts";
import { makeArgument } from "./inputs.ts";
import { installMachine } from "./machine.ts";
import { callLegacy, callMethod, createLegacy, isStream } from "./methods.ts";
import { startCaseServer } from "./server.ts";
import { installVirtualClock } from "./virtual-clock.ts";

/** Time limit of a client without one, in milliseconds. */
const DEFAULT_LIMIT_MS = 600_000;

/** Longest real time of a call, in milliseconds. */
const LONGEST_CASE_MS = 30_000;

/** Replays one case and compares requests and outcome. */
export async function runCase(recorded: GoldenCase, inputs: string): Promise<SuiteReport> {
  let onTake = (_ms: number): void => undefined;
  const server = await startCaseServer(recorded, inputs, (ms) => onTake(ms));
  const deadUrl = await deadAddress();
  let folder = "";
  const fill = (text: string, home = folder): string =>
    text
      .replaceAll("{BASE}", server.baseUrl)
      .replaceAll("{DEAD}", deadUrl)
      .replaceAll("{INPUTS}", inputs)
      .replaceAll("{TMP}", home);
  const machine = installMachine(recorded, fill);
  folder = machine.folder;
  const fillText = (text: string): string => fill(text);
  let sending = 0;
  const { timeout } = recorded.client;
  const limitMs = typeof timeout === "number" ? timeout * 1000 : DEFAULT_LIMIT_MS;
  // An answer that really comes too late is to be broken off by a time limit that is real.
  const isLate = recorded.answers.some(({ delayMs }) => delayMs > limitMs);
  const clock = installVirtualClock(
    limitMs,
    () => sending > 0 || server.inFlight > 0,
    isLate ? limitMs + 1 : undefined,
  );
  onTake = clock.advance;
  const restoreFetch = installReroutedFetch(server.baseUrl, deadUrl);
  try {
    const outcome = mapStrings(recorded.outcome, fillText);
    const golden = { ...recorded, outcome: isRecord(outcome) ? outcome : {} };
    const expectation = expectationOf(golden);
    const { titles, unknown } = applyRules(expectation, { golden, inputs });
    const makeTransport = () => {
      const inner = reroutingTransport(nodeHttpTransport({ proxy: "none" }), server.baseUrl, deadUrl);
      return {
        ...inner,
        send: async (...request: Parameters<typeof inner.send>) => {
          sending += 1;
          try {
            return await inner.send(...request);
          } finally {
            sending -= 1;
          }
        },
      };
    };
    // Proxies are those of the client's own transport.
    const isProxied = golden.requests.some(({ absoluteForm }) => absoluteForm);
    const own = isProxied ? {} : { transport: makeTransport() };
    const played = play(golden, own, (value) =>
      makeArgument(mapStrings(value, fillText), golden.inputs, inputs, fillText),
    );
    const actual = await Promise.race([played, tooLong()]);
    const problems = [
      ...unknown.map((code) => `no rule knows the code ${code}`),
      ...(expectation.anyRequests
        ? []
        : await compareRequests(expectation.requests, server.requests, inputs, {
            unordered: golden.unordered,
            fill: fillText,
          })),
      ...(await compareOutcome(expectation.outcome, actual, inputs)),
    ];
    return {
      id: golden.id,
      group: golden.group,
      status: problems.length === 0 ? "passed" : "failed",
      problems,
      rules: titles,
    };
  } finally {
    restoreFetch();
    clock.restore();
    machine.restore();
    await server.close();
  }
}

/** Fails after a while, so that a call that never ends is one failure. */
async function tooLong(): Promise<never> {
  await setTimeout(LONGEST_CASE_MS, undefined, { ref: false });
  throw new Error(`it did not end within ${LONGEST_CASE_MS} ms`);
}

type MakeArgument = (value: unknown) => unknown;

async function play(
  golden: GoldenCase,
  own: InferenceClientOptions,
  make: MakeArgument,
): Promise<ActualOutcome> {
  const made = make(golden.client);
  const options = isRecord(made) ? made : {};
  try {
    if (golden.call.class === "InferenceApi") return await playLegacy(golden, options, { ...own }, make);
    const client = construct({ ...options, ...own });
    try {
      if (golden.call.method === "$construct")
        return { kind: "state", value: await constructedState(options) };
      if (golden.call.method !== "$repeat")
        return await playCall(client, golden.call, golden.stopAfter, make);
      const steps: ActualOutcome[] = [];
      const calls = Array.isArray(golden.call.args.calls) ? golden.call.args.calls : [];
      for (const call of calls) {
        const step = {
          class: null,
          method: String(recordAt({ call }, "call").method),
          args: recordAt(call, "args"),
        };
        steps.push(await playCall(client, step, null, make));
      }
      return { kind: "steps", steps };
    } finally {
      await client.close();
    }
  } catch (error) {
    return { kind: "error", error };
  }
}

/** The constructor with Python's names; arguments by position as they are. */
function construct({ $args, trust_env: _always, bill_to: billTo, ...options }: JsonRecord): InferenceClient {
  const positional = Array.isArray($args) ? $args : [];
  const given =
    positional.length > 1
      ? positional
      : [
          {
            ...(positional.length === 1 ? { model: positional[0] } : {}),
            ...options,
            ...(billTo === undefined ? {} : { billTo }),
          },
        ];
  return Reflect.construct(InferenceClient, given);
}

async function playCall(
  client: InferenceClient,
  call: RecordedCall,
  stopAfter: number | null,
  make: MakeArgument,
): Promise<ActualOutcome> {
  let value: unknown;
  try {
    const args = make(call.args);
    value = await callMethod(client, call.method, isRecord(args) ? args : {});
  } catch (error) {
    return { kind: "error", error };
  }
  if (!isStream(value)) return { kind: "result", value };
  const items: unknown[] = [];
  try {
    for await (const item of value) {
      items.push(item);
      if (items.length === stopAfter) break;
    }
    return { kind: "stream", items, error: null };
  } catch (error) {
    return { kind: "stream", items, error };
  }
}

async function playLegacy(
  golden: GoldenCase,
  options: JsonRecord,
  own: JsonRecord,
  make: MakeArgument,
): Promise<ActualOutcome> {
  let api: InferenceApi;
  try {
    api = await createLegacy(options, own);
  } catch (error) {
    return { kind: "error", error };
  }
  try {
    const constructed = { task: api.task, api_url: api.apiUrl, options: api.options };
    if (golden.call.method === "$construct") return { kind: "legacy", constructed, result: null };
    const args = make(golden.call.args);
    const result = await callLegacy(api, isRecord(args) ? args : {}).then(
      (value): ActualOutcome => ({ kind: "result", value }),
      (error: unknown): ActualOutcome => ({ kind: "error", error }),
    );
    return { kind: "legacy", constructed, result };
  } finally {
    await api.close();
  }
}
