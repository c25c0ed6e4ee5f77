import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { FrameGate } from "./frame-gate.ts";

const passed = (gate: FrameGate, times: readonly (number | null)[]) =>
  times.filter((time) => gate.lets(time));

describe("frames a second", () => {
  test("of 20, four", () => {
    const times = Array.from({ length: 40 }, (_, frame) => Math.round((frame * 1e6) / 20) / 1000);
    expect(passed(new FrameGate(4), times)).toEqual([0, 250, 500, 750, 1000, 1250, 1500, 1750]);
  });

  test("of 30, one in three, though times are rounded", () => {
    const times = Array.from({ length: 30 }, (_, frame) => Math.round((frame * 1e6) / 30) / 1000);
    expect(passed(new FrameGate(10), times)).toEqual(times.filter((_, frame) => frame % 3 === 0));
  });

  test("all without a limit, and all without a time", () => {
    expect(passed(new FrameGate(undefined), [0, 1, 2])).toEqual([0, 1, 2]);
    expect([null, null].map((time) => new FrameGate(1).lets(time))).toEqual([true, true]);
  });

  test("a frame that passed passes again", () => {
    const gate = new FrameGate(1);
    expect([100, 200, 100, 200].map((time) => gate.lets(time))).toEqual([true, false, true, false]);
  });

  test.prop([fc.array(fc.nat({ max: 60_000 })), fc.integer({ min: 1, max: 60 })])(
    "never more than the limit, plus the first one",
    (gaps, maxFps) => {
      let now = 0;
      const times = gaps.map((gap) => (now += gap + 1));
      const gate = new FrameGate(maxFps);
      const kept = times.filter((time) => gate.lets(time));
      const span = (kept.at(-1) ?? 0) - (kept[0] ?? 0);
      expect(kept.length).toBeLessThanOrEqual((span * maxFps) / 1000 + 1.001);
    },
  );
});
