import type { TouchedMethod } from "./coverage.ts";
import { type Change, isEmptyDiff, type PartDiff, type SpecDiff } from "./diff.ts";
import type { Json } from "./json.ts";

const MARKS = { added: "+", removed: "-", changed: "~" } as const;
const MAX_VALUE = 100;

function short(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}...` : text;
}

function changeLine({ kind, at, before, after }: Change): string {
  const values = [before, after].filter((value) => value !== undefined).map(short);
  return `      ${MARKS[kind]} ${at === "" ? "/" : at}  ${values.join(" -> ")}`;
}

function partLines(title: string, { added, removed, changed }: PartDiff): readonly string[] {
  if (added.length + removed.length + changed.length === 0) return [`${title}: no difference`];
  return [
    `${title}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`,
    ...added.map((name) => `  + ${name}`),
    ...removed.map((name) => `  - ${name}`),
    ...changed.flatMap(({ name, changes }) => [`  ~ ${name}`, ...changes.map(changeLine)]),
  ];
}

/** A diff as lines for people. */
export function diffLines(diff: SpecDiff): readonly string[] {
  const title = `${diff.from} -> ${diff.to}`;
  if (isEmptyDiff(diff)) return [`${title}: no difference`];
  const { affected } = diff;
  return [
    title,
    ...partLines("Operations", diff.operations),
    ...partLines("Schemas", diff.schemas),
    ...(affected.length === 0 ? [] : [`Operations changed through a schema: ${affected.length}`]),
    ...affected.map(({ operation, schemas }) => `  ~ ${operation}  (${schemas.join(", ")})`),
  ];
}

/** Touched methods as lines for people. */
export function touchedLines(touched: readonly TouchedMethod[]): readonly string[] {
  if (touched.length === 0) return ["Methods touched: none"];
  return [
    `Methods touched: ${touched.length}`,
    ...touched.map(({ method, status, operations }) => `  ${method} (${status}): ${operations.join(", ")}`),
  ];
}
