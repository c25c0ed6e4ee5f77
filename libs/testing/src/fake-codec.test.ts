import { readImageHeader } from "@inference-ts/images";
import { expect, test } from "vitest";
import { createFakeCodec } from "./fake-codec.ts";
import { drawShapes } from "./sandbox/shape-pictures.ts";

const pixels = drawShapes({
  width: 6,
  height: 4,
  shapes: [{ kind: "rectangle", colour: "red", x: 2, y: 2, width: 4, height: 2 }],
});

test.each(["png", "jpeg"] as const)(
  "%s: a header that anybody reads, pixels that come back",
  async (format) => {
    const codec = createFakeCodec();
    const bytes = await codec.encode(pixels, { format });
    expect(readImageHeader(bytes)).toEqual({
      format,
      size: { width: 6, height: 4 },
      orientation: 1,
      truncated: false,
    });
    expect(await codec.decode(bytes)).toEqual(pixels);
    expect(codec.calls).toEqual([`encode 6x4 ${format}`, "decode"]);
  },
);

test("resizes to exactly the asked size, and encodes to a size of its own", async () => {
  const codec = createFakeCodec();
  const half = { width: 3, height: 2 };
  const expected = drawShapes({
    ...half,
    shapes: [{ kind: "rectangle", colour: "red", x: 1, y: 1, width: 2, height: 1 }],
  });
  const resized = await codec.resize(await codec.encode(pixels, { format: "png" }), half, { format: "jpeg" });
  expect(await codec.decode(resized)).toEqual(expected);
  expect(await codec.decode(await codec.encode(pixels, { format: "png", size: half }))).toEqual(expected);
});

test("refuses what it did not write", async () => {
  await expect(createFakeCodec().decode(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({
    code: "ENCODING_FAILED",
  });
});
