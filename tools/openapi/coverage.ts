import { InvalidParameterError } from "@inference-ts/errors";
import type { SpecDiff } from "./diff.ts";
import { byText, isArray, isObject, type Json } from "./json.ts";

/** What the package does with one operation of the server. `by` names methods of the client. */
type CoverageEntry =
  | { readonly status: "wrapped"; readonly by: readonly string[] }
  | { readonly status: "planned"; readonly by: readonly string[]; readonly reason: string }
  | { readonly status: "skipped"; readonly reason: string };

/** Every operation with what is done with it. */
export type Coverage = ReadonlyMap<string, CoverageEntry>;

function entryOf(operation: string, value: Json): CoverageEntry {
  const { status, by, reason } = isObject(value) ? value : {};
  const methods = isArray(by) ? by.filter((name) => typeof name === "string" && name !== "") : [];
  const names = methods.map(String);
  const why = typeof reason === "string" ? reason : "";
  if (status === "wrapped" && names.length > 0) return { status, by: names };
  if (status === "planned" && names.length > 0 && why !== "") return { status, by: names, reason: why };
  if (status === "skipped" && why !== "") return { status, reason: why };
  throw new InvalidParameterError(
    `openapi/coverage.json: "${operation}" must be {"status":"wrapped","by":[methods]}, ` +
      `{"status":"planned","by":[methods],"reason":text} or {"status":"skipped","reason":text}.`,
  );
}

/**
 * Reads the coverage ledger.
 *
 * @throws InvalidParameterError when an entry says neither which method wraps the operation nor why none does.
 */
export function readCoverage(document: Json): Coverage {
  if (!isObject(document)) throw new InvalidParameterError("openapi/coverage.json is not an object.");
  return new Map(
    Object.entries(document).map(([operation, value]) => [operation, entryOf(operation, value)]),
  );
}

/** Where the ledger and the operations of the document disagree, one line each. */
export function coverageProblems(coverage: Coverage, operations: Iterable<string>): readonly string[] {
  const known = new Set(operations);
  return [
    ...[...known]
      .filter((operation) => !coverage.has(operation))
      .map(
        (operation) => `${operation} is not in coverage.json: say which method wraps it, or why none does.`,
      ),
    ...[...coverage.keys()]
      .filter((operation) => !known.has(operation))
      .map((operation) => `${operation} is in coverage.json but not in the document: remove the entry.`),
  ];
}

/** A method of the client with the operations behind it that a new document changes. */
export interface TouchedMethod {
  readonly method: string;
  readonly status: "wrapped" | "planned";
  readonly operations: readonly string[];
}

/** Which hand-written methods a difference between two documents touches, wrapped ones first. */
export function touchedMethods(diff: SpecDiff, coverage: Coverage): readonly TouchedMethod[] {
  const { added, removed, changed } = diff.operations;
  const operations = [
    ...added,
    ...removed,
    ...changed.map(({ name }) => name),
    ...diff.affected.map(({ operation }) => operation),
  ].sort(byText);
  const touched = new Map<string, { status: "wrapped" | "planned"; operations: string[] }>();
  for (const operation of operations) {
    const entry = coverage.get(operation);
    if (entry === undefined || entry.status === "skipped") continue;
    for (const method of entry.by) {
      const known = touched.get(method) ?? { status: entry.status, operations: [] };
      known.operations.push(operation);
      touched.set(method, known);
    }
  }
  return [...touched]
    .map(([method, rest]) => ({ method, ...rest }))
    .sort((a, b) => byText(b.status, a.status) || byText(a.method, b.method));
}
