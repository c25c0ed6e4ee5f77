import { expect, test } from "vitest";
import { latencyMix, MEAN_LATENCY_MS, MIX_LENGTH } from "./latency-mix.ts";

test("30 ms for 90 %, 300 ms for 10 %, always in the same irregular order", () => {
  const mix = latencyMix();
  expect(mix.length).toBe(MIX_LENGTH);
  expect(mix.filter((ms) => ms === 30).length).toBe(MIX_LENGTH * 0.9);
  expect(mix.filter((ms) => ms === 300).length).toBe(MIX_LENGTH * 0.1);
  expect(mix.reduce((sum, ms) => sum + ms, 0) / MIX_LENGTH).toBeCloseTo(MEAN_LATENCY_MS);
  expect(latencyMix()).toEqual(mix);
  const gaps = new Set(
    mix.flatMap((ms, at) => (ms === 300 ? [at] : [])).map((at, i, all) => at - (all[i - 1] ?? 0)),
  );
  expect(gaps.size).toBeGreaterThan(10);
});
