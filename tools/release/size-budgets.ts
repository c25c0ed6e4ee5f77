/**
 * Size of the browser-safe entries as a web page would load them, against `budgets.json`: what it waits for, what it has loaded
 * when the first results are there, and everything that it could load. Needs a finished build.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BundledFile, bundleForBrowser, gzipBytesOf } from "./bundle-for-browser.ts";
import { filesOfAnInference } from "./files-of-an-inference.ts";
import { entriesOf, ROOT, readManifest, SDK } from "./packages.ts";

/** A page and the most that it may load. 1 kB = 1,000 bytes. */
interface Budget {
  readonly entry: string;
  /** What the page imports from the entry; `*` for everything. */
  readonly import: string;
  /** The first file and its static imports. */
  readonly atOnce: number;
  /** The same and what inferences load besides, in both API modes. Left out where nothing can be inferred. */
  readonly inference?: number;
  /** Every file. */
  readonly everything: number;
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

function measure(what: string, name: string, files: readonly BundledFile[], max: number): void {
  const bytes = gzipBytesOf(files);
  console.log(
    [
      what.padEnd(34),
      name.padEnd(11),
      kilobytes(bytes).padStart(9),
      "budget",
      kilobytes(max).padStart(9),
    ].join("  "),
  );
  if (bytes > max)
    problems.push(`${what}: ${kilobytes(bytes)} gzip ${name}, the budget is ${kilobytes(max)}`);
}

/** What is loaded on demand, by the sources that bring most of it. */
function listOnDemand(files: readonly BundledFile[], ofInference: ReadonlySet<BundledFile>): void {
  const later = files.filter((file) => !file.isAtOnce).sort((one, other) => other.gzipBytes - one.gzipBytes);
  for (const file of later) {
    const [first = "the bundler's own code", second, ...more] = file.sources;
    const others = more.length === 0 ? "" : ` and ${more.length} more`;
    const inside = second === undefined ? first : `${first}, ${second}${others}`;
    console.log(`  ${kilobytes(file.gzipBytes).padStart(8)}  ${ofInference.has(file) ? "*" : " "} ${inside}`);
  }
}

for (const { entry, import: name, atOnce, inference, everything } of budgets) {
  const known = entries.find(({ subpath }) => subpath === entry);
  if (known === undefined) {
    problems.push(`${entry}: no such entry in ${SDK.dir}/package.json`);
    continue;
  }
  const what = `import ${name} from "${entry}"`;
  const { files, imports, packages } = await bundleForBrowser(
    join(ROOT, SDK.dir, "dist", `${known.name}.js`),
    name,
  );
  measure(
    what,
    "at once",
    files.filter((file) => file.isAtOnce),
    atOnce,
  );
  if (inference !== undefined) {
    const ofInference = await filesOfAnInference(files);
    measure(what, "with infer", ofInference, inference);
    listOnDemand(files, new Set(ofInference));
  }
  measure(what, "everything", files, everything);
  if (imports.length > 0) {
    problems.push(
      `${what}: a web page cannot resolve ${imports.map((imported) => `"${imported}"`).join(", ")}`,
    );
  }
  const foreign = packages.filter((inside) => !allowed.has(inside));
  if (foreign.length > 0) problems.push(`${what}: holds code of ${foreign.join(", ")}`);
}
console.log("* loaded by infer");
for (const problem of problems) console.log(`problem: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
