import { Command, InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { confidence, fraction, limitOf, names, secondsAsMs, wholeNumber } from "./option-values.ts";

test("values are read", () => {
  expect([wholeNumber(0)("0"), wholeNumber(1)("12")]).toEqual([0, 12]);
  expect([fraction("0"), fraction("0.25"), fraction("1")]).toEqual([0, 0.25, 1]);
  expect([confidence("0.4"), confidence("best"), confidence("default")]).toEqual([0.4, "best", "default"]);
  expect([secondsAsMs("1.5"), secondsAsMs("none")]).toEqual([1500, Number.POSITIVE_INFINITY]);
  expect([limitOf(1500), limitOf(Number.POSITIVE_INFINITY), limitOf(undefined)]).toEqual([
    1500,
    null,
    undefined,
  ]);
});

test("a limit of none comes through the command line", () => {
  const command = new Command().option("--timeout <seconds>", "", secondsAsMs);
  const { timeout } = command.parse(["--timeout", "none"], { from: "user" }).opts();
  expect(limitOf(timeout)).toBeNull();
});

test("names are separated by commas and add up over uses", () => {
  expect(names("stop sign", names("red, blue", undefined))).toEqual(["red", "blue", "stop sign"]);
});

test.each([
  ["whole number", () => wholeNumber(1)("0")],
  ["whole number", () => wholeNumber(0)("1.5")],
  ["whole number", () => wholeNumber(0)("")],
  ["whole number", () => wholeNumber(0)("many")],
  ["0 to 1", () => fraction("NaN")],
  ["0 to 1", () => fraction("-0.1")],
  ["best", () => confidence("40")],
  ["seconds", () => secondsAsMs("0")],
  ["seconds", () => secondsAsMs("-3")],
  ["seconds", () => secondsAsMs("Infinity")],
  ["one name", () => names(" , ", undefined)],
])("what is not a %s is refused", (rule, read) => {
  expect(read).toThrow(InvalidArgumentError);
  expect(read).toThrow(rule);
});
