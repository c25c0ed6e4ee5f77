import { WORKFLOW_KINDS } from "../kinds/kinds.ts";

/** The type of a value that may be of any of these kinds. A kind that is not known makes it `unknown`. */
export function typeOfKinds(kinds: readonly string[]): string {
  const types = new Set(
    kinds.map((kind) => (Object.hasOwn(WORKFLOW_KINDS, kind) ? WORKFLOW_KINDS[kind]?.output : undefined)),
  );
  if (types.size === 0 || types.has("unknown") || types.has(undefined)) return "unknown";
  return [...types].sort().join(" | ");
}

/** The type with `null`, for steps that were skipped or had nothing to give. */
export function orNull(type: string): string {
  return type === "unknown" ? type : `${type} | null`;
}

/**
 * The type of an output that lies in lists.
 *
 * @param depth - Nesting of the batch: up to 1 the value itself, 2 a list of values; `undefined` where it is not known.
 */
export function nestedType(type: string, depth: number | undefined): string {
  if (depth === undefined) return type === "unknown" ? type : `WorkflowNested<${type}>`;
  if (depth <= 1) return orNull(type);
  const inner = nestedType(type, depth - 1);
  return `readonly ${/^\w+$/.test(inner) ? inner : `(${inner})`}[] | null`;
}
