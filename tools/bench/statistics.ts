/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError("There is no median of no values.");
  const lower = sorted[middle - 1];
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}

/** Quotients of values that were measured side by side. Both lists must have the same length. */
export function pairwise(
  numerators: readonly number[],
  denominators: readonly number[],
  combine: (a: number, b: number) => number = (a, b) => a / b,
): number[] {
  if (numerators.length !== denominators.length) throw new RangeError("The samples are not pairs.");
  return numerators.map((value, index) => combine(value, denominators[index] ?? Number.NaN));
}
