import { InferenceError } from "@inference-ts/sdk/huggingface/node";
import { isRecord, type JsonRecord, recordAt, shown } from "../golden/json.ts";
import { compareValue } from "./compare-value.ts";
import { type ExpectedError, type ExpectedOutcome, ourError } from "./expectation.ts";

/** What a call came to. */
export type ActualOutcome =
  | { readonly kind: "result"; readonly value: unknown }
  | { readonly kind: "state"; readonly value: JsonRecord }
  | { readonly kind: "error"; readonly error: unknown }
  | { readonly kind: "stream"; readonly items: readonly unknown[]; readonly error: unknown }
  | { readonly kind: "steps"; readonly steps: readonly ActualOutcome[] }
  | { readonly kind: "legacy"; readonly constructed: JsonRecord; readonly result: ActualOutcome | null };

/** Compares what a call came to with what is expected; returns what is wrong. */
export async function compareOutcome(
  expected: ExpectedOutcome,
  actual: ActualOutcome,
  inputs: string,
): Promise<string[]> {
  if (expected.kind === "ours") {
    return actual.kind === "error" && !(actual.error instanceof InferenceError)
      ? [`a foreign error: ${String(actual.error)}`]
      : [];
  }
  if (expected.kind === "result" && expected.orError === true && actual.kind === "error") {
    return compareError(ourError([]), actual.error);
  }
  if (expected.kind === "lists") {
    return actual.kind === "result"
      ? compareLists(expected.value, actual.value)
      : [`came to ${describe(actual)}, expected lists`];
  }
  // A failure of the request itself comes before there is a stream.
  if (
    expected.kind === "stream" &&
    actual.kind === "error" &&
    expected.items.length === 0 &&
    expected.error !== null
  ) {
    return compareError(expected.error, actual.error);
  }
  if (expected.kind === "error" && actual.kind === "stream" && actual.items.length === 0) {
    return compareError(expected, actual.error);
  }
  if (expected.kind === "error" && expected.optional === true && actual.kind === "result") return [];
  // Python's legacy class tells nothing of itself where its call fails.
  if (expected.kind === "error" && actual.kind === "legacy" && actual.result !== null) {
    return compareOutcome(expected, actual.result, inputs);
  }
  if (expected.kind !== actual.kind)
    return [`came to ${describe(actual)}, expected ${describeExpected(expected)}`];
  if (expected.kind === "result" && actual.kind === "result")
    return compareValue(expected.value, actual.value, inputs);
  if (expected.kind === "error" && actual.kind === "error") return compareError(expected, actual.error);
  if (expected.kind === "state" && actual.kind === "state") return compareState(expected.value, actual.value);
  if (expected.kind === "stream" && actual.kind === "stream") {
    // Where Python breaks down ours may go on.
    const isOpen = expected.error?.optional === true;
    const items = isOpen ? actual.items.slice(0, expected.items.length) : actual.items;
    const problems = await compareValue(expected.items, items, inputs, "items");
    if (isOpen && actual.error === null) return problems;
    if (expected.error !== null) return [...problems, ...compareError(expected.error, actual.error)];
    return actual.error === null
      ? problems
      : [...problems, `the stream ended with ${describe({ kind: "error", error: actual.error })}`];
  }
  if (expected.kind === "steps" && actual.kind === "steps") {
    const each = await Promise.all(
      expected.steps.map((step, index) => {
        const found = actual.steps[index];
        return found === undefined ? [`step ${index} is missing`] : compareOutcome(step, found, inputs);
      }),
    );
    return each.flat();
  }
  if (expected.kind === "legacy" && actual.kind === "legacy") {
    const problems: string[] = [];
    for (const name of ["task", "api_url", "options"]) {
      if (!Object.hasOwn(expected.constructed, name)) continue;
      problems.push(
        ...(await compareValue(expected.constructed[name], actual.constructed[name], inputs, name)),
      );
    }
    if (expected.result === null) return problems;
    if (actual.result === null) return [...problems, "the result is missing"];
    return [...problems, ...(await compareOutcome(expected.result, actual.result, inputs))];
  }
  return ["the outcomes cannot be compared"];
}

function compareError(expected: ExpectedError, error: unknown): string[] {
  if (!(error instanceof InferenceError))
    return [`came to ${describe({ kind: "error", error })}, expected an error of ours`];
  const problems: string[] = [];
  const names = [error.code, error.name];
  if (expected.names.length > 0 && !expected.names.some((name) => names.includes(name))) {
    problems.push(
      `the error is ${error.name} (${error.code}): ${shown(error.message)}, expected ${expected.names.join(" or ")}`,
    );
  }
  const facts: JsonRecord = { ...error };
  for (const name of ["status", "requestId", "errorType"] as const) {
    const wanted = expected[name];
    if (wanted !== undefined && facts[name] !== wanted)
      problems.push(`${name} is ${shown(facts[name])}, expected ${shown(wanted)}`);
  }
  const said = String(facts.serverMessage ?? error.message);
  for (const line of expected.said ?? []) {
    if (!said.includes(line.trim().slice(0, 1000)))
      problems.push(`the server's words ${shown(line)} are missing in ${shown(said)}`);
  }
  const everything = `${error.message} ${said} ${error.stack ?? ""} ${shown(error.cause)}`;
  for (const secret of expected.hides ?? [])
    if (everything.includes(secret)) problems.push(`a secret is in the error: ${shown(error.message)}`);
  if (expected.maxLength !== undefined && error.message.length > expected.maxLength) {
    problems.push(
      `the message has ${error.message.length} characters, expected at most ${expected.maxLength}`,
    );
  }
  return problems;
}

function compareLists(expected: JsonRecord, actual: unknown): string[] {
  const facts = (value: unknown): string =>
    shown(
      isRecord(value)
        ? [
            Object.entries(value)
              .map(([name, list]) => `${name}: ${Array.isArray(list) ? list.length : "no list"}`)
              .sort(),
            [...new Set(Object.values(value).flat())].sort(),
          ]
        : value,
    );
  return facts(actual) === facts(expected) ? [] : [`lists are ${facts(actual)}, expected ${facts(expected)}`];
}

/** Settings of a client. Python's own name as a client and its missing time limit are differences of their own. */
function compareState(expected: JsonRecord, actual: JsonRecord): string[] {
  const problems: string[] = [];
  const check = (what: string, found: unknown, wanted: unknown): void => {
    if ((found ?? null) !== (wanted ?? null))
      problems.push(`${what} is ${shown(found)}, expected ${shown(wanted)}`);
  };
  check("model", actual.model, expected.model === "" ? null : expected.model);
  if (expected.timeout !== null) check("timeout", actual.timeout, expected.timeout);
  const headers = recordAt(actual, "headers");
  for (const [name, value] of Object.entries(recordAt(expected, "headers"))) {
    if (name !== "user-agent") check(`header ${name}`, headers[name], value);
    else if (typeof value === "string" && !value.startsWith("unknown/None")) {
      if (!String(headers[name]).startsWith(value.replace("{VERSION}", "")))
        check(name, headers[name], value);
    }
  }
  if (recordAt(expected, "headers").authorization === undefined)
    check("header authorization", headers.authorization, null);
  const cookies = Object.entries(recordAt(expected, "cookies")).map(
    ([name, value]) => `${name}=${String(value)}`,
  );
  check("cookies", headers.cookie, cookies.length === 0 ? null : cookies.join("; "));
  return problems;
}

function describe(outcome: ActualOutcome): string {
  if (outcome.kind !== "error")
    return `${outcome.kind} ${shown("value" in outcome ? outcome.value : outcome)}`;
  const { error } = outcome;
  return error instanceof Error ? `${error.name}: ${shown(error.message)}` : shown(error);
}

function describeExpected(outcome: ExpectedOutcome): string {
  if (outcome.kind === "error") return `the error ${outcome.names.join(" or ") || "any of ours"}`;
  return `${outcome.kind} ${shown(isRecord(outcome) && "value" in outcome ? outcome.value : outcome)}`;
}
