import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readImageHeader } from "./image-header.ts";
import { isWholePng } from "./png.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../test/fixtures", name)));

test.each(["quads-64x48.png", "palette-40x30.png"])("%s is whole, and no part of it is", (name) => {
  const bytes = fixture(name);
  expect(isWholePng(bytes)).toBe(true);
  for (let length = 0; length < bytes.length; length += 1)
    expect(isWholePng(bytes.subarray(0, length))).toBe(false);
});

test("other formats are none", () => expect(isWholePng(fixture("quads-64x48.jpg"))).toBe(false));

test("says the same as the header, whatever is damaged", () => {
  const whole = fixture("quads-64x48.png");
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 4 });
  fc.assert(
    fc.property(damage, fc.nat(whole.length), (changes, length) => {
      const bytes = whole.slice(0, length);
      for (const [at, value] of changes) if (at < length) bytes[at] = value;
      const header = readImageHeader(bytes);
      const expected = header?.format === "png" && !header.truncated && header.size !== null;
      expect(isWholePng(bytes)).toBe(expected);
    }),
  );
});
