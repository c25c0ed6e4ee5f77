/** Size of the browser-safe entries as a web page would load them, against `budgets.json`. Needs a finished build. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleForBrowser } from "./bundle-for-browser.ts";
import { entriesOf, externalsOf, ROOT, readManifest, SDK } from "./packages.ts";

interface Budget {
  readonly entry: string;
  /** 1 kB = 1,000 bytes. */
  readonly maxGzipBytes: number;
}

const budgets: readonly Budget[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "budgets.json"), "utf8"),
);
const manifest = readManifest(SDK.dir);
const entries = entriesOf(manifest);
/** Code that may be inside: the runtime dependencies. An optional peer in a browser bundle is a mistake. */
const allowed = new Set(Object.keys(manifest.dependencies ?? {}));

const problems: string[] = [];
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(2)} kB`;

console.log(
  ["entry".padEnd(12), "minified".padStart(10), "gzip".padStart(10), "budget".padStart(10)].join(" "),
);
for (const { entry, maxGzipBytes } of budgets) {
  const known = entries.find(({ subpath }) => subpath === entry);
  if (known === undefined) {
    problems.push(`${entry}: no such entry in ${SDK.dir}/package.json`);
    continue;
  }
  const bundle = await bundleForBrowser(join(ROOT, SDK.dir, "dist", `${known.name}.js`));
  console.log(
    [
      entry.padEnd(12),
      ...[bundle.minifiedBytes, bundle.gzipBytes, maxGzipBytes].map((n) => kilobytes(n).padStart(10)),
    ].join(" "),
  );
  if (bundle.gzipBytes > maxGzipBytes) {
    problems.push(
      `${entry}: ${kilobytes(bundle.gzipBytes)} gzip is over the budget of ${kilobytes(maxGzipBytes)}`,
    );
  }
  if (bundle.imports.length > 0) {
    problems.push(
      `${entry}: a web page cannot resolve ${bundle.imports.map((name) => `"${name}"`).join(", ")}`,
    );
  }
  const foreign = bundle.packages.filter((name) => !allowed.has(name));
  if (foreign.length > 0) problems.push(`${entry}: holds code of ${foreign.join(", ")}`);
}
for (const problem of problems) console.log(`over budget: ${problem}`);
console.log(`external packages of the sdk: ${externalsOf(manifest).join(", ")}`);
process.exitCode = problems.length === 0 ? 0 : 1;
