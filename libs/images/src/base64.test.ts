import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64Length, encodeBase64Into } from "./base64.ts";
import { decodeBase64 } from "./decode-base64.ts";

const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

describe("encodeBase64Into", () => {
  test("writes what Node writes, at the offset, and nothing else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(10), (bytes, offset) => {
        const target = new Uint8Array(offset + base64Length(bytes.length) + 3).fill(7);
        const written = encodeBase64Into(bytes, target, offset);
        expect(written).toBe(base64Length(bytes.length));
        expect(Buffer.from(target).toString("latin1", offset, offset + written)).toBe(encoded(bytes));
        expect([...target.subarray(0, offset), ...target.subarray(offset + written)]).toEqual(
          Array(offset + 3).fill(7),
        );
      }),
    );
  });

  test("uses the runtime's own encoder where it has one, chunk by chunk", () => {
    const lengths: number[] = [];
    class BuiltIn extends Uint8Array {
      toBase64(): string {
        lengths.push(this.length);
        return encoded(this);
      }
    }
    const source = BuiltIn.from({ length: 200_001 }, (_, i) => (i * 31) % 256);
    const target = new Uint8Array(base64Length(source.length));
    encodeBase64Into(source, target, 0);
    expect(Buffer.from(target).toString("latin1")).toBe(encoded(source));
    expect(lengths.length).toBeGreaterThan(1);
    expect(lengths.slice(0, -1).every((length) => length % 3 === 0)).toBe(true);
  });

  test("refuses a target that is too small", () => {
    expect(() => encodeBase64Into(new Uint8Array(3), new Uint8Array(4), 1)).toThrow(RangeError);
  });
});

describe("decodeBase64", () => {
  test("reads both alphabets, with blanks and without padding", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom("", "\n", "\r\n", " "),
        fc.integer({ min: 1, max: 80 }),
        (bytes, urlSafe, padded, blank, line) => {
          let text = Buffer.from(bytes).toString(urlSafe ? "base64url" : "base64");
          if (!padded) text = text.replace(/=+$/, "");
          const lines = text.match(new RegExp(`.{1,${line}}`, "g")) ?? [];
          expect(decodeBase64(lines.join(blank) + blank)).toEqual(bytes);
        },
      ),
    );
  });

  test("refuses a character outside the alphabet wherever it stands", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 60 }),
        fc.constantFrom("!", ".", "%", ",", "é", "\u0000", "Ａ", "{"),
        fc.nat(100),
        (bytes, bad, at) => {
          const text = encoded(bytes);
          const cut = at % (text.length + 1);
          expect(decodeBase64(text.slice(0, cut) + bad + text.slice(cut))).toBeNull();
        },
      ),
    );
  });

  test.each(["A", "AAAAA", "AA=", "AAA==", "AAAA=", "=", "====", "AA==AA==", "AAA=A", "A==="])(
    "refuses %s",
    (text) => expect(decodeBase64(text)).toBeNull(),
  );

  test("the empty text is no bytes", () => expect(decodeBase64("")).toEqual(new Uint8Array()));
});
