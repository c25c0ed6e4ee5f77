import { InvalidParameterError } from "@inference-ts/errors";
import type { Runs } from "../rle.ts";
import { RunBuilder } from "./run-builder.ts";

function assertSameSize(a: Runs, b: Runs): void {
  if (a.width === b.width && a.height === b.height) return;
  throw new InvalidParameterError(
    `Masks can be combined when they have the same size; got ${a.width} x ${a.height} and ${b.width} x ${b.height}.`,
    { hint: "Resize one of them first." },
  );
}

/**
 * Visits the stretches, counted column by column, in which both masks stay as they are.
 *
 * @param visit gets how many of the two masks cover the stretch: 0, 1 or 2
 */
function eachStretch(a: Runs, b: Runs, visit: (start: number, end: number, covers: number) => void): void {
  const [first, second] = [a.runs, b.runs];
  const pixels = a.width * a.height;
  let [indexA, indexB] = [0, 0];
  let [endA, endB] = [first[0] ?? pixels, second[0] ?? pixels];
  for (let at = 0; at < pixels; ) {
    while (endA <= at) endA += first[++indexA] ?? pixels;
    while (endB <= at) endB += second[++indexB] ?? pixels;
    const end = Math.min(endA, endB);
    visit(at, end, (indexA & 1) + (indexB & 1));
    at = end;
  }
}

/** Pixels that both masks cover. */
export function sharedArea(a: Runs, b: Runs): number {
  assertSameSize(a, b);
  let area = 0;
  eachStretch(a, b, (start, end, covers) => {
    if (covers === 2) area += end - start;
  });
  return area;
}

function combine(masks: readonly Runs[], needed: 1 | 2): Runs {
  const [first, ...others] = masks;
  if (first === undefined) throw new InvalidParameterError("There must be at least one mask to combine.");
  return others.reduce((result, mask) => {
    assertSameSize(result, mask);
    const builder = new RunBuilder();
    eachStretch(result, mask, (start, end, covers) => {
      if (covers >= needed) builder.cover(start, end);
    });
    return builder.finish(result);
  }, first);
}

/**
 * The pixels that any of the masks covers.
 *
 * @throws InvalidParameterError for no mask, or masks of different sizes
 */
export function uniteRuns(masks: readonly Runs[]): Runs {
  return combine(masks, 1);
}

/**
 * The pixels that all masks cover.
 *
 * @throws InvalidParameterError for no mask, or masks of different sizes
 */
export function intersectRuns(masks: readonly Runs[]): Runs {
  return combine(masks, 2);
}
