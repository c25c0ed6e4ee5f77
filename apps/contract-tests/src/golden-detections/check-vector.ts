import { CHECKERS } from "./checkers/all.ts";
import { DRAWING_CHECKERS } from "./checkers/drawing.ts";
import { DETECTION_RULES } from "./detection-rules.ts";
import type { Vector } from "./vector.ts";

/** What became of a vector. */
export interface VectorReport {
  readonly group: string;
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped";
  /** What is wrong; why it is skipped. */
  readonly problems: readonly string[];
  /** Names of the rules that changed or explained what is expected. */
  readonly rules: readonly string[];
}

/** Checks one vector; where the package has two answers, either passes. */
export async function checkVector(vector: Vector): Promise<VectorReport> {
  const { group, id } = vector;
  if (group in DRAWING_CHECKERS) return checkDrawing(vector);
  const checker = CHECKERS[group];
  if (checker === undefined) {
    return { group, id, status: "failed", problems: [`there is no checker for ${group}`], rules: [] };
  }
  const [first, second] = [vector.expected, vector.expectedWithoutOpencv]
    .filter((expected) => expected !== undefined)
    .map((expected) => ruled(vector, expected));
  const check = async (wanted: { expected: unknown } | undefined) =>
    wanted === undefined ? ["nothing is expected"] : await attempt(() => checker(vector, wanted.expected));
  const problems = await check(first);
  const passed = problems.length === 0 || (second !== undefined && (await check(second)).length === 0);
  return {
    group,
    id,
    status: passed ? "passed" : "failed",
    problems: passed ? [] : problems,
    rules: first?.rules ?? [],
  };
}

async function checkDrawing(vector: Vector): Promise<VectorReport> {
  const { group, id } = vector;
  let skipped: string | undefined;
  const problems = await attempt(async () => {
    const verdict = await DRAWING_CHECKERS[group]?.(vector);
    skipped = verdict?.skipped;
    return [...(verdict?.problems ?? [])];
  });
  if (skipped !== undefined) return { group, id, status: "skipped", problems: [skipped], rules: [] };
  return { group, id, status: problems.length === 0 ? "passed" : "failed", problems, rules: [] };
}

function ruled(vector: Vector, stated: unknown): { expected: unknown; rules: string[] } {
  const rules: string[] = [];
  let expected = stated;
  for (const { name, groups, apply } of DETECTION_RULES) {
    if (!groups.includes(vector.group)) continue;
    const changed = apply(vector, expected);
    if (changed === null) continue;
    rules.push(name);
    expected = changed;
  }
  return { expected, rules };
}

async function attempt(check: () => Promise<string[]> | string[]): Promise<string[]> {
  try {
    return await check();
  } catch (error) {
    return [`the check failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  }
}
