import { base64Length, decodeBase64 } from "@inference-ts/images";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nodeBase64Decoder, nodeBase64Writer } from "./node-base64.ts";

test("writes at the offset, into a view of a larger buffer, chunk after chunk", () => {
  for (const length of [0, 1, 2, 3, 12_287, 12_288, 12_289, 100_000]) {
    const source = Uint8Array.from({ length: length + 2 }, (_, i) => (i * 7919) >> 3).subarray(2);
    const target = new Uint8Array(base64Length(length) + 12).fill(7).subarray(5);
    expect(nodeBase64Writer(source, target, 4)).toBe(base64Length(length));
    const text = Buffer.from(target).toString("latin1", 4, 4 + base64Length(length));
    expect(text).toBe(Buffer.from(source).toString("base64"));
    expect([...target.subarray(0, 4), ...target.subarray(-3)]).toEqual(Array(7).fill(7));
  }
  expect(() => nodeBase64Writer(new Uint8Array(3), new Uint8Array(4), 1)).toThrow(RangeError);
});

test("decodes and refuses exactly what the decoder of any runtime does", () => {
  const character = fc.constantFrom(..."AQgw+/-_=\n .é", "😀");
  fc.assert(
    fc.property(fc.array(character, { maxLength: 16 }), (characters) => {
      const text = characters.join("");
      const [fast, slow] = [nodeBase64Decoder(text), decodeBase64(text)];
      expect(fast === null ? null : [...fast]).toEqual(slow === null ? null : [...slow]);
    }),
    { numRuns: 5000 },
  );
});
