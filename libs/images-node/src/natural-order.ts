// Making one takes milliseconds, which a program that lists no folder need not wait for.
let collator: Intl.Collator | null = null;

/** Compares names as people sort them: `a2` before `a10`, letter case second, and never equal for different names. */
export function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator("en", { numeric: true });
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** Compares paths folder by folder with {@link compareNames}. */
export function comparePaths(a: string, b: string): number {
  const left = a.split(/[\\/]/);
  const right = b.split(/[\\/]/);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareNames(left[i] ?? "", right[i] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
