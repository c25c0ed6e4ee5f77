import { expect, test } from "vitest";
import type { BundledFile } from "./bundle-for-browser.ts";
import { filesOfAnInference } from "./files-of-an-inference.ts";

const file = (name: string, code: string): BundledFile => ({
  name,
  code,
  gzipBytes: code.length,
  isAtOnce: name === "page.js",
  sources: [],
});

test("a file that is loaded by an inference counts, one that is not does not", async () => {
  const files = [
    file(
      "page.js",
      `globalThis.page = class {
        async infer(picture) {
          return (await import(typeof picture === "string" ? "./base64.js" : "./bytes.js")).result;
        }
        async inferEach() { return import("./lists.js"); }
        async [Symbol.asyncDispose]() {}
      };`,
    ),
    file("bytes.js", 'export { result } from "./both.js";'),
    file("base64.js", 'export { result } from "./both.js";'),
    file("both.js", "export const result = 1;"),
    file("lists.js", "export const lists = 1;"),
  ];
  const names = (await filesOfAnInference(files)).map(({ name }) => name);
  expect(names).toEqual(["page.js", "bytes.js", "base64.js", "both.js"]);
});

test("a page that fails to infer is an error, not a small page", async () => {
  const broken = file("page.js", "globalThis.page = class { async [Symbol.asyncDispose]() {} };");
  await expect(filesOfAnInference([broken])).rejects.toThrow(/infer is not a function/);
});
