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
    [url("https://example.com/con.jpg"), "con_"],
    [url("https://example.com/LPT1.old.jpg"), "LPT1_.old"],
    [url("https://example.com/console.jpg"), "console"],
    [stdin, "stdin"],
  ])("%j is %s", (input, name) => {
    expect(outputNames([input])).toEqual([name]);
  });
});

test("names that leave no room for the endings of results are cut, and stay different", () => {
  const long = "ü".repeat(120);
  const inputs = [file(`shots/${long}1.jpg`, "shots"), file(`shots/deep/${long}2.jpg`, "shots")];
  const [first = "", second = ""] = outputNames(inputs);
  expect(first).toMatch(/^ü{50,}-[0-9a-f]{8}$/);
  expect(second).toMatch(/^deep\/ü{50,}-[0-9a-f]{8}$/);
  expect(second.slice(-8)).not.toBe(first.slice(-8));
  for (const name of [first, second]) {
    expect(Buffer.byteLength(`${name.replace("deep/", "")}.annotated.jpg`)).toBeLessThanOrEqual(255);
  }
});

test("letters of two halves are not cut in two", () => {
  for (const start of ["", "a", "ab", "abc"]) {
    const [name = ""] = outputNames([file(`shots/${start}${"🦊".repeat(60)}.jpg`, "shots")]);
    expect(name.isWellFormed()).toBe(true);
  }
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
