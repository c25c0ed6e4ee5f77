import { KNOWN_VERSIONS } from "./generated/route-history.ts";
import type { RouteFacts } from "./route-facts.ts";

/** Orders versions such as `1.5.0` by their numbers; what stands behind them (`1.8.3rc1`) does not count. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let part = 0; part < 3; part += 1) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The newest known version before this one; `undefined` for the oldest. */
export function versionBefore(version: string): string | undefined {
  return KNOWN_VERSIONS[KNOWN_VERSIONS.indexOf(version) - 1];
}

/**
 * Whether servers of a version have a route; `null` between two known versions, of which the later one is the first that has it.
 */
export function hasRoute(version: string, { since, until }: RouteFacts): boolean | null {
  if (until !== undefined && compareVersions(version, until) > 0) return false;
  if (compareVersions(version, since) >= 0) return true;
  const before = versionBefore(since);
  return before !== undefined && compareVersions(version, before) > 0 ? null : false;
}

/** True for text that begins like a version. */
export function isVersion(text: string): boolean {
  return /^\d+\.\d+/.test(text);
}

function numbersOf(version: string): readonly number[] {
  return version.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0);
}
