import type { ErrorCode } from "@inference-ts/sdk";
import type { LiveRecord } from "./live/live-record.ts";
import type {
  GoldenCase,
  RecordedCall,
  RecordedOutcome,
  RecordedRequest,
  ScriptedResponse,
} from "./read-case.ts";

/** What an error of ours says about the server's answer. */
export interface MessageCheck {
  /** The server's message must be exactly this; `null` = there is none. */
  readonly equals?: string | null;
  /** The server's message must contain all of these. */
  readonly contains?: readonly string[];
}

/** What one of our calls must give. */
export type ExpectedOutcome =
  | { readonly kind: "result"; readonly value: unknown }
  | {
      readonly kind: "error";
      readonly codes: readonly ErrorCode[];
      readonly status?: number | undefined;
      readonly attempts?: number | undefined;
      readonly serverMessage?: MessageCheck | undefined;
      /** Other fields that the error must have. */
      readonly details?: Readonly<Record<string, unknown>> | undefined;
      /** The error's own message must contain all of these. */
      readonly mentions?: readonly string[] | undefined;
    };

/** One expected request with the answer that it is given. */
export interface Exchange {
  readonly request: RecordedRequest;
  readonly response: ScriptedResponse | undefined;
  /** May also be left out: what was asked before an input was found to be bad. */
  readonly optional?: boolean;
}

/** Which order of the requests is checked: of all, of the server's and of the downloads apart, or none (concurrent requests). */
export type RequestOrder = "all" | "per kind" | "none";

/** What the replay of a case is compared with: the record, changed by the rules that concern it. */
export interface Expectation {
  readonly exchanges: readonly Exchange[];
  readonly order: RequestOrder;
  /** The script where answers are chosen by content; the exchanges' own answers are used otherwise. */
  readonly scriptByContent: readonly ScriptedResponse[] | undefined;
  readonly outcomes: readonly ExpectedOutcome[];
  /** `null` where there is no client to look at. */
  readonly stateAfter: { readonly mode: string; readonly model: string | null } | null;
  readonly maxInFlight: number | undefined;
  /** Waits before retries that the server asked for, in milliseconds, in order; `undefined` = not checked. */
  readonly askedWaitsMs: readonly number[] | undefined;
  /** What a live video session does beside its requests; `undefined` = there is none, or nothing of it is checked. */
  readonly live: LiveRecord | undefined;
}

/** What a rule may look at. */
export interface RuleContext {
  readonly golden: GoldenCase;
  /** The recorded calls that touch the client or the network, contexts and selections of the set-up included. */
  readonly inputs: string;
  /** Recorded outcomes, as Python had them. */
  readonly recorded: readonly RecordedOutcome[];
}

const WITHOUT_OUTCOME = new Set(["$enter", "$exit"]);
/** Calls that only change the client: recorded with an outcome where they are the case's only call. */
const SETTERS = new Set(["configure", "select_model", "select_api_v0", "select_api_v1"]);

/** The calls of a case that have a recorded outcome. */
export function callsWithOutcome(golden: GoldenCase): readonly RecordedCall[] {
  const calls = golden.calls.filter((call) => !WITHOUT_OUTCOME.has(call.method));
  if (calls.length === golden.outcomes.length) return calls;
  return calls.filter((call) => !SETTERS.has(call.method));
}

/** An expected request of the same form with some parts changed. */
export function changeRequests(
  expectation: Expectation,
  change: (request: RecordedRequest, index: number) => RecordedRequest,
): Expectation {
  const exchanges = expectation.exchanges.map((exchange, index) => ({
    ...exchange,
    request: change(exchange.request, index),
  }));
  return { ...expectation, exchanges };
}

/** Every outcome replaced by one error, after which nothing is sent. */
export function refusal(
  expectation: Expectation,
  codes: readonly ErrorCode[],
  more: { readonly mentions?: readonly string[] } = {},
): Expectation {
  return {
    ...expectation,
    exchanges: [],
    outcomes: expectation.outcomes.map(() => ({ kind: "error", codes, ...more })),
  };
}
