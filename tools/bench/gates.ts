import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "./figure.ts";

/** A bound that a figure must keep. */
export type Gate =
  | { readonly figure: string; readonly atLeast: number }
  | { readonly figure: string; readonly atMost: number };

/** What became of a gate; `skipped` when its figure was not measured. */
export interface Verdict {
  readonly gate: Gate;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly value: number | null;
}

/** The gates of `gates.json`. */
export function readGates(): readonly Gate[] {
  return parseGates(JSON.parse(readFileSync(join(import.meta.dirname, "gates.json"), "utf8")));
}

/** @throws Error for anything but a list of gates with one bound each. */
export function parseGates(value: unknown): readonly Gate[] {
  if (!Array.isArray(value)) throw new Error("The gates must be a list.");
  return value.map((entry: unknown, index) => {
    if (isGate(entry)) return entry;
    throw new Error(`Gate ${index + 1} must have "figure" and one number, "atLeast" or "atMost".`);
  });
}

function isGate(value: unknown): value is Gate {
  if (typeof value !== "object" || value === null) return false;
  if (!("figure" in value) || typeof value.figure !== "string") return false;
  const hasLeast = "atLeast" in value && typeof value.atLeast === "number";
  const hasMost = "atMost" in value && typeof value.atMost === "number";
  return hasLeast !== hasMost && Object.keys(value).length === 2;
}

/** Compares figures with the gates. A figure that is no number fails. */
export function judge(gates: readonly Gate[], figures: readonly Figure[]): readonly Verdict[] {
  const values = new Map(figures.map(({ name, value }) => [name, value]));
  return gates.map((gate) => {
    const value = values.get(gate.figure);
    if (value === undefined) return { gate, outcome: "skipped", value: null };
    const isKept = "atLeast" in gate ? value >= gate.atLeast : value <= gate.atMost;
    return { gate, outcome: isKept ? "passed" : "failed", value };
  });
}

/** The scenario that measures a gate's figure. */
export function scenarioOf(gate: Gate): string {
  return gate.figure.split(".", 1)[0] ?? "";
}
