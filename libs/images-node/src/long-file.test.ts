import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLongFile } from "./long-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "long-file-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function piecesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece.slice());
  return all;
}

test("gives a file in pieces of the wanted size, as often as wanted, by path and by URL", async () => {
  const path = join(folder, "a.bin");
  const bytes = Uint8Array.from({ length: 10 }, (_, index) => index);
  await writeFile(path, bytes);
  for (const source of [path, pathToFileURL(path)]) {
    const file = await openLongFile(source);
    expect(file?.byteLength).toBe(10);
    for (const size of [3, 5, 10, 99]) {
      const pieces = await piecesOf(file?.pieces(size) ?? fail());
      expect(pieces.flatMap((piece) => [...piece])).toEqual([...bytes]);
      expect(pieces.slice(0, -1).every((piece) => piece.length === size)).toBe(true);
    }
  }
});

test("an empty file has no pieces", async () => {
  const path = join(folder, "empty");
  await writeFile(path, "");
  const file = await openLongFile(path);
  expect(file?.byteLength).toBe(0);
  expect(await piecesOf(file?.pieces(4) ?? fail())).toEqual([]);
});

test("nothing there is null; a directory is refused", async () => {
  expect(await openLongFile(join(folder, "nothing"))).toBeNull();
  expect(await openLongFile("x".repeat(5000))).toBeNull();
  expect(await openLongFile("a\0b")).toBeNull();
  await mkdir(join(folder, "sub"));
  await expect(openLongFile(join(folder, "sub"))).rejects.toMatchObject({
    code: "INVALID_INPUT_FORMAT",
    message: expect.stringContaining("is a directory"),
  });
});

test("a file that changes before or while it is read is refused", async () => {
  const path = join(folder, "growing");
  await writeFile(path, "12345678");
  const file = await openLongFile(path);
  await appendFile(path, "9");
  await expect(piecesOf(file?.pieces(4) ?? fail())).rejects.toMatchObject({
    code: "INVALID_INPUT_FORMAT",
    message: expect.stringContaining("had 8 bytes and has 9 now"),
  });

  const cut = await openLongFile(path);
  const pieces = (cut?.pieces(4) ?? fail())[Symbol.asyncIterator]();
  await pieces.next();
  await writeFile(path, "1");
  await expect(pieces.next()).rejects.toMatchObject({ code: "INVALID_INPUT_FORMAT" });
});

function fail(): never {
  throw new Error("The file was not found.");
}
