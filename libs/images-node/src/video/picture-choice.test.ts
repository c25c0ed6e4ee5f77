import { InvalidParameterError } from "@inference-ts/errors";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choosePictures } from "./picture-choice.ts";

const chosen = (options: Parameters<typeof choosePictures>[0], timesMs: readonly number[]) => {
  const isChosen = choosePictures(options);
  return timesMs.flatMap((time, index) => (isChosen(index, time) ? [index] : []));
};
const steady = (count: number, fps: number) => Array.from({ length: count }, (_, n) => (n * 1000) / fps);

describe("choosePictures", () => {
  test.each([
    [{}, [0, 1, 2, 3, 4, 5, 6]],
    [{ stride: 3 }, [0, 3, 6]],
    [{ maxFps: 10 }, [0, 3, 6]],
    [{ maxFps: 30 }, [0, 1, 2, 3, 4, 5, 6]],
    [{ maxFps: 1000 }, [0, 1, 2, 3, 4, 5, 6]],
    [{ stride: 2, maxFps: 10 }, [0, 4, 6]],
  ])("%o of pictures 1/30 s apart", (options, expected) => {
    expect(chosen(options, steady(7, 30))).toEqual(expected);
  });

  test("a rate counts by time, not by number of pictures", () => {
    expect(chosen({ maxFps: 2 }, [0, 10, 20, 499, 500, 510, 2000, 2010])).toEqual([0, 4, 6]);
  });

  test("in no stretch of n seconds there are more than n x maxFps pictures and one", () => {
    const steps = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 30 }), (gaps, maxFps) => {
        let now = 0;
        const times = gaps.map((gap) => {
          now += gap;
          return now;
        });
        const count = chosen({ maxFps }, times).length;
        expect(count).toBeLessThanOrEqual(Math.floor((now * maxFps) / 1000 + 1e-6) + 1);
        expect(count).toBeGreaterThan(times.length === 0 ? -1 : 0);
      }),
    );
  });

  test.each([{ stride: 0 }, { stride: 1.5 }, { stride: -1 }, { maxFps: 0 }, { maxFps: Number.NaN }])(
    "refuses %o",
    (options) => {
      expect(() => choosePictures(options)).toThrow(InvalidParameterError);
    },
  );
});
