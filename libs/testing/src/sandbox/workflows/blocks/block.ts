import type { Exchange } from "../../exchange.ts";
import type { SandboxModel } from "../../models.ts";
import type { LiteralKind } from "../literals.ts";

/** A property of a block: a value written into the specification, a selector of one of these kinds, or both. */
export interface BlockProperty {
  /** Kinds that a selector may point to; empty: no selector is taken. */
  readonly kinds: readonly string[];
  /** What may be written instead of a selector. */
  readonly literal?: LiteralKind;
  /** `selectors`: an object whose every value is a selector. */
  readonly form?: "selectors";
  readonly nullable?: boolean;
  /** Value of an absent property; without one the property is required. */
  readonly fallback?: unknown;
  /** Another name that is understood. */
  readonly alias?: string;
}

/** What a step sees of the request that it runs in. */
export interface StepContext {
  readonly exchange: Exchange;
  /** One id for everything that the step infers in this run. */
  readonly inferenceId: string;
  /** The model behind an id, loaded where needed. */
  model(modelId: string): SandboxModel;
}

/** Values of the properties of one step for one element of the batch. */
export type StepValues = Readonly<Record<string, unknown>>;

/** Outputs of one step for one element of the batch. */
export type StepOutputs = Readonly<Record<string, unknown>>;

/** One block of the sandbox. */
export interface Block {
  /** The identifier, then older names. */
  readonly types: readonly [string, ...string[]];
  readonly title: string;
  /** Name of the class in the server's package, as its description gives it. */
  readonly className: string;
  readonly properties: Readonly<Record<string, BlockProperty>>;
  /** Kinds of every output. */
  readonly outputs: Readonly<Record<string, readonly string[]>>;
  /** 1 for a block that makes a list of every element. */
  readonly gain: 0 | 1;
  /** Does the real block take whole batches; only the workload description tells. */
  readonly takesBatch: boolean;
  /** What the block does, in words of the workload description. */
  readonly operations: readonly string[];
  /** Runs on one element; a block with a gain gives a list. */
  run(
    values: StepValues,
    context: StepContext,
  ): Promise<StepOutputs | readonly StepOutputs[]> | StepOutputs | readonly StepOutputs[];
}
