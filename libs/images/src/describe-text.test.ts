import { expect, test } from "vitest";
import { describeText, shownName } from "./describe-text.ts";

test.each([
  "no-such-file.png",
  "pictures/2024-11-21T10_00_00.jpeg",
  "/data/pictures/Camera01/2024",
  "./Camera0123456789",
  "C:\\pictures\\Camera0123456789",
  "\\\\server\\share\\Camera0123456789",
  "~/Camera0123456789abc",
  "a picture of 2 cats and a dog",
  "camera-of-the-north-gate",
  "Camera01",
  "",
])("%j is shown", (text) => {
  expect(describeText(text)).toBe(`"${text}"`);
});

test.each([
  ["a key", "Ab3dEf9hIjKlMnOpQrSt"],
  ["a token", "hf_test0123456789abcd"],
  ["a web token", "eyJhbGciOi1.eyJzdWIiOiIx.SflKxwRJSMeKKF2QT4fw"],
  ["base64 of a cut PNG", "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf"],
  ["base64 of a cut JPEG", "/9j/4AAQSkZJRgABAQEASABIAAD/"],
  ["the same with blanks", "  /9j/4AAQSkZJRgABAQEASABIAAD/\n"],
  ["long base64", "QUJD".repeat(100)],
  ["a long text", "word ".repeat(50)],
])("%s is not", (_name, text) => {
  expect(describeText(text)).toBe(`of ${text.length} characters (not shown: it may be base64 or a key)`);
});

test("names are shown up to a length, without keys", () => {
  expect(shownName("a/b.jpg?api_key=abcdefghijkl")).not.toContain("abcdefghijkl");
  expect(shownName("a".repeat(201))).toBe(`${"a".repeat(40)}... (201 characters)`);
});
