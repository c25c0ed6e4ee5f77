import { describe, expect, test } from "vitest";
import { formatColor, parseColor } from "./palette.ts";

describe("colours", () => {
  test.each([
    ["#f00", [255, 0, 0, 255]],
    ["#abcd", [170, 187, 204, 221]],
    ["FfF0", [255, 255, 255, 0]],
    ["#a351fb80", [163, 81, 251, 128]],
  ])("%s has parts, one or two digits each", (text, parts) => {
    expect(parseColor(text)).toEqual(parts);
    expect(parseColor(formatColor(parseColor(text)))).toEqual(parts);
  });

  test.each(["#12", "#12345", "#1234567", "#ggg"])("%s is refused", (text) => {
    expect(() => parseColor(text)).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  });
});
