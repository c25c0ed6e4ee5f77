import { operationsOf, schemasOf, schemasUsedBy } from "./document.ts";
import { byText, canonical, isArray, isObject, type Json, type JsonObject, toPointer } from "./json.ts";
import type { Spec } from "./normalise.ts";

/** One difference inside an operation or a schema. `at` is a JSON pointer from there. */
export interface Change {
  readonly kind: "added" | "removed" | "changed";
  readonly at: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** The differences of the operations or of the schemas of two documents. */
export interface PartDiff {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly name: string; readonly changes: readonly Change[] }[];
}

/** What differs between the documents of two servers. */
export interface SpecDiff {
  /** Server version of the first and of the second document. */
  readonly from: string;
  readonly to: string;
  readonly operations: PartDiff;
  readonly schemas: PartDiff;
  /** Operations that are themselves the same but use a schema that is not, with the names of those schemas. */
  readonly affected: readonly { readonly operation: string; readonly schemas: readonly string[] }[];
}

/** Keywords whose value is compared whole: what is inside is data. */
const WHOLE = new Set(["default", "const"]);

/** Keywords whose array is a set, so that another order is no difference. */
const SETS = new Set(["required", "enum", "tags", "parameters"]);

/** What makes two array items the same item: the name of a parameter, otherwise the whole value. */
function identity(item: Json): string {
  return isObject(item) && typeof item.in === "string" && typeof item.name === "string"
    ? `${item.in} ${item.name}`
    : canonical(item);
}

function diffArrays(a: readonly Json[], b: readonly Json[], steps: readonly string[]): readonly Change[] {
  const before = new Map(a.map((item) => [identity(item), item]));
  const after = new Map(b.map((item) => [identity(item), item]));
  const changes = diffMaps(before, after, steps);
  if (changes.length > 0 || SETS.has(steps.at(-1) ?? "") || canonical(a) === canonical(b)) return changes;
  return [{ kind: "changed", at: toPointer(steps), before: a, after: b }];
}

/** A parameter has a readable name; any other array item is shown by its value, under the pointer of the array. */
function stepInto(steps: readonly string[], key: string, value: Json): readonly string[] {
  return key === canonical(value) ? steps : [...steps, key];
}

function diffMaps(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
  steps: readonly string[],
): readonly Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort(byText).flatMap((key): readonly Change[] => {
    const a = before.get(key);
    const b = after.get(key);
    if (a === undefined && b === undefined) return [];
    if (a === undefined)
      return [{ kind: "added", at: toPointer(stepInto(steps, key, b ?? null)), after: b ?? null }];
    if (b === undefined) return [{ kind: "removed", at: toPointer(stepInto(steps, key, a)), before: a }];
    return diffValues(a, b, [...steps, key]);
  });
}

function diffValues(a: Json, b: Json, steps: readonly string[]): readonly Change[] {
  if (canonical(a) === canonical(b)) return [];
  if (!WHOLE.has(steps.at(-1) ?? "")) {
    if (isArray(a) && isArray(b)) return diffArrays(a, b, steps);
    if (isObject(a) && isObject(b)) return diffMaps(entriesOf(a), entriesOf(b), steps);
  }
  return [{ kind: "changed", at: toPointer(steps), before: a, after: b }];
}

function entriesOf(value: JsonObject): ReadonlyMap<string, Json> {
  return new Map(Object.entries(value));
}

function diffParts(a: ReadonlyMap<string, Json>, b: ReadonlyMap<string, Json>): PartDiff {
  return {
    added: [...b.keys()].filter((name) => !a.has(name)),
    removed: [...a.keys()].filter((name) => !b.has(name)),
    changed: [...a].flatMap(([name, before]) => {
      const after = b.get(name);
      const changes = after === undefined ? [] : diffValues(before, after, []);
      return changes.length === 0 ? [] : [{ name, changes }];
    }),
  };
}

/**
 * Compares two normalised documents, operation by operation and schema by schema. A document compared with itself
 * gives an empty diff.
 */
export function diffSpecs(a: Spec, b: Spec): SpecDiff {
  const operations = diffParts(operationsOf(a), operationsOf(b));
  const schemas = diffParts(schemasOf(a), schemasOf(b));
  const touched = new Set([...schemas.changed.map(({ name }) => name), ...schemas.added, ...schemas.removed]);
  const own = new Set([...operations.added, ...operations.changed.map(({ name }) => name)]);
  const affected = [...operationsOf(b)].flatMap(([operation, node]) => {
    const hit = own.has(operation)
      ? []
      : schemasUsedBy(node, schemasOf(b)).filter((name) => touched.has(name));
    return hit.length === 0 ? [] : [{ operation, schemas: hit }];
  });
  return { from: a.info.version, to: b.info.version, operations, schemas, affected };
}

/** True when nothing differs but, perhaps, the version. */
export function isEmptyDiff({ operations, schemas }: SpecDiff): boolean {
  return [operations, schemas].every(
    ({ added, removed, changed }) => added.length + removed.length + changed.length === 0,
  );
}
