import { isInferenceError } from "@inference-ts/sdk";
import { isRecord, shown } from "../golden/json.ts";

/** How far a float may be off, relative to its size. */
const TOLERANCE = 1e-6;

/** Differences between two values of JSON kind; numbers may differ by the tolerance. Fields that are not expected are not looked at. */
export function differences(
  actual: unknown,
  expected: unknown,
  path: string,
  tolerance = TOLERANCE,
): string[] {
  if (isRecord(expected) && "$any" in expected) {
    return typeof actual === "string" && !Number.isNaN(Date.parse(actual))
      ? []
      : [`${path}: expected a date`];
  }
  if (typeof expected === "number") {
    return typeof actual === "number" && isClose(actual, expected, tolerance)
      ? []
      : [`${path}: expected ${expected}, got ${shown(actual, 80)}`];
  }
  const list = asList(expected);
  if (list !== null) {
    const found = asList(actual);
    if (found === null || found.length !== list.length) {
      return [
        `${path}: expected ${list.length} values, got ${found === null ? shown(actual, 80) : found.length}`,
      ];
    }
    return list.flatMap((value, index) => differences(found[index], value, `${path}[${index}]`, tolerance));
  }
  if (isRecord(expected)) {
    if (!isRecord(actual)) return [`${path}: expected an object, got ${shown(actual, 80)}`];
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(actual[key], value, `${path}.${key}`, tolerance),
    );
  }
  return Object.is(actual, expected)
    ? []
    : [`${path}: expected ${shown(expected, 80)}, got ${shown(actual, 80)}`];
}

function asList(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  return value instanceof Float64Array || value instanceof Int32Array ? [...value] : null;
}

export function isClose(actual: number, expected: number, tolerance = TOLERANCE): boolean {
  if (!Number.isFinite(expected)) return Object.is(actual, expected);
  return Math.abs(actual - expected) <= tolerance * Math.max(1e-3, Math.abs(expected));
}

/** True when the package raised an error. */
export function isError(expected: unknown): boolean {
  return isRecord(expected) && typeof expected.error === "string";
}

/**
 * Runs something and compares what it gives; where the package raises an error, one of ours must be thrown.
 *
 * @param compare is not asked when an error is expected
 */
export async function checkOutcome<T>(
  expected: unknown,
  run: () => T | Promise<T>,
  compare: (actual: T) => string[] | Promise<string[]>,
): Promise<string[]> {
  let actual: T;
  try {
    actual = await run();
  } catch (error) {
    if (!isInferenceError(error)) throw error;
    return isError(expected) ? [] : [`threw ${error.code}: ${error.message}`];
  }
  return isError(expected) ? [`expected an error, got ${shown(actual, 200)}`] : compare(actual);
}
