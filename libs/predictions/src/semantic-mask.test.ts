import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import answers from "../fixtures/server-answers.json" with { type: "json" };
import { decodeInferenceResult } from "./decode-inference.ts";
import { readGreyPng } from "./grey-png.ts";
import { readSemanticMask } from "./semantic-mask.ts";

function chunk(name: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}

/** A grey PNG whose rows use the given filters (0..4). */
function png(width: number, pixels: readonly number[], filters: readonly number[], depth = 8): string {
  const height = filters.length;
  const at = (x: number, y: number) => (x < 0 || y < 0 ? 0 : (pixels[y * width + x] ?? 0));
  const rows = filters.map((filter, y) =>
    Buffer.from([
      filter,
      ...Array.from({ length: width }, (_, x) => {
        const [a, b, c] = [at(x - 1, y), at(x, y - 1), at(x - 1, y - 1)];
        const distances = [a, b, c].map((value) => Math.abs(a + b - c - value));
        const paeth = [a, b, c][distances.indexOf(Math.min(...distances))] ?? 0;
        return (at(x, y) - ([0, a, b, (a + b) >> 1, paeth][filter] ?? 0)) & 255;
      }),
    ]),
  );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.of()),
  ];
  return Buffer.concat(parts).toString("base64");
}

test("every filter of PNG is undone", async () => {
  const pictures = fc.integer({ min: 1, max: 9 }).chain((width) =>
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 }).chain((filters) =>
      fc
        .array(fc.integer({ min: 0, max: 255 }), {
          minLength: width * filters.length,
          maxLength: width * filters.length,
        })
        .map((pixels) => ({ width, filters, pixels })),
    ),
  );
  await fc.assert(
    fc.asyncProperty(pictures, async ({ width, filters, pixels }) => {
      const mask = await readGreyPng(png(width, pixels, filters), "mask");
      expect(mask).toEqual({ width, height: filters.length, data: Uint8Array.from(pixels) });
    }),
    { numRuns: 50 },
  );
});

test.each([
  ["no base64", "***"],
  ["no PNG", btoa("not a picture")],
  ["a header that is cut off", btoa(`\x89PNG\r\n\x1a\n\0\0\0\0IHDR\0\0\0\0`)],
  ["16 bits", png(1, [0], [0], 16)],
  ["an unknown filter", png(1, [0], [7])],
  ["too few rows", png(2, [0, 0], [0]).slice(0, 40)],
])("%s is refused", async (_, text) => {
  await expect(readGreyPng(text, "mask")).rejects.toMatchObject({ code: "INVALID_RESPONSE", path: "mask" });
});

test("the masks of a real answer, in the size of the picture before downsizing", async () => {
  const count = (ids: Uint8Array, id: number) => ids.filter((value) => value === id).length;
  const sent = decodeInferenceResult(answers["infer-areas-batch"]);
  const original = decodeInferenceResult(answers["infer-areas-batch"], { scale: 0.5 });
  if (sent.task !== "semantic-segmentation" || original.task !== "semantic-segmentation")
    throw new Error(sent.task);
  const small = await readSemanticMask(sent);
  expect([small.width, small.height, count(small.classIds, 1)]).toEqual([64, 48, 400]);
  expect([...small.classNames]).toEqual([
    [0, "background"],
    [1, "red"],
    [2, "green"],
    [3, "blue"],
  ]);
  expect(small.confidences).toHaveLength(64 * 48);
  const large = await readSemanticMask(original);
  expect([large.width, large.height, count(large.classIds, 1)]).toEqual([128, 96, 1600]);
});

test.each([2 ** 53, -1, 0, 1.5, Number.POSITIVE_INFINITY, 2 ** 15])(
  "a picture that claims to be %d pixels wide gets no memory",
  async (width) => {
    const mask = png(1, [1], [0]);
    const predictions = { segmentation_mask: mask, confidence_mask: mask, class_map: { "0": "a" } };
    const result = decodeInferenceResult(
      { image: { width, height: 2 ** 15 }, predictions },
      { task: "semantic-segmentation" },
    );
    if (result.task !== "semantic-segmentation") throw new Error("another task");
    await expect(readSemanticMask(result)).rejects.toMatchObject({ code: "INVALID_RESPONSE", path: "image" });
  },
);
