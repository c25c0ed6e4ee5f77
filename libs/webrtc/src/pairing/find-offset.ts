/** How far the times of a picture and of its result are apart at most, once the clocks are brought together: both are rounded. */
const EXACT_TICKS = 2;

/** Pictures that must agree: fewer can do so by chance. */
export const MIN_WITNESSES = 10;

/** Newest pictures whose result may still be on its way. */
const MAX_WITHOUT_RESULT = 2;

/** Pictures more that the right offset fits than any other: more than late results can explain. */
const MIN_LEAD = 4;

/**
 * Finds how far the clock of the results is ahead of that of the pictures: by the offset that gives every picture a result. The
 * times of a live source do not all have the same distance, so that no other offset fits them all.
 *
 * @param pictures - Times on the clock of the track, in ticks, upwards.
 * @param results - Times of results on the worker's clock, in ticks, upwards; among them those of the pictures.
 * @returns The offset in ticks; undefined when no offset fits, or when another one fits nearly as many, as with pictures at
 * equal distances.
 */
export function findOffset(pictures: readonly number[], results: readonly number[]): number | undefined {
  const [first] = pictures;
  if (first === undefined || pictures.length < MIN_WITNESSES) return undefined;
  const candidates = results
    .map((result) => result - first)
    .map((offset) => ({ offset, fitting: countFitting(pictures, results, offset) }))
    .sort((a, b) => b.fitting - a.fitting);
  const [best] = candidates;
  if (best === undefined || best.fitting < pictures.length - MAX_WITHOUT_RESULT) return undefined;
  const other = candidates.find(({ offset }) => Math.abs(offset - best.offset) > 2 * EXACT_TICKS);
  return other === undefined || other.fitting <= best.fitting - MIN_LEAD ? best.offset : undefined;
}

/** Pictures that have a result at their time; both lists go upwards, so that one walk suffices. */
function countFitting(pictures: readonly number[], results: readonly number[], offset: number): number {
  let fitting = 0;
  let at = 0;
  for (const picture of pictures) {
    const wanted = picture + offset;
    while ((results[at] ?? Number.POSITIVE_INFINITY) < wanted - EXACT_TICKS) at++;
    if (Math.abs((results[at] ?? Number.NaN) - wanted) <= EXACT_TICKS) fitting++;
  }
  return fitting;
}
