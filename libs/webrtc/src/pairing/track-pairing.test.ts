import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findOffset, MIN_WITNESSES } from "./find-offset.ts";
import { TrackPairing } from "./track-pairing.ts";

const OFFSET = 17_817;
const evenly = (count: number) => Array.from({ length: count }, (_, at) => at * 3_000);

/** Times of frames of a live source: about 30 a second, never quite. */
const liveTimes = fc
  .array(fc.integer({ min: 2_700, max: 3_300 }), { minLength: 40, maxLength: 60 })
  .map((steps) => {
    let ticks = 0;
    return steps.map((step) => {
      ticks += step;
      return ticks;
    });
  });

describe("the offset of a track whose first pictures got lost", () => {
  test("is found from the distances of live pictures, and is never a wrong one", () => {
    fc.assert(
      fc.property(
        liveTimes,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(-1, 0, 1),
        (times, lost, rounding) => {
          const first = times[lost] ?? 0;
          const pictures = times.slice(lost, lost + 25).map((ticks) => ticks - first);
          const found = findOffset(
            pictures,
            times.map((ticks) => ticks + OFFSET + rounding),
          );
          expect(found).toBe(first + OFFSET + rounding);
        },
      ),
    );
  });

  test("is found in the whole milliseconds of a browser, most of which are alike", () => {
    const step = fc.constantFrom(33, 33, 33, 34, 32);
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 45, maxLength: 45 }),
        fc.integer({ min: 1, max: 8 }),
        (steps, lost) => {
          let ms = 0;
          const times = steps.map((by) => {
            ms += by;
            return ms * 90;
          });
          const first = times[lost] ?? 0;
          const found = findOffset(
            times.slice(lost, lost + 30).map((ticks) => ticks - first),
            times,
          );
          // Where nearly all steps are alike nothing can be said.
          expect([first, undefined]).toContain(found);
          const uneven = steps.slice(0, 30).filter((by) => by !== 33).length;
          if (uneven >= 14) expect(found).toBe(first);
        },
      ),
    );
  });

  test.each([
    ["pictures come at equal distances", evenly(20), evenly(40)],
    ["too few pictures came", [0, 2_990, 6_011], [0, 2_990, 6_011]],
    ["results of most pictures are missing", evenly(20), [0, 10, 20]],
    ["there are no results", evenly(20), []],
    ["there are no pictures", [], evenly(20)],
  ])("stays unknown where %s", (_name, pictures, results) => {
    expect(findOffset(pictures, results)).toBeUndefined();
  });
});

describe("TrackPairing", () => {
  test("after a lost beginning pictures go without result, then with their own, never with another", () => {
    fc.assert(
      fc.property(liveTimes, fc.integer({ min: 1, max: 5 }), (times, lost) => {
        const pairing = new TrackPairing<number, number>();
        const first = times[lost] ?? 0;
        const paired = times.flatMap((ticks, number) => {
          const out = [...pairing.addResult(number + 1, ticks, number)];
          if (number < lost) return out;
          return [
            ...out,
            ...pairing.addPicture({ frame: number, ticks: ticks - first, isBeginningLost: true }),
          ];
        });
        expect(paired.map(({ frame }) => frame)).toEqual(times.map((_, number) => number).slice(lost));
        for (const { frame, result } of paired) expect([null, frame]).toContain(result);
        const withResult = paired.filter(({ result }) => result !== null);
        expect(withResult.length).toBe(times.length - lost - MIN_WITNESSES + 1);
        expect(pairing.waitingResults).toBe(0);
      }),
    );
  });

  test("pictures at equal distances stay without results, since any neighbour's would fit", () => {
    const pairing = new TrackPairing<number, number>();
    const paired = evenly(200).flatMap((ticks, number) => [
      ...pairing.addResult(number + 1, ticks, number),
      ...(number === 0
        ? []
        : pairing.addPicture({ frame: number, ticks: ticks - 3_000, isBeginningLost: true })),
    ]);
    expect(paired.map(({ result }) => result)).toEqual(Array(199).fill(null));
    expect(pairing.counts().framesAlone).toBe(199);
  });

  test("a worker that begins late is no lost beginning", () => {
    const pairing = new TrackPairing<number, number>();
    const paired = evenly(5).flatMap((ticks, number) => [
      ...pairing.addResult(number + 1, ticks + OFFSET, number),
      ...pairing.addPicture({ frame: number, ticks, isBeginningLost: false }),
    ]);
    expect(paired).toEqual(evenly(5).map((_, number) => ({ frame: number, result: number })));
  });
});
