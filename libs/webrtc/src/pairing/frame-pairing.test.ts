import fc from "fast-check";
import { describe, expect, test } from "vitest";
import recorded from "../testing/recorded-pairings.json" with { type: "json" };
import { FramePairing, trackTicks } from "./frame-pairing.ts";

describe("trackTicks", () => {
  test.each([
    [3000, 1 / 90_000, 3000],
    [3000, 1.1111111111111112e-5, 3000],
    [512, 1 / 15_360, 3000],
    [3000, null, 3000],
    [null, 1 / 90_000, null],
    [1e300, 1e300, null],
  ])("%s in units of %s s is tick %s", (pts, timeBase, ticks) => {
    expect(trackTicks(pts, timeBase)).toBe(ticks);
  });
});

describe("FramePairing", () => {
  test.each(recorded)("$id", ({ steps, delivered }) => {
    const pairing = new FramePairing<number, { tag: number }>();
    const got = steps.flatMap((step) =>
      "frame" in step
        ? pairing.addFrame(step.frame ?? null, step.tag)
        : pairing.addResult(step.predictions ?? null, { tag: step.tag }),
    );
    expect(got.map(({ frame, result }) => ({ frame, data: result }))).toEqual(delivered);
  });

  test("every frame gets its own result, whatever the order, the time base, and one tick of error", () => {
    const frames = fc.array(fc.constantFrom(-1, 0, 1), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(frames, fc.infiniteStream(fc.nat()), (errors, dice) => {
        const events = errors.flatMap((error, id) => [
          { id, kind: "frame" as const, ticks: 3000 * id + error, rank: dice.next().value },
          { id, kind: "result" as const, ticks: trackTicks(512 * id, 1 / 15_360), rank: dice.next().value },
        ]);
        events.sort((a, b) => a.rank - b.rank);
        const pairing = new FramePairing<number, number>();
        const got = events.flatMap(({ id, kind, ticks }) =>
          kind === "frame" ? pairing.addFrame(ticks, id) : pairing.addResult(ticks, id),
        );
        expect(got).toHaveLength(errors.length);
        expect(got.every(({ frame, result }) => frame === result)).toBe(true);
        expect(pairing.counts()).toEqual({ paired: errors.length, framesAlone: 0, resultsDropped: 0 });
      }),
    );
  });

  test("90 ticks are near enough, 91 are not", () => {
    const pairing = new FramePairing<string, string>();
    pairing.addFrame(1000, "a");
    expect(pairing.addResult(1091, "late")).toEqual([]);
    expect(pairing.addResult(910, "early")).toEqual([{ frame: "a", result: "early" }]);
  });

  test("no frame is lost or handed over twice, and what waits is bounded", () => {
    const step = fc.record({ frame: fc.boolean(), ticks: fc.option(fc.nat(2000)) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const pairing = new FramePairing<number, number>({ maxWaiting: 5 });
        const got: number[] = [];
        let waiting = 0;
        let results = 0;
        for (const [id, { frame, ticks }] of steps.entries()) {
          const out = frame ? pairing.addFrame(ticks, id) : pairing.addResult(ticks, id);
          got.push(...out.map((pair) => pair.frame));
          waiting += (frame ? 1 : 0) - out.length;
          results += frame ? 0 : 1;
          expect(waiting).toBeLessThanOrEqual(5);
        }
        const rest = pairing.flush();
        expect(rest.every((pair) => pair.result === null)).toBe(true);
        got.push(...rest.map((pair) => pair.frame));
        expect(got.sort((a, b) => a - b)).toEqual(steps.flatMap(({ frame }, id) => (frame ? [id] : [])));
        const counts = pairing.counts();
        expect(counts.paired + counts.framesAlone).toBe(got.length);
        expect(counts.paired + counts.resultsDropped).toBe(results);
      }),
    );
  });
});
