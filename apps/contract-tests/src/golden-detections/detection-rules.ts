import { FILE_RULES } from "./rules/file-rules.ts";
import { KIND_RULES } from "./rules/kind-rules.ts";
import { MASK_RULES } from "./rules/mask-rules.ts";
import { OVERLAP_RULES } from "./rules/overlap-rules.ts";
import { RESULT_RULES } from "./rules/result-rules.ts";
import type { DetectionRule } from "./rules/rule.ts";

/** Every deliberate difference to the Python packages, in the order in which they are applied. */
export const DETECTION_RULES: readonly DetectionRule[] = [
  ...RESULT_RULES,
  ...KIND_RULES,
  ...OVERLAP_RULES,
  ...MASK_RULES,
  ...FILE_RULES,
];
