import { refusal } from "../expectation.ts";
import type { GoldenCase } from "../read-case.ts";
import { configurationArguments } from "../recorded-facts.ts";
import type { DeviationRule } from "./rule.ts";

type Check = (value: unknown) => boolean;

const wholeFrom =
  (least: number): Check =>
  (value) =>
    typeof value !== "number" || (Number.isInteger(value) && value >= least);
/** Thresholds go up to 100, since v0 reads per cent too. */
const threshold: Check = (value) => typeof value !== "number" || (value >= 0 && value <= 100);

/** What a setting must be, where Python takes anything. */
const POSSIBLE: Readonly<Record<string, Check>> = {
  max_batch_size: wholeFrom(1),
  max_concurrent_requests: wholeFrom(1),
  default_max_input_size: wholeFrom(1),
  max_candidates: wholeFrom(0),
  max_detections: wholeFrom(0),
  stroke_width: wholeFrom(0),
  confidence_threshold: threshold,
  keypoint_confidence_threshold: threshold,
  iou_threshold: threshold,
  tradeoff_factor: threshold,
  response_mask_format: (value) => value === null || value === "polygon" || value === "rle",
};

/** Rules about settings. */
export const CONFIGURATION_RULES: readonly DeviationRule[] = [
  {
    name: "impossible settings are refused",
    topic: "configuration",
    codes: [],
    python:
      "Takes any value: a negative batch size counts as one, a negative threshold and an unknown mask format are sent.",
    ours: "`configure` throws `INVALID_PARAMETER` for counts that are not whole or below the least that has a meaning, thresholds outside 0..100 and unknown mask formats. Nothing is sent.",
    apply: (expectation, { golden }) =>
      settings(golden).some(([name, value]) => POSSIBLE[name]?.(value) === false)
        ? refusal(expectation, ["INVALID_PARAMETER"])
        : null,
  },
];

function settings(golden: GoldenCase): readonly [string, unknown][] {
  return [...golden.setup, ...golden.calls]
    .filter((step) => step.method === "configure" || step.context === "use_configuration")
    .flatMap((step) => Object.entries(configurationArguments(step)));
}
