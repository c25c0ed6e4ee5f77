import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { InvalidInputFormatError } from "@inference-ts/errors";
import { expect, test } from "vitest";
import { pathOf } from "./file-path.ts";

test.each([
  "C:\\pictures\\a.jpg",
  "C:/pictures/a.jpg",
  "\\\\server\\share\\a.jpg",
  "http:a.jpg",
  "../a b.jpg",
])("the path %s is handed to the system as it is", (path) => {
  expect(pathOf(path)).toBe(path);
});

test("a file URL is decoded as the system writes paths", () => {
  const path = join(import.meta.dirname, "a b#c%20é.jpg");
  expect(pathOf(pathToFileURL(path))).toBe(path);
});

test("a URL of another machine, and a text that is too long, name no file", () => {
  expect(() => pathOf(new URL("file:///a%2Fb.jpg"))).toThrow(InvalidInputFormatError);
  expect(pathOf("9j/4".repeat(1100))).toBeNull();
});
