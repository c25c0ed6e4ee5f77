import { PassThrough } from "node:stream";
import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { visiblePart, visibleText, writeShown } from "./visible-text.ts";

test.each([
  ["\u001b[2Jgone\u0007", "\\u001b[2Jgone\\u0007"],
  ["one\rtwo\u0000\u007f", "one\\u000dtwo\\u0000\\u007f"],
  ["\u009b31m\u0085", "\\u009b31m\\u0085"],
  ["\u202egnp.exe", "\\u202egnp.exe"],
  ["Größe\t1\n✓ 🦊", "Größe\t1\n✓ 🦊"],
])("%j is shown as %j", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test("a part of a line stays in its line", () => {
  expect(visiblePart("one\ntwo")).toBe("one\\ntwo");
});

property.prop([fc.string({ unit: "binary" })])(
  "JSON on a screen is the same JSON without controls",
  (text) => {
    const shown = visibleText(JSON.stringify({ text }));
    expect(JSON.parse(shown)).toEqual({ text });
    expect(shown).not.toMatch(/\p{Cc}/u);
  },
);

test.each([
  [true, "a\\u009bb"],
  [false, "a\u009bb"],
])("results on a screen (%s) are %j", (isTTY, shown) => {
  const stream = Object.assign(new PassThrough(), { isTTY });
  writeShown(stream, "a\u009bb");
  expect(String(stream.read())).toBe(shown);
});
