import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AbortedError, ImageTooLargeError, InvalidInputFormatError } from "@inference-ts/errors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeFileReader } from "./file-reader.ts";

let root = "";
const reader = nodeFileReader();
const options = { signal: new AbortController().signal, maxBytes: 100_000 };
const read = (name: string, more = {}) => reader.read(join(root, name), { ...options, ...more });

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "images-node-"));
  mkdirSync(join(root, "folder"));
  writeFileSync(
    join(root, "a b.bin"),
    Uint8Array.from({ length: 70_000 }, (_, i) => i),
  );
  writeFileSync(join(root, "empty"), "");
});
afterAll(() => rmSync(root, { recursive: true }));

test("reads a whole file", async () => {
  const bytes = await read("a b.bin");
  expect(bytes).toEqual(Uint8Array.from({ length: 70_000 }, (_, i) => i));
  expect(await read("empty")).toEqual(new Uint8Array());
});

test("tells directories and missing files apart", async () => {
  await expect(read("folder")).rejects.toThrow(/folder is a directory/);
  for (const name of ["none.png", "a b.bin/below", "x".repeat(300), "nul\0byte", "9j/".repeat(1000)]) {
    expect(await read(name)).toBeNull();
  }
});

test("the limit is checked before the content is read", async () => {
  await expect(read("a b.bin", { maxBytes: 69_999 })).rejects.toBeInstanceOf(ImageTooLargeError);
  expect(await read("a b.bin", { maxBytes: 70_000 })).toBeInstanceOf(Uint8Array);
});

test("abort ends the reading", async () => {
  await expect(read("a b.bin", { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
});

test.runIf(process.platform !== "win32")("a device without an end stops at the limit", async () => {
  await expect(reader.read("/dev/zero", options)).rejects.toBeInstanceOf(ImageTooLargeError);
});

test.runIf(process.platform !== "win32")(
  "a descriptor is closed once, so that nobody else's is",
  async () => {
    const path = join(root, "a b.bin");
    for (let round = 0; round < 100; round++) {
      const refused = Promise.allSettled([1, 2, 3, 4].map(() => reader.read("/dev/zero", options)));
      const others = Promise.all([1, 2, 3, 4].map(() => readFile(path)));
      expect((await refused).map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
      expect((await others).map(({ length }) => length)).toEqual(Array(4).fill(70_000));
    }
  },
);

test.runIf(process.platform !== "win32")("a named pipe is read to its end", async () => {
  execFileSync("mkfifo", [join(root, "pipe")]);
  const reading = read("pipe");
  writeFileSync(join(root, "pipe"), "from a pipe");
  expect(Buffer.from((await reading) as Uint8Array).toString()).toBe("from a pipe");
});

test.runIf(process.platform !== "win32")("pipes that nobody writes to keep no thread", async () => {
  const names = Array.from({ length: 8 }, (_, index) => `silent-${index}`);
  execFileSync(
    "mkfifo",
    names.map((name) => join(root, name)),
  );
  const waiting = new AbortController();
  const refused = Promise.allSettled(names.map((name) => read(name, { signal: waiting.signal })));
  // The pool has four threads.
  expect(await read("a b.bin")).toHaveLength(70_000);
  waiting.abort();
  for (const outcome of await refused) {
    expect(outcome).toMatchObject({ status: "rejected", reason: expect.any(AbortedError) });
  }
});

test.runIf(process.platform !== "win32")("a pipe is read up to the limit", async () => {
  execFileSync("mkfifo", [join(root, "long-pipe")]);
  const refused = expect(read("long-pipe", { maxBytes: 10 })).rejects.toBeInstanceOf(ImageTooLargeError);
  const writer = spawn("sh", ["-c", 'head -c 100000 /dev/zero > "$0"', join(root, "long-pipe")]);
  await refused;
  await once(writer, "close");
});

test.runIf(process.getuid !== undefined && process.getuid() !== 0)(
  "no permission is one of our errors",
  async () => {
    writeFileSync(join(root, "secret"), "x");
    chmodSync(join(root, "secret"), 0);
    await expect(read("secret")).rejects.toBeInstanceOf(InvalidInputFormatError);
  },
);

test("file URLs are read, those of other machines refused", async () => {
  expect(await reader.read(pathToFileURL(join(root, "a b.bin")), options)).toHaveLength(70_000);
  await expect(reader.read(new URL("file://other-host/a.png"), options)).rejects.toBeInstanceOf(
    InvalidInputFormatError,
  );
});
