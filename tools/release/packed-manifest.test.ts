import { expect, test } from "vitest";
import { CLI, entriesOf, PUBLISHED, readManifest, SDK } from "./packages.ts";
import { packedManifest } from "./packed-manifest.ts";

test("drops workspace fields and the private condition, keeps the order of the others", () => {
  const packed = packedManifest({
    name: "p",
    version: "1.0.0",
    nx: { tags: [] },
    scripts: { test: "x" },
    devDependencies: { internal: "1" },
    exports: {
      ".": { source: "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    dependencies: { "openapi-fetch": "0.17.0" },
  });
  expect(packed).toEqual({
    name: "p",
    version: "1.0.0",
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    dependencies: { "openapi-fetch": "0.17.0" },
  });
  expect(Object.keys(packed.exports?.["."] ?? {})).toEqual(["types", "default"]);
});

test.each(PUBLISHED)("nothing private is left in the packed manifest of $dir", ({ dir }) => {
  const text = JSON.stringify(packedManifest(readManifest(dir)));
  expect(text).not.toContain('"source"');
  expect(text).not.toContain("./src/");
  expect(text).not.toContain("devDependencies");
});

test("the entries are those of the export map", () => {
  expect(entriesOf(readManifest(SDK.dir)).map((entry) => entry.subpath)).toEqual(
    expect.arrayContaining([".", "./node", "./predictions", "./drawing", "./schema", "./testing"]),
  );
  expect(entriesOf(readManifest(CLI.dir))).toEqual([
    { subpath: "bin infer", name: "main", source: "./src/main.ts" },
  ]);
});

test("an export without a source is refused", () => {
  const manifest = { name: "p", version: "1.0.0", exports: { "./x": { default: "./dist/x.js" } } };
  expect(() => entriesOf(manifest)).toThrow('the export "./x" needs');
});
