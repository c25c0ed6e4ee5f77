import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "tsdown";

/** One file of a bundle. */
export interface BundledFile {
  readonly name: string;
  readonly code: string;
  /** Compressed on its own, as a web server does. 1 kB = 1,000 bytes. */
  readonly gzipBytes: number;
  /** The page waits for it: the first file, or one that is imported statically below it. The rest is loaded on demand. */
  readonly isAtOnce: boolean;
  /** The sources that are inside, as the source maps of the built files tell; those that bring most code first. */
  readonly sources: readonly string[];
}

/** A bundle as a web page would load it. */
export interface BrowserBundle {
  /** The first file comes first. */
  readonly files: readonly BundledFile[];
  /** What the bundle still imports; a web page could not resolve any of it. */
  readonly imports: readonly string[];
  /** npm packages whose code is inside, sorted. */
  readonly packages: readonly string[];
}

/**
 * Bundles a page with everything it imports, minified, for browsers. Dynamic imports are followed too: a bundler of a web page
 * does the same.
 *
 * @param file - A built file.
 * @param name - What the page imports from it, and puts into `globalThis.page`. Default: everything.
 */
export async function bundleForBrowser(file: string, name = "*"): Promise<BrowserBundle> {
  const work = mkdtempSync(join(tmpdir(), "inference-ts-size-"));
  try {
    const page = join(work, "page.js");
    const imported = name === "*" ? "* as page" : `{ ${name} as page }`;
    writeFileSync(page, `import ${imported} from ${JSON.stringify(file)};\nglobalThis.page = page;\n`);
    const bundles = await build({
      config: false,
      cwd: join(file, ".."),
      entry: { page },
      outDir: work,
      write: false,
      format: "esm",
      platform: "browser",
      target: "es2022",
      minify: true,
      dts: false,
      sourcemap: false,
      hash: false,
      tsconfig: false,
      clean: false,
      report: false,
      logLevel: "silent",
      deps: { alwaysBundle: /^(?!node:)/, onlyBundle: false },
      // Nobody imports the page, so its first file may hold what other files need of it, too.
      inputOptions: { preserveEntrySignatures: false },
    });
    const chunks = bundles
      .flatMap((bundle) => bundle.chunks)
      .flatMap((chunk) => (chunk.type === "chunk" ? [chunk] : []))
      .sort((one, other) => Number(other.isEntry) - Number(one.isEntry));
    const own = new Set(chunks.map((chunk) => chunk.fileName));
    const first = loadedAtOnce(chunks);
    const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
    const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
    return {
      files: chunks.map(({ fileName, code, modules: inside }) => ({
        name: fileName,
        code,
        gzipBytes: gzipSync(code, { level: 9 }).byteLength,
        isAtOnce: first.has(fileName),
        sources: Object.entries(inside)
          .sort(([, one], [, other]) => (other.code?.length ?? 0) - (one.code?.length ?? 0))
          .flatMap(([path]) => sourcesOf(path)),
      })),
      imports: [...new Set(imports.filter((imported) => !own.has(imported)))].sort(),
      packages: [...new Set(modules.flatMap(packageOf))].sort(),
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What some files weigh together, each compressed on its own. */
export const gzipBytesOf = (files: readonly BundledFile[]): number =>
  files.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);

interface Chunk {
  readonly fileName: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
}

/** Names of the files that a page waits for: the entry and everything below it that is imported statically. */
function loadedAtOnce(chunks: readonly Chunk[]): ReadonlySet<string> {
  const names = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName));
  // A set that grows while it is walked is walked to its end.
  for (const name of names) {
    for (const imported of chunks.find((chunk) => chunk.fileName === name)?.imports ?? [])
      names.add(imported);
  }
  return names;
}

/** The sources behind a built file, as `images/load.ts`; packages by their name. */
function sourcesOf(path: string): readonly string[] {
  const name = packageOf(path);
  if (name.length > 0) return name;
  if (!existsSync(`${path}.map`)) return [];
  const map: { sources: string[]; sourcesContent?: string[] } = JSON.parse(
    readFileSync(`${path}.map`, "utf8"),
  );
  const lengthOf = (source: string) => map.sourcesContent?.[map.sources.indexOf(source)]?.length ?? 0;
  return map.sources
    .toSorted((one, other) => lengthOf(other) - lengthOf(one))
    .map((source) => source.replace(/^.*?([\w-]+)\/src\//, "$1/"));
}

function packageOf(moduleFile: string): readonly string[] {
  const [, name] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(moduleFile) ?? [];
  return name === undefined ? [] : [name.replaceAll("\\", "/")];
}
