import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePythonJson } from "./python-json.ts";

describe("parsePythonJson", () => {
  test("reads the numbers that only Python writes", () => {
    expect(parsePythonJson('{"a": NaN, "b": [Infinity, -Infinity, 1]}')).toEqual({
      a: Number.NaN,
      b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1],
    });
  });

  test("leaves the same words inside strings and names alone", () => {
    expect(parsePythonJson(String.raw`{"NaN": "Infinity \" NaN", "x": NaN}`)).toEqual({
      NaN: 'Infinity " NaN',
      x: Number.NaN,
    });
  });

  test.each(["", "<html>", '{"a": ', '{"a": NaN', "NaNNaN", "Nan", '"NaN'])("refuses %j", (text) => {
    expect(() => parsePythonJson(text)).toThrow(SyntaxError);
  });

  test("gives what JSON.parse gives for every JSON text", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parsePythonJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
