import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..");

/** The parts of a package.json that the release tools read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A package that goes to the registry. Everything else in the workspace is folded into these. */
export interface PublishedPackage {
  /** Folder, relative to the workspace. */
  readonly dir: string;
  /** Whether type declarations are part of the product. */
  readonly declarations: boolean;
}

export const SDK: PublishedPackage = { dir: "libs/sdk", declarations: true };
export const CLI: PublishedPackage = { dir: "apps/cli", declarations: false };
export const PUBLISHED: readonly PublishedPackage[] = [SDK, CLI];

/** Name of the folder beside `dist` from which a package is packed. */
export const STAGING_DIR = "dist-pack";

export function readManifest(dir: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, dir, "package.json"), "utf8"));
}

/** A public entry of a package: the subpath as a consumer writes it, its source and its built file. */
export interface Entry {
  /** `.` or `./node`. */
  readonly subpath: string;
  /** Name of the built file without extension, such as `index` or `node`. */
  readonly name: string;
  /** Source file, relative to the package. */
  readonly source: string;
}

/** The entries of a package, read from its export map; the file names of `default` decide the output names. */
export function entriesOf(manifest: Manifest): readonly Entry[] {
  const entries: Entry[] = [];
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (typeof target === "string") continue;
    const { source, default: built } = target;
    if (source === undefined || built === undefined) {
      throw new Error(
        `${manifest.name}: the export "${subpath}" needs the conditions "source" and "default"`,
      );
    }
    entries.push({ subpath, source, name: builtName(manifest.name, built) });
  }
  for (const [command, built] of Object.entries(manifest.bin ?? {})) {
    const name = builtName(manifest.name, built);
    entries.push({ subpath: `bin ${command}`, name, source: `./src/${name}.ts` });
  }
  return entries;
}

function builtName(packageName: string, file: string): string {
  const name = /^\.\/dist\/([\w-]+(?:\/[\w-]+)*)\.js$/.exec(file)?.[1];
  if (name === undefined) throw new Error(`${packageName}: "${file}" is not of the form ./dist/<name>.js`);
  return name;
}

/** Packages that stay imports in the built files: what the consumer installs. */
export function externalsOf(manifest: Manifest): readonly string[] {
  return [...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.peerDependencies ?? {})];
}
