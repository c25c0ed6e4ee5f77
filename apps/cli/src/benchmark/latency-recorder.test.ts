import fc from "fast-check";
import { expect, test } from "vitest";
import { LatencyRecorder, PERCENTILES } from "./latency-recorder.ts";

/** Nearest rank, by definition. */
function percentileOf(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.find((_, index) => (index + 1) * 100 >= percent * sorted.length) ?? Number.NaN;
}

function recorderOf(values: readonly number[], exactLimit?: number): LatencyRecorder {
  const recorder = new LatencyRecorder(exactLimit === undefined ? {} : { exactLimit });
  for (const value of values) recorder.add(value);
  return recorder;
}

const times = fc.array(
  fc.oneof(
    fc.double({ min: 0, max: 5, noNaN: true }),
    fc.double({ min: 0, max: 600_000, noNaN: true }),
    fc.integer({ min: 0, max: 100 }),
  ),
  { minLength: 1, maxLength: 300 },
);

test("percentiles are values that were recorded: nearest rank", () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const recorder = recorderOf(values);
      expect(recorder.isExact).toBe(true);
      expect(recorder.percentile(percent)).toBe(percentileOf(values, percent));
    }),
  );
});

test("asking in between changes nothing", () => {
  fc.assert(
    fc.property(times, times, (before, after) => {
      const recorder = recorderOf(before);
      recorder.summary();
      for (const value of after) recorder.add(value);
      expect(recorder.summary()).toEqual(recorderOf([...before, ...after]).summary());
    }),
  );
});

test("in bounded memory percentiles are at most 0.1 % and a microsecond too large, never too small", () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 20 }), (values, exactLimit) => {
      const recorder = recorderOf(values, exactLimit);
      expect(recorder.isExact).toBe(values.length <= exactLimit);
      for (const percent of PERCENTILES) {
        const exact = percentileOf(values, percent);
        const found = recorder.percentile(percent) ?? Number.NaN;
        expect(found).toBeGreaterThanOrEqual(exact);
        expect(found).toBeLessThanOrEqual(exact * 1.001 + 0.001);
      }
    }),
  );
});

test("count, least, largest and mean stay exact", () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 400 }), (values, exactLimit) => {
      const recorder = recorderOf(values, exactLimit);
      const { min, max, mean } = recorder.summary() ?? { min: -1, max: -1, mean: -1 };
      expect([recorder.count, min, max]).toEqual([values.length, Math.min(...values), Math.max(...values)]);
      expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 6);
    }),
  );
});

test("a million values take no more than the buckets", () => {
  const recorder = new LatencyRecorder();
  for (let index = 0; index < 1_000_000; index++) recorder.add((index % 1_000) + 1);
  expect(recorder.isExact).toBe(false);
  const { p50 = 0, p99 = 0, max } = recorder.summary() ?? {};
  expect(Math.abs(p50 - 500)).toBeLessThanOrEqual(0.5);
  expect(Math.abs(p99 - 990)).toBeLessThanOrEqual(1);
  expect(max).toBe(1_000);
});

test("nothing recorded has no numbers; a clock set back counts as no time", () => {
  const recorder = new LatencyRecorder();
  expect([recorder.summary(), recorder.percentile(50)]).toEqual([null, null]);
  recorder.add(-5);
  expect(recorder.summary()).toMatchObject({ min: 0, max: 0, p99: 0 });
});
