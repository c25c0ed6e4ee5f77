import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "tsdown";
import {
  entriesOf,
  externalsOf,
  type PublishedPackage,
  ROOT,
  readManifest,
  STAGING_DIR,
} from "./packages.ts";
import { packedManifest } from "./packed-manifest.ts";

/** Oldest Node that consumers may use: `engines.node` of the published packages. */
const TARGET = "node22.12";

/**
 * Name of a file of code that several entries share: the library most of it comes from, and a hash of what is inside. Numbered
 * names would depend on which file the bundler finished first. In a folder of its own, it never takes the name of an entry.
 */
function sharedFileName(moduleIds: readonly string[]): string {
  const modules = moduleIds.map((id) => relative(ROOT, id).replaceAll("\\", "/")).sort();
  const libs = modules.map((path) => /^libs\/([^/]+)\//.exec(path)?.[1] ?? "code").sort();
  const often = Map.groupBy(libs, (lib) => lib);
  const lib = [...often].reduce(
    (most, next) => (next[1].length > most[1].length ? next : most),
    ["code", [""]],
  )[0];
  const hash = createHash("sha256").update(modules.join("\n")).digest("hex").slice(0, 8);
  return `shared/${lib}-${hash}.js`;
}

/** What every page loads first, whichever entry it uses. */
const FIRST_LOAD =
  /[\\/]libs[\\/](errors[\\/]src[\\/](classes|http-call-error|inference-error|route-not-available-error)|transport[\\/]src[\\/]clock)\.ts$/;

/** Files of the workspace's top level that belong into every tarball. */
const TOP_LEVEL_FILES = ["README.md", "LICENSE"];

/**
 * Builds one package into `outDir`. The workspace's own libraries are bundled from their sources, everything the consumer
 * installs stays an import. All entries are one build, so that a class exists once however many entries a program imports.
 */
export async function buildPackage(pkg: PublishedPackage, outDir: string): Promise<void> {
  const manifest = readManifest(pkg.dir);
  const external = externalsOf(manifest);
  rmSync(outDir, { recursive: true, force: true });
  await build({
    config: false,
    cwd: join(ROOT, pkg.dir),
    entry: Object.fromEntries(entriesOf(manifest).map((entry) => [entry.name, entry.source])),
    outDir,
    format: "esm",
    platform: "neutral",
    target: TARGET,
    tsconfig: join(import.meta.dirname, "tsconfig.json"),
    inputOptions: { resolve: { conditionNames: ["source", "import", "default"] } },
    deps: {
      neverBundle: [/^node:/, ...external.flatMap((name) => [name, new RegExp(`^${escapeRegExp(name)}/`)])],
      alwaysBundle: (id) =>
        isInternal(id) && !external.some((name) => id === name || id.startsWith(`${name}/`)),
      onlyBundle: [/^@inference-ts\//],
    },
    dts: pkg.declarations ? { sourcemap: false, eager: true } : false,
    sourcemap: true,
    hash: false,
    outputOptions: {
      chunkFileNames: ({ moduleIds }) => sharedFileName(moduleIds),
      minifyInternalExports: false,
      // Cut by who uses which class, the errors would lie in a dozen files, which a page then waits for one by one.
      codeSplitting: { groups: [{ name: "errors", test: FIRST_LOAD }] },
    },
    fixedExtension: false,
    clean: false,
    report: false,
    logLevel: "warn",
    failOnWarn: true,
    // The first is about speed of the build. The second is not a mistake with several entries: what one entry loads on demand,
    // another may import at once.
    checks: { pluginTimings: false, ineffectiveDynamicImport: false },
  });
  dropDanglingMapComments(outDir);
  assertPublishable(outDir);
}

/** Declarations come without source maps; the comment that names one is written all the same. */
function dropDanglingMapComments(outDir: string): void {
  for (const file of filesIn(outDir).filter((name) => name.endsWith(".d.ts"))) {
    const path = join(outDir, file);
    writeFileSync(path, readFileSync(path, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
  }
}

const isInternal = (id: string) => id.startsWith("@inference-ts/");
const escapeRegExp = (name: string) => name.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** Refuses output that names a path of the building machine or imports a workspace library by its private name. */
function assertPublishable(outDir: string): void {
  for (const file of filesIn(outDir)) {
    const text = readFileSync(join(outDir, file), "utf8");
    if (text.includes(ROOT)) throw new Error(`${join(outDir, file)} holds a path of this machine`);
    if (!file.endsWith(".map")) continue;
    const { sources }: { sources: string[] } = JSON.parse(text);
    const absolute = sources.find((source) => source.startsWith("/") || source.includes(":"));
    if (absolute !== undefined)
      throw new Error(`${join(outDir, file)}: source path ${absolute} is not relative`);
  }
}

/** Puts what `npm pack` shall see into the staging folder: built files, the packed manifest, README and LICENSE. */
export function stagePackage(pkg: PublishedPackage): string {
  const staging = join(ROOT, pkg.dir, STAGING_DIR);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  cpSync(join(ROOT, pkg.dir, "dist"), join(staging, "dist"), { recursive: true });
  for (const name of TOP_LEVEL_FILES) cpSync(join(ROOT, name), join(staging, name));
  const manifest = packedManifest(readManifest(pkg.dir));
  writeFileSync(join(staging, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return staging;
}

/** Names, relative to `dir`, of all files below it, sorted. */
export function filesIn(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
    .sort();
}

/** One hash per built file, to compare two builds. */
export function fingerprint(dir: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filesIn(dir).map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(dir, file)))
        .digest("hex"),
    ]),
  );
}
