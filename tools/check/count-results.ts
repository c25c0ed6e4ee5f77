/** What a suite printed about its tests. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
/** Our own suites end with `N passed, N failed`, perhaps with `, N skipped`. */
const OWN = /^\s*(\d+) passed, (\d+) failed\b/;
/** vitest: `      Tests  1 failed | 61 passed | 2 skipped (64)`. */
const VITEST = /^\s*Tests\s+(?=.*\d+ (?:passed|failed|skipped))(.*)$/;
const SKIPPED = /^.*\bskipped: (.+)$/m;

/**
 * Counts of a suite from its output and exit code. The last line of counts wins; a suite that prints none counts as one. An exit
 * code other than 0 is at least one failure, whatever the suite printed.
 */
export function countResults(output: string, exitCode: number): Counts & { readonly skipped?: string } {
  const text = output.replaceAll(ESCAPES, "");
  const counts = text
    .split("\n")
    .flatMap((line) => countsOf(line) ?? [])
    .at(-1);
  if (counts === undefined) {
    if (exitCode !== 0) return { passed: 0, failed: 1 };
    const skipped = SKIPPED.exec(text)?.[1];
    return skipped === undefined ? { passed: 1, failed: 0 } : { passed: 0, failed: 0, skipped };
  }
  return exitCode === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

function countsOf(line: string): Counts | undefined {
  const own = OWN.exec(line);
  if (own !== null) return { passed: Number(own[1]), failed: Number(own[2]) };
  const vitest = VITEST.exec(line)?.[1];
  if (vitest === undefined) return undefined;
  const number = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(vitest)?.[1] ?? 0);
  return { passed: number("passed"), failed: number("failed") };
}
