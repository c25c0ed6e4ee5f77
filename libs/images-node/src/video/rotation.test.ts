import { describe, expect, test } from "vitest";
import { rotateRgb, turnsOfDisplayMatrix } from "./rotation.ts";

const ONE = 65_536;
const bytes = (...numbers: number[]) =>
  new Uint8Array(Int32Array.from({ length: 9 }, (_, at) => numbers[at] ?? 0).buffer);

test.each([
  ["none", null, 0],
  ["too short", new Uint8Array(8), 0],
  ["all zero", bytes(), 0],
  ["upright", bytes(ONE, 0, 0, 0, ONE), 0],
  ["a phone held upright", bytes(0, ONE, 0, -ONE, 0), 1],
  ["upside down", bytes(-ONE, 0, 0, 0, -ONE), 2],
  ["the other way", bytes(0, -ONE, 0, ONE, 0), 3],
] as const)("display matrix: %s", (_, matrix, turns) => {
  expect(turnsOfDisplayMatrix(matrix)).toBe(turns);
});

describe("rotateRgb", () => {
  // 3 x 2 pixels: a b c / d e f
  const letters = (text: string) =>
    Uint8Array.from(text.split("").flatMap((letter) => [letter.charCodeAt(0), 1, 2]));
  const picture = { width: 3, height: 2, channels: 3, data: letters("abcdef") } as const;

  test.each([
    [0, 3, 2, "abcdef"],
    [1, 2, 3, "daebfc"],
    [2, 3, 2, "fedcba"],
    [3, 2, 3, "cfbead"],
  ] as const)("%i quarter turns clockwise", (turns, width, height, expected) => {
    expect(rotateRgb(picture, turns)).toEqual({ width, height, channels: 3, data: letters(expected) });
  });
});
