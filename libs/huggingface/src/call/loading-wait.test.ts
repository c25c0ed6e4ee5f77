import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { type LoadingSituation, loadingWait } from "./loading-wait.ts";

const NOTHING: LoadingSituation = {
  requests: 1,
  estimatedTimeMs: undefined,
  retryAfterMs: undefined,
  remainingMs: 600_000,
  random: 0,
};

/** Times of the requests to a server that always answers the same, in milliseconds. */
function requestTimes(limitMs: number, answer: Partial<LoadingSituation>, random: () => number): number[] {
  const times = [0];
  for (;;) {
    const elapsed = times.at(-1) ?? 0;
    const wait = loadingWait({
      ...NOTHING,
      ...answer,
      requests: times.length,
      remainingMs: limitMs - elapsed,
      random: random(),
    });
    if (wait === null) return times;
    times.push(elapsed + wait);
  }
}

describe("waiting for a model", () => {
  test.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [4, 8000],
    [5, 10_000],
    [9, 10_000],
  ])("pause %i is %i ms where the server says nothing", (requests, ms) => {
    expect(loadingWait({ ...NOTHING, requests })).toBe(ms);
    expect(loadingWait({ ...NOTHING, requests, random: 0.999 })).toBeGreaterThan(ms * 0.75);
  });

  test("estimated_time is obeyed up to 10 s, and never below half a pause", () => {
    expect(loadingWait({ ...NOTHING, estimatedTimeMs: 3000 })).toBe(3000);
    expect(loadingWait({ ...NOTHING, estimatedTimeMs: 60_000 })).toBe(10_000);
    expect(loadingWait({ ...NOTHING, estimatedTimeMs: 1 })).toBe(500);
    expect(loadingWait({ ...NOTHING, estimatedTimeMs: 1, requests: 4 })).toBe(4000);
  });

  test("an estimate beyond the time limit does not end the call", () => {
    expect(loadingWait({ ...NOTHING, estimatedTimeMs: 20_000, remainingMs: 6000 })).toBe(1000);
  });

  test("Retry-After is obeyed to the millisecond, or the call ends", () => {
    expect(loadingWait({ ...NOTHING, retryAfterMs: 7000, random: 0.9 })).toBe(7000);
    expect(loadingWait({ ...NOTHING, retryAfterMs: 7000, remainingMs: 6000 })).toBeNull();
    expect(
      loadingWait({ ...NOTHING, retryAfterMs: 700_000, remainingMs: Number.POSITIVE_INFINITY }),
    ).toBeNull();
  });

  test("the whole time limit is used: the last request is a quarter of a second before its end", () => {
    expect(requestTimes(6000, {}, () => 0)).toEqual([0, 1000, 3000, 5750]);
    expect(requestTimes(3000, { estimatedTimeMs: 20_000 }, () => 0)).toEqual([0, 1000, 2750]);
    expect(requestTimes(500, {}, () => 0)).toEqual([0, 250]);
    expect(requestTimes(200, {}, () => 0)).toEqual([0]);
  });

  property.prop([
    fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
    fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }),
    fc.integer({ min: 1500, max: 60_000 }),
  ])(
    "a server that always says 503 sees at most 3 requests in 1.5 s",
    (estimatedTimeMs, chances, limitMs) => {
      let at = 0;
      const random = () => chances[at++ % chances.length] ?? 0;
      const times = requestTimes(limitMs, { estimatedTimeMs }, random);
      for (const [index, time] of times.entries()) {
        const inWindow = times.slice(index).filter((other) => other < time + 1500 && other < limitMs - 1500);
        expect(inWindow.length).toBeLessThanOrEqual(3);
      }
      expect(times.filter((time) => time <= 1500 - 1).length).toBeLessThanOrEqual(3);
      expect(times.every((time) => time < limitMs)).toBe(true);
    },
  );
});
