import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundleForBrowser } from "./bundle-for-browser.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bundle-test-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(dir, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

test("counts what is used and nothing else", async () => {
  file(
    "lib.js",
    "export const used = 'yes'; export const unused = 'n'.repeat(9) + 'this text is not in the bundle';",
  );
  const bundle = await bundleForBrowser(file("index.js", 'export { used } from "./lib.js";'));
  expect(bundle.imports).toEqual([]);
  expect(bundle.packages).toEqual([]);
  expect(bundle.gzipBytes).toBeGreaterThan(20);
  expect(bundle.minifiedBytes).toBeLessThan(80);
});

test("sees a Node built-in behind a dynamic import of a shared file", async () => {
  file("shared.js", 'export const read = async () => (await import("./lazy.js")).read;');
  file("lazy.js", 'import { readFileSync } from "node:fs"; export const read = readFileSync;');
  const bundle = await bundleForBrowser(file("index.js", 'export { read } from "./shared.js";'));
  expect(bundle.imports).toEqual(["node:fs"]);
});

test("tells what is loaded at once from what is loaded on demand", async () => {
  const text = (seed: number) => Array.from({ length: 400 }, (_, n) => ((n + seed) * 7919) % 997).join("-");
  file("shared.js", `export const shared = "${text(1)}";`);
  file("later.js", `import { shared } from "./shared.js"; export const later = shared + "${text(2)}";`);
  const now = 'import { shared } from "./shared.js"; export const first = shared;';
  const alone = await bundleForBrowser(file("index.js", now));
  const both = await bundleForBrowser(
    file("index.js", `${now} export const load = () => import("./later.js");`),
  );
  expect(alone.onDemandGzipBytes).toBe(0);
  expect(both.onDemandGzipBytes).toBeGreaterThan(500);
  expect(both.gzipBytes - alone.gzipBytes).toBeLessThan(200);
  expect(both.imports).toEqual([]);
});

test("names the npm packages that are inside, and those that cannot be found", async () => {
  file("node_modules/inside/package.json", '{ "name": "inside", "type": "module", "exports": "./index.js" }');
  file("node_modules/inside/index.js", "export const inside = () => 'inside';");
  const text = 'export { inside } from "inside"; export const late = () => import("absent");';
  const bundle = await bundleForBrowser(file("index.js", text));
  expect(bundle.packages).toEqual(["inside"]);
  expect(bundle.imports).toEqual(["absent"]);
});
