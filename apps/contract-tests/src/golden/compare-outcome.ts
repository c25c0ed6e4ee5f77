import { isDeepStrictEqual } from "node:util";
import { type InferenceHTTPClient, isInferenceError } from "@inference-ts/sdk/node";
import { compareValue } from "./compare-value.ts";
import type { ExpectedOutcome, MessageCheck } from "./expectation.ts";
import { isRecord, placeholder, shown } from "./json.ts";
import { leakedKey, showsPicture } from "./secrets.ts";

/** What a call of ours gave. */
export type ActualOutcome =
  | { readonly kind: "result"; readonly value: unknown }
  | { readonly kind: "error"; readonly error: unknown };

/** What the comparison needs to know beside the outcomes. */
export interface OutcomeComparison {
  readonly inputs: string;
  readonly key: string | null | undefined;
  readonly client: InferenceHTTPClient | undefined;
  /** True for methods whose results carry `task`. */
  readonly hasTask: boolean;
}

const TASKS = new Set([
  "object-detection",
  "instance-segmentation",
  "keypoint-detection",
  "classification",
  "multi-label-classification",
  "semantic-segmentation",
  "stub",
  "visualization",
]);

/** Compares one outcome. Returns every difference. */
export async function compareOutcome(
  expected: ExpectedOutcome,
  actual: ActualOutcome,
  context: OutcomeComparison,
): Promise<string[]> {
  if (actual.kind === "error") return compareError(expected, actual.error, context);
  if (expected.kind === "error") {
    return [`expected an error ${expected.codes.join(" or ")}, got the result ${shown(actual.value, 120)}`];
  }
  if (placeholder(expected.value, "$client") === true) {
    return actual.value === context.client ? [] : ["expected the client itself"];
  }
  if (!context.hasTask) return compareValue(expected.value, actual.value, { inputs: context.inputs });
  const { value, problems } = withoutTask(actual.value);
  return [...problems, ...(await compareValue(expected.value, value, { inputs: context.inputs }))];
}

/** Takes off the field that our results have and Python's have not. */
function withoutTask(value: unknown): { readonly value: unknown; readonly problems: readonly string[] } {
  if (Array.isArray(value)) {
    const items = value.map(withoutTask);
    return { value: items.map((item) => item.value), problems: items.flatMap((item) => item.problems) };
  }
  if (!isRecord(value)) return { value, problems: [] };
  const { task, ...rest } = value;
  const known = typeof task === "string" && TASKS.has(task);
  return { value: rest, problems: known ? [] : [`task is ${shown(task)}, expected the name of a task`] };
}

function compareError(expected: ExpectedOutcome, error: unknown, context: OutcomeComparison): string[] {
  if (!isInferenceError(error))
    return [`threw something that is not one of our errors: ${shown(String(error))}`];
  const problems: string[] = [];
  const leak = leakedKey(error, context.key);
  if (leak !== undefined) problems.push(`the error shows the key, after "${leak}"`);
  if (showsPicture(error)) problems.push("the error shows a picture");
  if (expected.kind === "result")
    return [...problems, `expected a result, got ${error.code}: ${error.message}`];
  if (!expected.codes.includes(error.code)) {
    const wanted = expected.codes.join(" or ") || "an error that no rule names";
    problems.push(`error is ${error.code} (${shown(error.message, 160)}), expected ${wanted}`);
    return problems;
  }
  const fields: Readonly<Record<string, unknown>> = { ...error };
  for (const name of ["status", "attempts"] as const) {
    const wanted = expected[name];
    if (wanted !== undefined && fields[name] !== wanted) {
      problems.push(`error.${name} is ${shown(fields[name])}, expected ${wanted}`);
    }
  }
  for (const [name, wanted] of Object.entries(expected.details ?? {})) {
    if (!isDeepStrictEqual(fields[name], wanted)) {
      problems.push(`error.${name} is ${shown(fields[name])}, expected ${shown(wanted)}`);
    }
  }
  if (expected.serverMessage !== undefined) {
    problems.push(...compareMessage(expected.serverMessage, fields.serverMessage));
  }
  for (const text of expected.mentions ?? []) {
    if (!error.message.includes(text)) problems.push(`the message does not name "${text}": ${error.message}`);
  }
  return problems;
}

function compareMessage(check: MessageCheck, actual: unknown): string[] {
  if (check.equals === null)
    return actual === undefined ? [] : [`serverMessage is ${shown(actual)}, expected none`];
  if (typeof actual !== "string") return [`serverMessage is ${shown(actual)}, expected a string`];
  if (check.equals !== undefined && actual !== check.equals) {
    return [`serverMessage is ${shown(actual)}, expected ${shown(check.equals)}`];
  }
  return (check.contains ?? [])
    .filter((text) => !actual.includes(text))
    .map((text) => `serverMessage ${shown(actual)} does not contain ${shown(text)}`);
}
