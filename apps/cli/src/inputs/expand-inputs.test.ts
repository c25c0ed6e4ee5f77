import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorkplace, type Workplace } from "../testing/workplace.ts";
import { expandInputs } from "./expand-inputs.ts";

let place: Workplace;
beforeAll(() => {
  place = createWorkplace();
  for (const name of [
    "a2.png",
    "a10.png",
    "B.JPG",
    "notes.txt",
    "sub/deep/c.png",
    "odd[1].png",
    "empty/x.txt",
  ]) {
    place.write(name, "");
  }
  place.write("results/a2.annotated.png", "");
});
afterAll(() => place.remove());

const at = (...names: string[]) => names.map((name) => join(place.path, name));
const sourcesOf = async (args: readonly string[], options = {}) =>
  (await expandInputs(args, options)).map((input) => input.source);

test("a folder gives its pictures in natural order, deeper ones on demand", async () => {
  expect(await sourcesOf([place.path])).toEqual(at("a2.png", "a10.png", "B.JPG", "odd[1].png"));
  expect(await sourcesOf([place.path], { recursive: true })).toContain(join(place.path, "sub/deep/c.png"));
});

test("a folder's own results are no inputs, unless they are named", async () => {
  const outDir = join(place.path, "results");
  expect(await sourcesOf([place.path], { recursive: true, outDir })).not.toContain(
    join(outDir, "a2.annotated.png"),
  );
  expect(await sourcesOf([outDir], { outDir })).toEqual([join(outDir, "a2.annotated.png")]);
  expect(await sourcesOf([place.path], { outDir: place.path })).toHaveLength(4);
});

test("patterns, names with wildcard characters, URLs and stdin keep the order of the arguments", async () => {
  const url = "https://example.com/x.png?api_key=s3cret-key-1";
  const inputs = await expandInputs(["-", join(place.path, "a*.png"), url, ...at("odd[1].png")]);
  expect(inputs.map(({ kind, source }) => [kind, source])).toEqual([
    ["stdin", ""],
    ...at("a2.png", "a10.png").map((path) => ["file", path]),
    ["url", url],
    ["file", join(place.path, "odd[1].png")],
  ]);
  expect(inputs.map((input) => input.name).join()).not.toContain("s3cret");
});

test("what two arguments name is taken once", async () => {
  expect(
    await sourcesOf([...at("a2.png"), join(place.path, "./sub/../a2.png"), join(place.path, "a2*")]),
  ).toEqual(at("a2.png"));
});

test("a missing file stays in the list beside others", async () => {
  expect(await sourcesOf(at("none.png", "a2.png"))).toEqual(at("none.png", "a2.png"));
});

test.each([
  ["only missing files", ["none.png"], "none.png"],
  ["a missing file that is named twice", ["none.png", "./none.png"], "none.png"],
  ["a pattern that matches nothing", ["*.gif"], "*.gif"],
  ["a pattern that matches nothing beside a file", ["a2.png", "*.gif"], "*.gif"],
  ["a folder without pictures", ["empty"], "empty"],
])("%s is refused by name", async (_, names, shown) => {
  await expect(expandInputs(at(...names))).rejects.toThrow(join(place.path, shown));
});
