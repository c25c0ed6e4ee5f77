/** Size of the browser-safe entries as a web page would load them, against `budgets.json`. Needs a finished build. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleForBrowser } from "./bundle-for-browser.ts";
import { entriesOf, ROOT, readManifest, SDK } from "./packages.ts";

interface Budget {
  readonly entry: string;
  /** What a page waits for: the entry and its static imports. 1 kB = 1,000 bytes. */
  readonly maxGzipBytes: number;
  /** What is loaded on demand, in all. Default 0: everything counts above. */
  readonly maxOnDemandGzipBytes?: number;
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

const row = (...cells: readonly string[]) =>
  console.log(cells.map((cell, index) => (index === 0 ? cell.padEnd(12) : cell.padStart(12))).join(" "));

row("entry", "minified", "gzip", "budget", "on demand", "budget");
for (const { entry, maxGzipBytes, maxOnDemandGzipBytes = 0 } of budgets) {
  const known = entries.find(({ subpath }) => subpath === entry);
  if (known === undefined) {
    problems.push(`${entry}: no such entry in ${SDK.dir}/package.json`);
    continue;
  }
  const bundle = await bundleForBrowser(join(ROOT, SDK.dir, "dist", `${known.name}.js`));
  const { minifiedBytes, gzipBytes, onDemandGzipBytes } = bundle;
  row(
    entry,
    ...[minifiedBytes, gzipBytes, maxGzipBytes, onDemandGzipBytes, maxOnDemandGzipBytes].map(kilobytes),
  );
  for (const [what, bytes, max] of [
    ["loaded at once", gzipBytes, maxGzipBytes],
    ["loaded on demand", onDemandGzipBytes, maxOnDemandGzipBytes],
  ] as const) {
    if (bytes > max)
      problems.push(`${entry}: ${kilobytes(bytes)} gzip ${what}, the budget is ${kilobytes(max)}`);
  }
  if (bundle.imports.length > 0) {
    problems.push(
      `${entry}: a web page cannot resolve ${bundle.imports.map((name) => `"${name}"`).join(", ")}`,
    );
  }
  const foreign = bundle.packages.filter((name) => !allowed.has(name));
  if (foreign.length > 0) problems.push(`${entry}: holds code of ${foreign.join(", ")}`);
}
for (const problem of problems) console.log(`problem: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
