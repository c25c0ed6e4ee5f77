import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isNewer } from "./built-package.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "built-package-"));
  mkdirSync(join(folder, "src", "dist"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(path: string, changedAt: number): string {
  writeFileSync(join(folder, path), "");
  utimesSync(join(folder, path), changedAt, changedAt);
  return join(folder, path);
}

test("what is built is stale when it is missing or older than any source, tests and built files aside", () => {
  const inputs = [join(folder, "src")];
  const built = file("index.js", 200);
  file("src/a.ts", 100);
  file("src/a.test.ts", 300);
  file("src/dist/a.js", 300);
  expect(isNewer([built], inputs)).toBe(true);
  expect(isNewer([built, join(folder, "missing.js")], inputs)).toBe(false);
  file("src/b.ts", 201);
  expect(isNewer([built], inputs)).toBe(false);
});
