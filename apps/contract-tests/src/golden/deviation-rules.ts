import type { Expectation, ExpectedOutcome, RuleContext } from "./expectation.ts";
import { textAt } from "./json.ts";
import { isLive, liveRecord } from "./live/live-record.ts";
import { CODES_BY_PYTHON_CLASS } from "./python-errors.ts";
import type { GoldenCase, RecordedOutcome, ScriptedResponse } from "./read-case.ts";
import { ADDRESS_RULES } from "./rules/address-rules.ts";
import { CLIP_RULES } from "./rules/clip-rules.ts";
import { CONFIGURATION_RULES } from "./rules/configuration-rules.ts";
import { CONTEXT_RULES } from "./rules/context-rules.ts";
import { CORE_MODEL_RULES } from "./rules/core-model-rules.ts";
import { DOWNLOAD_RULES } from "./rules/download-rules.ts";
import { ERROR_RULES } from "./rules/error-rules.ts";
import { INPUT_RULES } from "./rules/input-rules.ts";
import { KEY_RULES } from "./rules/key-rules.ts";
import { LIST_RULES } from "./rules/list-rules.ts";
import { LIVE_RULES } from "./rules/live-rules.ts";
import { PIPELINE_RULES } from "./rules/pipeline-rules.ts";
import { RESULT_RULES } from "./rules/result-rules.ts";
import { RETRY_RULES } from "./rules/retry-rules.ts";
import type { DeviationRule } from "./rules/rule.ts";
import { SENDING_RULES } from "./rules/sending-rules.ts";
import { STREAM_RULES } from "./rules/stream-rules.ts";
import { WORKFLOW_RULES } from "./rules/workflow-rules.ts";

/**
 * Where this package deliberately differs from the Python client, in the order in which the rules are applied. Rules are
 * chosen by what a case is about, never by its id; the table is published as `docs/deviations.md`.
 */
export const DEVIATION_RULES: readonly DeviationRule[] = [
  ...ADDRESS_RULES,
  ...CONFIGURATION_RULES,
  ...CLIP_RULES,
  ...CONTEXT_RULES,
  ...CORE_MODEL_RULES,
  ...PIPELINE_RULES,
  ...LIST_RULES,
  ...INPUT_RULES,
  ...DOWNLOAD_RULES,
  ...SENDING_RULES,
  ...STREAM_RULES,
  ...RETRY_RULES,
  ...RESULT_RULES,
  ...LIVE_RULES,
  ...ERROR_RULES,
  ...WORKFLOW_RULES,
  ...KEY_RULES,
];

/** What a replay is compared with, and which rules had a say. */
export interface RuledExpectation {
  readonly expectation: Expectation;
  readonly rules: readonly string[];
  /** Deviation codes of the case that no rule settled. */
  readonly unsettled: readonly string[];
}

/** The record of a case, changed by the rules that concern it. */
export function applyRules(golden: GoldenCase, inputs: string): RuledExpectation {
  const context: RuleContext = { golden, inputs, recorded: golden.outcomes };
  let expectation = recordedExpectation(golden);
  const rules: string[] = [];
  const settled = new Set<string>();
  for (const rule of DEVIATION_RULES) {
    const changed = rule.apply(expectation, context);
    if (changed === null) continue;
    expectation = changed;
    rules.push(rule.name);
    for (const code of rule.codes) settled.add(code);
    // Without a client there is nothing left to differ in.
    if (expectation.stateAfter === null) break;
  }
  const unsettled =
    expectation.stateAfter === null ? [] : golden.deviationCodes.filter((code) => !settled.has(code));
  return { expectation, rules, unsettled };
}

function recordedExpectation(golden: GoldenCase): Expectation {
  const byContent = golden.responses.some((response) => Object.keys(response.for).length > 0);
  const inOrder = golden.responses.filter((response) => Object.keys(response.for).length === 0);
  return {
    exchanges: golden.requests.map((request, index) => ({
      request,
      response: byContent ? chosenBy(golden.responses, request) : inOrder[index],
    })),
    order: golden.unordered ? "none" : "all",
    scriptByContent: byContent ? golden.responses : undefined,
    outcomes: golden.outcomes.map(recordedOutcome),
    stateAfter: {
      // Cases of live video do not tell; the address does.
      mode:
        textAt(golden.stateAfter, "client_mode") ??
        (isLive(golden) && !golden.apiUrl.includes("{") ? "v0" : "v1"),
      model: textAt(golden.stateAfter, "selected_model") ?? null,
    },
    maxInFlight: golden.maxInFlight,
    askedWaitsMs: undefined,
    live: isLive(golden) ? liveRecord(golden) : undefined,
  };
}

function recordedOutcome(outcome: RecordedOutcome): ExpectedOutcome {
  if (outcome.kind === "result") return outcome;
  const codes = CODES_BY_PYTHON_CLASS[textAt(outcome.error, "class") ?? ""] ?? [];
  const status = outcome.error.status_code;
  return { kind: "error", codes, status: typeof status === "number" ? status : undefined };
}

/** The scripted answer that a recorded request got. */
function chosenBy(
  responses: readonly ScriptedResponse[],
  request: GoldenCase["requests"][number],
): ScriptedResponse | undefined {
  const body = JSON.stringify(request.body);
  return responses.find(({ for: wanted }) => {
    const { path, image_file: file, body_contains: text } = wanted;
    if (typeof path === "string" && path !== request.path) return false;
    if (typeof file === "string" && !body.includes(`"same_bytes_as":"${file}"`)) return false;
    if (typeof text === "string" && !containsText(request.body, text)) return false;
    return Object.keys(wanted).length > 0;
  });
}

/** The record may hold the text of a body, or its JSON with other spaces than those that Python wrote. */
function containsText({ value }: GoldenCase["requests"][number]["body"], text: string): boolean {
  const compact = (json: string) => json.replace(/\s+/g, "");
  return [String(value), JSON.stringify(value) ?? ""].some((body) => compact(body).includes(compact(text)));
}
