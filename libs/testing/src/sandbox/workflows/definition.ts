import type { Block } from "./blocks/block.ts";
import { isSelector } from "./literals.ts";

/** An input of a workflow. */
export interface InputDefinition {
  readonly name: string;
  readonly type: string;
  readonly isImage: boolean;
  /** One value for each element of the batch (pictures among them); everything else is a parameter. */
  readonly isBatch: boolean;
  readonly kinds: readonly string[];
  readonly fallback: unknown;
}

/** A step with its block and the values of its properties, absent ones filled in. */
export interface StepDefinition {
  readonly name: string;
  readonly type: string;
  readonly block: Block;
  readonly values: Readonly<Record<string, unknown>>;
}

/** An output of a workflow. */
export interface OutputDefinition {
  readonly name: string;
  readonly selector: string;
  /** Are coordinates those of the picture that the caller gave. */
  readonly inParent: boolean;
}

/** A specification after its values were checked; what it refers to was not. */
export interface WorkflowDefinition {
  readonly inputs: readonly InputDefinition[];
  readonly steps: readonly StepDefinition[];
  readonly outputs: readonly OutputDefinition[];
}

/** An object of JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A property of a step that points somewhere. */
export interface Reference {
  readonly property: string;
  readonly selector: string;
  /** Kinds that may be pointed to. */
  readonly kinds: readonly string[];
}

/** Everything that a step points to, in the order of its properties. */
export function referencesOf(step: StepDefinition): readonly Reference[] {
  return Object.entries(step.block.properties).flatMap(([property, { kinds, form }]) => {
    const value = step.values[property];
    const found = form === "selectors" && isRecord(value) ? Object.values(value) : [value];
    if (kinds.length === 0) return [];
    return found.filter(isSelector).map((selector) => ({ property, selector, kinds }));
  });
}
