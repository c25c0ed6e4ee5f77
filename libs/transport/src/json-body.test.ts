import { InvalidParameterError } from "@inference-ts/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BodyHole, writeHoleBody, writeJsonBody } from "./json-body.ts";

const hole = (text: string) =>
  new BodyHole(text.length, (target, offset) => {
    target.set(new TextEncoder().encode(text), offset);
  });
const read = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

test("writes holes as strings in place, whatever surrounds them", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.base64String()), fc.string(), (value, texts, key) => {
      const name = `x${key}`;
      const body = writeJsonBody({ before: value, [name]: texts.map(hole), after: value });
      const expected = JSON.parse(JSON.stringify({ before: value, [name]: texts, after: value }));
      expect(read(body)).toEqual(expected);
    }),
  );
});

test("a hole outside of a body never shows its content", () => {
  expect(JSON.stringify({ image: hole("c2VjcmV0") })).toBe('{"image":"<8 bytes>"}');
});

test("a bare hole is the whole body", () => {
  expect(new TextDecoder().decode(writeHoleBody(hole("QUJD")))).toBe("QUJD");
});

test("values that JSON cannot hold are refused, and the next body is unaffected", () => {
  const cycle: Record<string, unknown> = { image: hole("AAAA") };
  cycle.self = cycle;
  expect(() => writeJsonBody(cycle)).toThrow(InvalidParameterError);
  expect(() => writeJsonBody({ n: 1n })).toThrow(InvalidParameterError);
  expect(() => writeJsonBody(undefined)).toThrow(InvalidParameterError);
  expect(read(writeJsonBody({ image: hole("AAAA") }))).toEqual({ image: "AAAA" });
});
