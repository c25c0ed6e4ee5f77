import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  AbortedError,
  EncodingError,
  ImageTooLargeError,
  InvalidInputFormatError,
} from "@inference-ts/errors";
import { type LoadImageOptions, loadImage } from "@inference-ts/images";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { nodeExtras } from "./node-extras.ts";
import { nodeImageRuntime } from "./node-image-runtime.ts";

const fixture = (name: string) => readFileSync(join(import.meta.dirname, "../../images/test/fixtures", name));
const quads = fixture("quads-64x48.png");
const runtime = nodeImageRuntime();
const load = (source: Parameters<typeof loadImage>[0], options: Partial<LoadImageOptions> = {}) =>
  loadImage(source, { runtime, ...options });

describe("sharp pipelines", () => {
  test("pixels by default, as JPEG; the pipeline stays usable", async () => {
    const pipeline = sharp(quads).resize(32, 24);
    expect(await load(pipeline)).toMatchObject({ format: "jpeg", size: { width: 32, height: 24 } });
    expect((await pipeline.toBuffer()).length).toBeGreaterThan(0);
  });

  test("encoded bytes where a format was chosen", async () => {
    expect(await load(sharp(quads).webp())).toMatchObject({ format: "webp" });
  });

  test("a failing pipeline is an EncodingError", async () => {
    await expect(load(sharp(fixture("not-an-image.txt")))).rejects.toBeInstanceOf(EncodingError);
  });
});

describe("canvases of canvas packages", () => {
  const canvas = (context: unknown) => ({ width: 2, height: 2, getContext: () => context });
  test("give their pixels", async () => {
    const data = new Uint8ClampedArray(16).fill(255);
    const image = await load(canvas({ getImageData: () => ({ data }) }));
    expect(image).toMatchObject({ format: "jpeg", size: { width: 2, height: 2 } });
  });
  test("need a 2d context", async () => {
    await expect(load(canvas(null))).rejects.toBeInstanceOf(EncodingError);
  });
});

describe("Node streams and async iterables", () => {
  const parts = [quads.subarray(0, 50), quads.subarray(50)];
  test.each([
    ["stream of objects", () => Readable.from(parts)],
    ["stream of bytes", () => Readable.from(parts, { objectMode: false })],
    [
      "generator",
      async function* () {
        yield* parts;
      },
    ],
  ])("%s", async (_, source) => {
    const image = await load(source());
    expect(image).toMatchObject({ format: "png", size: { width: 64, height: 48 } });
    expect(image.kind === "encoded-image" && Buffer.from(image.bytes).equals(quads)).toBe(true);
  });

  test("stop at the limit and are destroyed", async () => {
    const endless = new Readable({
      read() {
        this.push(new Uint8Array(1000));
      },
    });
    await expect(load(endless, { maxBytes: 5000 })).rejects.toBeInstanceOf(ImageTooLargeError);
    expect(endless.destroyed).toBe(true);
  });

  test("abort ends one that gives nothing", async () => {
    const asked = Promise.withResolvers<void>();
    const silent = new Readable({ read: () => asked.resolve() });
    const controller = new AbortController();
    const loading = load(silent, { signal: controller.signal });
    await asked.promise;
    controller.abort();
    await expect(loading).rejects.toBeInstanceOf(AbortedError);
    expect(silent.destroyed).toBe(true);
  });

  test("one that fails is one of our errors, without a key", async () => {
    const failing = new Readable({
      read() {
        this.destroy(new Error("GET https://a.test/?api_key=abcdefghijkl failed"));
      },
    });
    const error: unknown = await load(failing).catch((reason) => reason);
    expect(error).toBeInstanceOf(InvalidInputFormatError);
    expect(String(error)).toMatch(/broke off: .*a\.test/);
    expect(String(error)).not.toContain("abcdefghijkl");
  });

  test("text chunks are refused, a second reading too", async () => {
    const text = Readable.from(["abc"]);
    await expect(load(text)).rejects.toThrow(/gave a string instead of bytes/);
    const once = Readable.from(parts);
    await load(once);
    await expect(load(once)).rejects.toThrow(/was read before/);
  });
});

test.each([{}, new Map(), { data: 1, width: 1, height: 1 }])("%o is left to others", async (input) => {
  expect(await nodeExtras(input, { signal: new AbortController().signal, maxBytes: 1 })).toBeNull();
});
