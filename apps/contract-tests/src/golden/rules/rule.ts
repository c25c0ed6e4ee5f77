import type { Expectation, RuleContext } from "../expectation.ts";

/** One deliberate difference to the Python client. */
export interface DeviationRule {
  /** Short name, the anchor in the published table. */
  readonly name: string;
  readonly topic:
    | "addresses"
    | "configuration"
    | "keys"
    | "inputs"
    | "lists"
    | "models"
    | "retries"
    | "errors"
    | "results"
    | "live video"
    | "pure functions";
  /** Codes of the recorded cases that this rule settles. It may concern cases without any code too. */
  readonly codes: readonly string[];
  /** What the Python client 1.8.3 does. */
  readonly python: string;
  /** What this package does instead, and what is checked. */
  readonly ours: string;
  /** The expectation for a case that the rule concerns; `null` for every other case. */
  readonly apply: (expectation: Expectation, context: RuleContext) => Expectation | null;
}
