import { expect, test } from "vitest";
import { FramePairing } from "./frame-pairing.ts";
import { TrackOrigin } from "./track-origin.ts";

const LATE = 17_817;

test("a worker that begins late is found out, whichever comes first", () => {
  const resultFirst = new TrackOrigin();
  resultFirst.result(1, LATE);
  expect(resultFirst.offset).toBe(0);
  expect(resultFirst.picture(0)).toBe(LATE);
  expect(resultFirst.picture(3_000)).toBe(0);
  const pictureFirst = new TrackOrigin();
  expect(pictureFirst.picture(0)).toBe(0);
  pictureFirst.result(1, LATE);
  pictureFirst.result(2, LATE + 3_000);
  expect([resultFirst.offset, pictureFirst.offset]).toEqual([LATE, LATE]);
});

test.each([
  ["the first result is missing", 2, LATE, 0],
  ["both begin together, but for a tick", 1, 1, 0],
  ["the track counts from somewhere else", 1, LATE, LATE],
])("nothing is taken off where %s", (_name, frameId, result, picture) => {
  const origin = new TrackOrigin();
  origin.result(frameId, result);
  expect(origin.picture(picture)).toBe(0);
  expect(origin.offset).toBe(0);
});

test("results that wait move with the offset", () => {
  const pairing = new FramePairing<string, number>();
  for (const number of [0, 1, 2]) pairing.addResult(LATE + number * 3_000, number);
  pairing.moveResults(-LATE);
  expect(pairing.addFrame(0, "a")).toEqual([{ frame: "a", result: 0 }]);
  expect(pairing.addFrame(6_001, "c")).toEqual([{ frame: "c", result: 2 }]);
});
