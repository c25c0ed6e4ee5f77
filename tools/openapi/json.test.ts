import { InvalidParameterError } from "@inference-ts/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical, childAt, parseJson, pointerSteps, toPointer } from "./json.ts";

test("a pointer and its steps are the same thing, whatever is in a name", () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (steps) => {
      expect(pointerSteps(toPointer(steps))).toEqual(steps);
    }),
  );
  expect(pointerSteps("/paths/~1infer~1a/x~0y")).toEqual(["paths", "/infer/a", "x~y"]);
  expect(() => pointerSteps("paths")).toThrow(InvalidParameterError);
});

test("canonical text ignores the order of keys and keeps the order of arrays", () => {
  expect(canonical({ b: 1, a: { d: 1, c: 2 } })).toBe(canonical({ a: { c: 2, d: 1 }, b: 1 }));
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
});

test("a child is looked up among own names and plain indexes only", () => {
  expect(childAt({ a: 1 }, "a")).toBe(1);
  expect(childAt({ a: 1 }, "toString")).toBeUndefined();
  expect(childAt([5, 6], "1")).toBe(6);
  expect(childAt([5, 6], "length")).toBeUndefined();
  expect(childAt([5, 6], "01")).toBeUndefined();
});

test("text that is no JSON is named by its beginning", () => {
  expect(() => parseJson("<html>\n<b>busy</b>", "http://host/openapi.json")).toThrow(
    'http://host/openapi.json is not JSON: it starts with "<html> <b>busy</b>".',
  );
});
