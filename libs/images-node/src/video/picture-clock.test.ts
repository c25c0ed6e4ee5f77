import { expect, test } from "vitest";
import { PictureClock } from "./picture-clock.ts";

const NONE = -1n;
const ticks = { tickMs: 1000 / 90_000, pictureMs: 20 };
const times = (stamps: readonly bigint[], pictureMs: number | null = ticks.pictureMs) => {
  const clock = new PictureClock({ ...ticks, pictureMs }, NONE);
  return stamps.map((stamp) => Math.round(clock.at(stamp) * 1000) / 1000);
};

test("times count from the first picture, whatever its timestamp", () => {
  expect(times([900_000n, 903_000n, 990_000n])).toEqual([0, 33.333, 1000]);
});

test("a picture without a timestamp follows at the video's rate", () => {
  expect(times([0n, NONE, NONE, 9_000n])).toEqual([0, 20, 40, 100]);
});

test("the first timestamp after pictures without one continues them", () => {
  expect(times([NONE, NONE, 90_000n, 91_800n])).toEqual([0, 20, 40, 60]);
});

test("a video that tells no rate is taken for 25 pictures a second", () => {
  expect(times([NONE, NONE, NONE], null)).toEqual([0, 40, 80]);
});
