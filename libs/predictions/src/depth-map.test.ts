import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDepthMap } from "./depth-map.ts";

describe("readDepthMap", () => {
  test("reads nested lists", async () => {
    const rows = [
      [0, 0.5, 1],
      [0.25, 0.75, 0],
    ];
    const map = await readDepthMap({ normalized_depth: rows });
    expect(map).toEqual({ width: 3, height: 2, data: Float32Array.from(rows.flat()) });
  });

  test.each([
    [8, 255],
    [16, 65_535],
  ] as const)("reads PNGs of %i bits, every row filter", async (bits, max) => {
    const picture = fc.record({
      width: fc.integer({ min: 1, max: 9 }),
      filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 6 }),
      seed: fc.integer({ min: 0, max: max }),
    });
    await fc.assert(
      fc.asyncProperty(picture, async ({ width, filters, seed }) => {
        const values = Array.from(
          { length: width * filters.length },
          (_, at) => (seed + at * 7_919) % (max + 1),
        );
        const map = await readDepthMap({ normalized_depth: greyPng(values, width, bits, filters) });
        expect(map).toEqual({
          width,
          height: filters.length,
          data: Float32Array.from(values, (value) => value / max),
        });
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [null, "normalized_depth"],
    ["bm90IGFuIGltYWdl", "normalized_depth"],
    [[[1], [1, 2]], "normalized_depth[1]"],
    [[[1, "far"]], "normalized_depth[0][1]"],
  ])("refuses %j and names the place", async (depth, path) => {
    await expect(readDepthMap({ normalized_depth: depth })).rejects.toMatchObject({
      code: "INVALID_RESPONSE",
      path,
    });
  });
});

/** A grey PNG in base64; `filters` holds the filter of every row. Checksums are left zero: they are not read. */
function greyPng(values: readonly number[], width: number, bits: 8 | 16, filters: readonly number[]): string {
  const step = bits / 8;
  const raw = values.flatMap((value) => (bits === 8 ? [value] : [value >> 8, value & 255]));
  const stride = width * step;
  const rows = filters.flatMap((filter, y) => {
    const byte = (row: number, x: number) => (row < 0 || x < 0 ? 0 : (raw[row * stride + x] ?? 0));
    const line = Array.from({ length: stride }, (_, x) => {
      const [left, up, upLeft] = [byte(y, x - step), byte(y - 1, x), byte(y - 1, x - step)];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter] ?? 0;
      return (byte(y, x) - guess) & 255;
    });
    return [filter, ...line];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(filters.length, 4);
  header.set([bits, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Uint8Array.from(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]).toString("base64");
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  return [left, up, upLeft].reduce((best, value) =>
    Math.abs(estimate - value) < Math.abs(estimate - best) ? value : best,
  );
}

function chunk(name: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name, "latin1"), data, Buffer.alloc(4)]);
}
