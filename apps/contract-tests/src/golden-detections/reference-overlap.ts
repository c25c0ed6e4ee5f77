/**
 * Overlap, suppression and merging written once more, the plain quadratic way, with the choices in which the Python package and this one
 * differ as switches: so a rule can say what is expected where the package's own choice decided the result.
 */

/** Boxes as corners, or masks as lists of covered pixels. */
export type Shape = readonly [number, number, number, number] | ReadonlySet<number>;

/** The choices. */
export interface Choices {
  /** The package keeps overlaps as float32 and compares them with a float64 threshold. */
  readonly float32: boolean;
  /** The package joins what does not overlap at all when the threshold is 0. */
  readonly joinsApart: boolean;
  /** The package sorts `NaN` before every score. */
  readonly nanFirst: boolean;
}

export const OURS: Choices = { float32: false, joinsApart: false, nanFirst: false };
export const PACKAGE: Choices = { float32: true, joinsApart: true, nanFirst: true };

export interface Candidates {
  readonly shapes: readonly Shape[];
  readonly scores: readonly number[];
  /** `null` = all together. */
  readonly classes: readonly number[] | null;
  readonly metric: "IOU" | "IOS";
  readonly threshold: number;
}

function isPixels(shape: Shape): shape is ReadonlySet<number> {
  return shape instanceof Set;
}

function areaOf(shape: Shape): number {
  return isPixels(shape) ? shape.size : (shape[2] - shape[0]) * (shape[3] - shape[1]);
}

function sharedOf(a: Shape, b: Shape): number {
  if (isPixels(a) && isPixels(b)) return [...a].filter((pixel) => b.has(pixel)).length;
  if (isPixels(a) || isPixels(b)) throw new Error("A box and a mask cannot be compared.");
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  return width * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
}

function overlapOf(a: Shape, b: Shape, metric: string, float32: boolean): number {
  const shared = sharedOf(a, b);
  const [areaA, areaB] = [areaOf(a), areaOf(b)];
  const whole = metric === "IOU" ? areaA + areaB - shared : Math.min(areaA, areaB);
  const overlap = whole > 0 ? shared / whole : 0;
  return float32 ? Math.fround(overlap) : overlap;
}

function ranked({ scores }: Candidates, nanFirst: boolean): number[] {
  const rank = (index: number) => {
    const score = scores[index] ?? Number.NaN;
    return Number.isNaN(score) ? (nanFirst ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY) : score;
  };
  // The package turns the order round, so that of several NaN the last comes first.
  const ofEquals = (a: number, b: number) => (nanFirst && Number.isNaN(scores[a]) ? b - a : a - b);
  return scores
    .map((_, index) => index)
    .sort((a, b) => (rank(a) === rank(b) ? ofEquals(a, b) : rank(b) - rank(a)));
}

/** Indices that stay, ascending. */
export function referenceNms(candidates: Candidates, choices: Choices): number[] {
  const { shapes, classes, metric, threshold } = candidates;
  const kept: number[] = [];
  for (const index of ranked(candidates, choices.nanFirst)) {
    const suppressed = kept.some((other) => {
      if (classes !== null && classes[other] !== classes[index]) return false;
      const [a, b] = [shapes[other], shapes[index]];
      return a !== undefined && b !== undefined && overlapOf(a, b, metric, choices.float32) > threshold;
    });
    if (!suppressed) kept.push(index);
  }
  return kept.sort((a, b) => a - b);
}

/** Groups, the best first, class by class. */
export function referenceNmm(candidates: Candidates, choices: Choices): number[][] {
  const { shapes, classes, metric, threshold } = candidates;
  const order = ranked(candidates, choices.nanFirst);
  const ids = classes === null ? [null] : [...new Set(classes)].sort((a, b) => a - b);
  return ids.flatMap((id) => {
    let waiting = order.filter((index) => id === null || classes?.[index] === id);
    const groups: number[][] = [];
    while (waiting.length > 0) {
      const [leader = 0, ...others] = waiting;
      const group = [leader];
      let whole = shapes[leader];
      waiting = others;
      for (let growing = true; growing && whole !== undefined; ) {
        const together: Shape = whole;
        const joined = waiting.filter((index) => {
          const shape = shapes[index];
          if (shape === undefined) return false;
          const overlap = overlapOf(shape, together, metric, choices.float32);
          return overlap >= threshold && (choices.joinsApart || overlap > 0);
        });
        group.push(...joined);
        waiting = waiting.filter((index) => !joined.includes(index));
        growing = joined.length > 0 && isPixels(together);
        if (isPixels(together)) {
          whole = new Set([...together, ...joined.flatMap((index) => [...pixelsAt(shapes, index)])]);
        }
      }
      groups.push(group);
    }
    return groups;
  });
}

function pixelsAt(shapes: readonly Shape[], index: number): ReadonlySet<number> {
  const shape = shapes[index];
  return shape !== undefined && isPixels(shape) ? shape : new Set();
}
