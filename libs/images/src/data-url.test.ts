import { expect, test } from "vitest";
import { decodeDataUrl } from "./data-url.ts";

const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString("latin1"));

test.each([
  ["data:image/png;base64,aGVsbG8=", "hello"],
  ["DATA:image/png;charset=x;BASE64,aGVs\nbG8", "hello"],
  ["  data:image/png;base64,aGVsbG8%3D \n", "hello"],
  ["data:text/plain,a%20b,c", "a b,c"],
  ["data:,", ""],
])("decodes %s", (url, expected) => expect(text(decodeDataUrl(url))).toBe(expected));

test.each([
  "data:image/png;base64",
  "data:image/png;base64,@@@@",
  "dat:image/png;base64,aGVsbG8=",
  "aGVsbG8=",
])("refuses %s", (url) => expect(decodeDataUrl(url)).toBeNull());
