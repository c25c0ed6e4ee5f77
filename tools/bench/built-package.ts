import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../process/run-command.ts";
import { entriesOf, ROOT, readManifest, SDK } from "../release/packages.ts";

/** Builds the package unless what is built is newer than everything it is made of. @throws Error when the build fails. */
export async function ensureBuilt(log: (line: string) => void): Promise<void> {
  const inputs = ["libs", "tools/release", "package-lock.json"].map((path) => join(ROOT, path));
  const outputs = entriesOf(readManifest(SDK.dir)).map(({ name }) =>
    join(ROOT, SDK.dir, "dist", `${name}.js`),
  );
  if (isNewer(outputs, inputs)) return;
  log("building the package");
  const { exitCode, output } = await runCommand(
    process.execPath,
    ["--conditions=source", "tools/release/build.ts"],
    {
      cwd: ROOT,
    },
  );
  if (exitCode !== 0) throw new Error(`The package does not build:\n${output}`);
}

/** Whether every output exists and is at least as new as the newest input; inputs may be folders. */
export function isNewer(outputs: readonly string[], inputs: readonly string[]): boolean {
  const built = outputs.map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.min(...built) >= Math.max(...inputs.map(newestIn));
}

const NOT_INPUT: ReadonlySet<string> = new Set(["node_modules", "dist", "dist-pack", "etc"]);

function newestIn(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return readdirSync(path)
    .filter((name) => !(NOT_INPUT.has(name) || /\.(test|test-d)\.ts$/.test(name)))
    .reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), 0);
}
