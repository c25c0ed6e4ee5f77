import { expect, test } from "vitest";
import { namedInput, parameter } from "./named-values.ts";

test("inputs of a name are collected in order", () => {
  let inputs = namedInput("image=a.png", undefined);
  inputs = namedInput("mask=m.png", inputs);
  inputs = namedInput("image=https://host/b.png?x=1", inputs);
  expect([...inputs]).toEqual([
    ["image", ["a.png", "https://host/b.png?x=1"]],
    ["mask", ["m.png"]],
  ]);
});

test.each([
  ["confidence=0.5", 0.5],
  ["confidence=true", true],
  ['confidence=["a","b"]', ["a", "b"]],
  ["confidence=a = b", "a = b"],
  ['confidence="5"', "5"],
])("%s is read as JSON where it is JSON", (text, value) => {
  expect(parameter(text, { other: 1 })).toEqual({ other: 1, confidence: value });
});

test.each(["image", "=a.png", "image="])("%j is refused", (text) => {
  expect(() => namedInput(text, undefined)).toThrow("a name and a value with =");
  expect(() => parameter(text, undefined)).toThrow("a name and a value with =");
});

test("a parameter that is given twice is refused", () => {
  expect(() => parameter("a=1", { a: 2 })).toThrow('"a" is given twice');
});
