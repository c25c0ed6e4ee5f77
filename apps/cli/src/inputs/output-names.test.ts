import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { Input } from "./input.ts";
import { outputNames } from "./output-names.ts";

const file = (source: string, base: string): Input => ({ kind: "file", name: source, source, base });
const url = (source: string): Input => ({ kind: "url", name: source, source, base: "" });
const stdin: Input = { kind: "stdin", name: "stdin", source: "", base: "" };

describe("without collisions", () => {
  test.each<[Input, string]>([
    [file("shots/street.jpg", "shots"), "street"],
    [file("shots/deep/street.v2.jpg", "shots"), "deep/street.v2"],
    [file("../other/street.jpg", "../other"), "street"],
    [file("elsewhere/street.jpg", "shots"), "street"],
    [file("shots/.jpg", "shots"), ".jpg"],
    [url("https://example.com/a/street%20one.jpg?size=2"), "street_one"],
    [url("https://example.com/"), "example.com"],
    [url(`https://example.com/${"a".repeat(300)}.jpg`), "a".repeat(100)],
    [stdin, "stdin"],
  ])("%j is %s", (input, name) => {
    expect(outputNames([input])).toEqual([name]);
  });
});

test("inputs that want the same name are all told apart, whatever their order", () => {
  const inputs = [file("a/1.jpg", "a"), file("b/1.png", "b"), file("b/2.png", "b"), file("c/1.JPG", "c")];
  const names = outputNames(inputs);
  expect(names[2]).toBe("2");
  for (const name of [names[0], names[1], names[3]]) expect(name).toMatch(/^1-[0-9a-f]{8}$/);
  expect(new Set(names).size).toBe(4);
  expect(outputNames(inputs.toReversed())).toEqual(names.toReversed());
});

const part = fc.constantFrom("a", "A", "b", "b.x", "c");
const path = fc
  .tuple(part, part, fc.constantFrom(".jpg", ".png"))
  .map(([a, b, ending]) => `in/${a}/${b}${ending}`);
property.prop([fc.uniqueArray(path, { maxLength: 20 }), fc.constantFrom("in", "in/a")])(
  "no two inputs get the same name on a file system that ignores case",
  (paths, base) => {
    const names = outputNames(paths.map((source) => file(source, base)));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(paths.length);
    for (const name of names) expect(name).not.toMatch(/^\/|(^|\/)\.\.(\/|$)/);
  },
);
