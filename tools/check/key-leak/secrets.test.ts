import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { describeLeak, findLeaks, TEST_KEY, testKeys } from "./secrets.ts";

const bytes = Buffer.from(TEST_KEY);

test.each([
  ["plain", `GET /infer?api_key=${TEST_KEY}&x=1`],
  ["URL-encoded", `?api_key=${encodeURIComponent("a key/with+signs")}`, "a key/with+signs"],
  ["base64", `Basic ${bytes.toString("base64")}`],
  ["base64url", `x.${Buffer.from("subject?>key0").toString("base64url")}.y`, "subject?>key0"],
  ["hex", bytes.toString("hex")],
  ["Buffer", inspect(bytes)],
  ["list of bytes", inspect(new Uint8Array(bytes))],
  ["list of bytes", JSON.stringify([...bytes], null, 2)],
  ["list of bytes", JSON.stringify([...bytes])],
])("a key is found: %s", (form, text, key = TEST_KEY) => {
  const leaks = findLeaks(text, [key]);
  expect(leaks.map((leak) => leak.form)).toContain(form);
  for (const leak of leaks) expect(describeLeak(leak)).not.toContain(key);
});

test("text without a key is clean, whatever it is", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.includes(TEST_KEY));
      expect(findLeaks(text, [TEST_KEY])).toEqual([]);
    }),
  );
});

test("a key is found anywhere in any text", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      expect(findLeaks(before + TEST_KEY + after, [TEST_KEY])).toHaveLength(1);
    }),
  );
});

test("the keys of the tests are collected from their sources", () => {
  expect(testKeys(join(import.meta.dirname, "..", "..", ".."))).toContain(TEST_KEY);
});
