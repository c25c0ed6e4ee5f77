import type { Gate } from "./gates.ts";

/** How a gate ended. */
export interface GateResult {
  readonly gate: Gate;
  readonly passed: boolean;
  readonly durationMs: number;
  readonly output: string;
}

export interface RunGatesOptions {
  /** Runs one gate; must not reject. */
  readonly run: (gate: Gate) => Promise<Omit<GateResult, "gate">>;
  /** How many run side by side. */
  readonly maxConcurrent: number;
  /** Called as each gate ends. */
  readonly onResult: (result: GateResult) => void;
}

/** Runs gates side by side, each as soon as those it comes after have passed. Results come in the order of `gates`. */
export async function runGates(
  gates: readonly Gate[],
  { run, maxConcurrent, onResult }: RunGatesOptions,
): Promise<readonly GateResult[]> {
  const results = new Map<string, GateResult>();
  const waiting = new Set(gates);
  const running = new Map<Gate, Promise<void>>();
  const names = new Set(gates.map((gate) => gate.name));

  const finish = (result: GateResult) => {
    results.set(result.gate.name, result);
    onResult(result);
  };
  while (waiting.size > 0 || running.size > 0) {
    for (const gate of waiting) {
      // A gate that was not asked for is taken as passed.
      const before = (gate.after ?? []).filter((name) => names.has(name));
      const failed = before.find((name) => results.get(name)?.passed === false);
      if (failed !== undefined) {
        waiting.delete(gate);
        finish({ gate, passed: false, durationMs: 0, output: `not run: ${failed} failed\n` });
      } else if (running.size < maxConcurrent && before.every((name) => results.has(name))) {
        waiting.delete(gate);
        const done = run(gate).then((result) => {
          running.delete(gate);
          finish({ gate, ...result });
        });
        running.set(gate, done);
      }
    }
    if (
      running.size === 0 &&
      waiting.size > 0 &&
      ![...waiting].some((gate) => canStart(gate, names, results))
    ) {
      throw new Error(`These gates wait for each other: ${[...waiting].map((gate) => gate.name).join(", ")}`);
    }
    if (running.size > 0) await Promise.race(running.values());
  }
  return gates.flatMap((gate) => results.get(gate.name) ?? []);
}

const canStart = (gate: Gate, names: ReadonlySet<string>, results: ReadonlyMap<string, GateResult>) =>
  (gate.after ?? []).every((name) => !names.has(name) || results.has(name));

/** Picks gates by name; an unknown name is an error that lists the known ones. */
export function selectGates(gates: readonly Gate[], only: string | undefined): readonly Gate[] {
  if (only === undefined) return gates;
  const wanted = only.split(",").map((name) => name.trim());
  const known = gates.map((gate) => gate.name);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `No gate is named ${unknown.map((name) => `"${name}"`).join(", ")}. Gates: ${known.join(", ")}`,
    );
  }
  return gates.filter((gate) => wanted.includes(gate.name));
}
