import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { AbortedError, InvalidInputFormatError } from "@inference-ts/errors";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FindImagesOptions, findImages } from "./find-images.ts";
import { compareNames } from "./natural-order.ts";

let root = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "find-images-"));
  for (const folder of ["sub/deep", "empty", "with [brackets]"])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of [
    "a10.jpg",
    "a2.jpg",
    "B.PNG",
    "c.jpeg",
    "notes.txt",
    ".hidden.png",
    "scan.raw",
    "sub/z1.webp",
    "sub/deep/y.gif",
    "with [brackets]/x.png",
  ]) {
    writeFileSync(join(root, file), "");
  }
  symlinkSync(root, join(root, "sub", "loop"));
  symlinkSync(join(root, "a2.jpg"), join(root, "sub", "again.jpg"));
  symlinkSync(join(root, "nowhere.jpg"), join(root, "sub", "dead.jpg"));
});
afterAll(() => rmSync(root, { recursive: true }));

async function find(path: string, options: FindImagesOptions = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const file of findImages(join(root, path), options))
    found.push(relative(root, file).replaceAll("\\", "/"));
  return found;
}

test("a folder, in natural order, with real letter case", async () => {
  expect(await find("")).toEqual(["a2.jpg", "a10.jpg", "B.PNG", "c.jpeg"]);
});

test("folders inside it, each file once, without going in circles", async () => {
  expect(await find("", { recursive: true })).toEqual([
    "a2.jpg",
    "a10.jpg",
    "B.PNG",
    "c.jpeg",
    "sub/deep/y.gif",
    "sub/z1.webp",
    "with [brackets]/x.png",
  ]);
  expect(await find("sub", { recursive: true })).toEqual([
    "sub/again.jpg",
    "sub/deep/y.gif",
    "sub/loop/a10.jpg",
    "sub/loop/B.PNG",
    "sub/loop/c.jpeg",
    "sub/loop/with [brackets]/x.png",
    "sub/z1.webp",
  ]);
  expect(await find("sub", { recursive: true, followSymlinks: false })).toEqual([
    "sub/deep/y.gif",
    "sub/z1.webp",
  ]);
});

test("one file, whatever its ending, also with pattern characters in its path", async () => {
  expect(await find("notes.txt")).toEqual(["notes.txt"]);
  expect(await find("with [brackets]/x.png")).toEqual(["with [brackets]/x.png"]);
});

test("patterns", async () => {
  expect(await find("sub/*.*")).toEqual(["sub/again.jpg", "sub/z1.webp"]);
  expect(await find("sub/*.*", { followSymlinks: false })).toEqual(["sub/z1.webp"]);
  expect(await find("*.jp*g")).toEqual(["a2.jpg", "a10.jpg", "c.jpeg"]);
  expect(await find("*")).toEqual(["a2.jpg", "a10.jpg", "B.PNG", "c.jpeg"]);
  expect(await find("*.raw")).toEqual(["scan.raw"]);
  expect(await find("{sub,empty}/**/*.{gif,webp}")).toEqual(["sub/deep/y.gif", "sub/z1.webp"]);
});

test("other endings", async () => {
  expect(await find("", { extensions: [".RAW", "txt"] })).toEqual(["notes.txt", "scan.raw"]);
});

test.each(["none.jpg", "none", "a2.jpg/x", "empty", "*.xyz"])(
  "%s: nothing there is an error that names it",
  async (path) => {
    const error: unknown = await find(path).catch((reason) => reason);
    expect(error).toBeInstanceOf(InvalidInputFormatError);
    expect(error).toMatchObject({ message: expect.stringContaining(path) });
  },
);

test("abort", async () => {
  await expect(find("", { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
});

test("the order of names is total", () => {
  const name = fc.stringMatching(/^[aAbB0-9]{1,4}$/);
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(compareNames(a, b))).toBe(-Math.sign(compareNames(b, a)) + 0);
      expect(compareNames(a, b) === 0).toBe(a === b);
      if (compareNames(a, b) <= 0 && compareNames(b, c) <= 0)
        expect(compareNames(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});
