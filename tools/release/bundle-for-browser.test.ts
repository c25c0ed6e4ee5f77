import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundleForBrowser, gzipBytesOf } from "./bundle-for-browser.ts";

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
  expect(bundle.files).toHaveLength(1);
  expect(bundle.files[0]?.code).toContain("yes");
  expect(bundle.files[0]?.code).not.toContain("not in the bundle");
  expect(gzipBytesOf(bundle.files)).toBeGreaterThan(20);
});

test("sees a Node built-in behind a dynamic import of a shared file", async () => {
  file("shared.js", 'export const read = async () => (await import("./lazy.js")).read;');
  file("lazy.js", 'import { readFileSync } from "node:fs"; export const read = readFileSync;');
  const bundle = await bundleForBrowser(file("index.js", 'export { read } from "./shared.js";'));
  expect(bundle.imports).toEqual(["node:fs"]);
});

test("tells what is loaded at once from what is loaded on demand, and from which sources", async () => {
  const text = (seed: number) => Array.from({ length: 400 }, (_, n) => ((n + seed) * 7919) % 997).join("-");
  file("shared.js", `export const shared = "${text(1)}";`);
  file("later.js", `import { shared } from "./shared.js"; export const later = shared + "${text(2)}";`);
  file("later.js.map", JSON.stringify({ sources: ["../../../images/src/load.ts"] }));
  const now = 'import { shared } from "./shared.js"; export const first = shared;';
  const sizes = async (code: string) => {
    const { files, imports } = await bundleForBrowser(file("index.js", code));
    expect(imports).toEqual([]);
    expect(files[0]?.isAtOnce).toBe(true);
    const later = files.filter(({ isAtOnce }) => !isAtOnce);
    const atOnce = files.filter(({ isAtOnce }) => isAtOnce);
    return { atOnce: gzipBytesOf(atOnce), later: gzipBytesOf(later), sources: later[0]?.sources };
  };
  const alone = await sizes(now);
  const both = await sizes(`${now} export const load = () => import("./later.js");`);
  expect(alone.later).toBe(0);
  expect(both.later).toBeGreaterThan(500);
  expect(both.atOnce - alone.atOnce).toBeLessThan(200);
  expect(both.sources).toEqual(["images/load.ts"]);
});

test("a page that imports one name is measured by what that name needs", async () => {
  file("lib.js", "export const small = 1; export const large = 'this text is large';");
  const path = file("index.js", 'export { large, small } from "./lib.js";');
  const [whole] = (await bundleForBrowser(path)).files;
  const [small] = (await bundleForBrowser(path, "small")).files;
  expect(whole?.code).toContain("large");
  expect(small?.code).not.toContain("large");
});

test("names the npm packages that are inside, and those that cannot be found", async () => {
  file("node_modules/inside/package.json", '{ "name": "inside", "type": "module", "exports": "./index.js" }');
  file("node_modules/inside/index.js", "export const inside = () => 'inside';");
  const text = 'export { inside } from "inside"; export const late = () => import("absent");';
  const bundle = await bundleForBrowser(file("index.js", text));
  expect(bundle.packages).toEqual(["inside"]);
  expect(bundle.imports).toEqual(["absent"]);
});
