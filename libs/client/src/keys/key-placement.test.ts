import { InvalidParameterError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { checkApiKey, placeKey } from "./key-placement.ts";

const nowhere = { header: false, query: false, body: false };

test.each([
  ["auto", "v0", true, { header: true, query: true, body: false }],
  ["auto", "v1", true, { header: true, query: false, body: true }],
  ["auto", "v1", false, { header: true, query: false, body: false }],
  ["header", "v0", true, { ...nowhere, header: true }],
  ["header", "v1", true, { ...nowhere, header: true }],
  ["legacy", "v0", true, { ...nowhere, query: true }],
  ["legacy", "v1", true, { ...nowhere, body: true }],
  ["legacy", "v1", false, { ...nowhere, query: true }],
  ["both", "v1", false, { header: true, query: true, body: false }],
  ["both", "v1", true, { header: true, query: false, body: true }],
] as const)("%s in %s, body %s", (transport, mode, hasBody, expected) => {
  expect(placeKey(transport, mode, hasBody)).toEqual(expected);
});

test("no key is no key; an empty or unsendable one is refused without being shown", () => {
  expect(checkApiKey(undefined)).toBeNull();
  expect(checkApiKey(null)).toBeNull();
  expect(checkApiKey("k&y=1 2/3+#%é")).toBe("k&y=1 2/3+#%é");
  for (const key of ["", "  ", "secret-1\n", "secret-☃"]) {
    expect(() => checkApiKey(key)).toThrow(InvalidParameterError);
    expect(() => checkApiKey(key)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("secret") }),
    );
  }
});
