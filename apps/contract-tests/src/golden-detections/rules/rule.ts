import type { Vector } from "../vector.ts";

/** One deliberate difference to the Python packages. */
export interface DetectionRule {
  /** Short name, the anchor in the published table. */
  readonly name: string;
  readonly topic: "results" | "suppression and merging" | "masks" | "files" | "slices" | "drawing";
  /** Files of vectors that it concerns. */
  readonly groups: readonly string[];
  /** What the package does. */
  readonly python: string;
  /** What this package does instead, and what is checked. */
  readonly ours: string;
  /** What is expected instead; `null` for a vector that the rule does not concern. */
  readonly apply: (vector: Vector, expected: unknown) => unknown;
}
