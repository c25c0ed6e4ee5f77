import { callsWithOutcome, type Expectation, type RuleContext } from "../expectation.ts";
import { isRecord, type JsonRecord, recordAt } from "../json.ts";
import { LIVE_METHOD, type LiveRecord, type LiveScript, liveScript } from "../live/live-record.ts";
import type { RecordedRequest } from "../read-case.ts";
import type { DeviationRule } from "./rule.ts";

/** True for the request that starts a worker, which is sent once. */
export function isLiveStart(request: RecordedRequest): boolean {
  return request.method === "POST" && request.path.endsWith("/initialise_webrtc_worker");
}

/** What rules of live sessions look at. */
export interface LiveFacts extends RuleContext {
  readonly script: LiveScript;
  /** Arguments of the recorded call, and its source. */
  readonly args: JsonRecord;
  readonly source: JsonRecord;
}

/** A rule of live sessions. */
export type LiveApply = (
  expectation: Expectation & { readonly live: LiveRecord },
  facts: LiveFacts,
) => Expectation | null;

/** Makes a rule that concerns cases with a live session only. */
export function live(
  rule: Omit<DeviationRule, "topic" | "apply"> & { readonly apply: LiveApply },
): DeviationRule {
  return {
    ...rule,
    topic: "live video",
    apply: (expectation, context) => {
      const call = callsWithOutcome(context.golden)[0];
      if (call?.method !== LIVE_METHOD || expectation.live === undefined || !isRecord(call.args)) return null;
      const source = recordAt(call.args, "source");
      const script = liveScript(context.golden);
      return rule.apply(
        { ...expectation, live: expectation.live },
        { ...context, script, args: call.args, source },
      );
    },
  };
}
