import type { GoldenCase } from "../case.ts";
import type { Expectation } from "../expectation.ts";

/** What a rule works with. */
export interface RuleContext {
  readonly golden: GoldenCase;
  /** Folder of the input files. */
  readonly inputs: string;
}

/** A deliberate difference to huggingface_hub 0.27.1. */
export interface Rule {
  /** The recorded code that asks for it; `null` for differences that no code marks. */
  readonly code: string | null;
  /** What it is about, for the page. */
  readonly title: string;
  readonly python: string;
  readonly ours: string;
  /** Further condition. Default: the case has the code. */
  applies?(context: RuleContext): boolean;
  /** Changes what is expected; left out where nothing that is compared changes. */
  change?(expectation: Expectation, context: RuleContext): void;
}

/** Changes every expected request. */
export function mapRequests(
  expectation: Expectation,
  change: (request: Expectation["requests"][number], index: number) => Expectation["requests"][number],
): void {
  expectation.requests = expectation.requests.map(change);
}
