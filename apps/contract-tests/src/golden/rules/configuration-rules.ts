import { refusal } from "../expectation.ts";
import type { GoldenCase } from "../read-case.ts";
import { configurationArguments } from "../recorded-facts.ts";
import type { DeviationRule } from "./rule.ts";

/** Least values of numeric settings; thresholds go up to 100, since v0 reads per cent too. */
const LEAST: Readonly<Record<string, number>> = {
  max_batch_size: 1,
  max_concurrent_requests: 1,
  default_max_input_size: 1,
  max_candidates: 0,
  max_detections: 0,
  stroke_width: 0,
  confidence_threshold: 0,
  keypoint_confidence_threshold: 0,
  iou_threshold: 0,
  tradeoff_factor: 0,
};

/** Rules about settings. */
export const CONFIGURATION_RULES: readonly DeviationRule[] = [
  {
    name: "impossible settings are refused",
    topic: "configuration",
    codes: [],
    python: "Takes any number: a negative batch size counts as one, a negative threshold is sent.",
    ours: "`configure` throws `INVALID_PARAMETER` for numbers below the least that has a meaning. Nothing is sent.",
    apply: (expectation, { golden }) =>
      settings(golden).some(([name, value]) => typeof value === "number" && value < (LEAST[name] ?? value))
        ? refusal(expectation, ["INVALID_PARAMETER"])
        : null,
  },
];

function settings(golden: GoldenCase): readonly [string, unknown][] {
  return [...golden.setup, ...golden.calls]
    .filter((step) => step.method === "configure" || step.context === "use_configuration")
    .flatMap((step) => Object.entries(configurationArguments(step)));
}
