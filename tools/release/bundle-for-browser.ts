import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "tsdown";

/** A bundle as a web page would load it. */
export interface BrowserBundle {
  readonly minifiedBytes: number;
  /** What is loaded at once: the first file and what it imports statically. */
  readonly gzipBytes: number;
  /** What is loaded later, by dynamic imports; 0 where everything is loaded at once. */
  readonly onDemandGzipBytes: number;
  /** What the bundle still imports; a web page could not resolve any of it. */
  readonly imports: readonly string[];
  /** npm packages whose code is inside, sorted. */
  readonly packages: readonly string[];
}

/**
 * Bundles a built file with everything it imports, minified, for browsers. Dynamic imports are followed too: a bundler of a
 * web page does the same, so code that Node would load later counts here.
 */
export async function bundleForBrowser(file: string): Promise<BrowserBundle> {
  const outDir = mkdtempSync(join(tmpdir(), "inference-ts-size-"));
  try {
    const bundles = await build({
      config: false,
      cwd: join(file, ".."),
      entry: { bundle: file },
      outDir,
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
    });
    const chunks = bundles
      .flatMap((bundle) => bundle.chunks)
      .flatMap((chunk) => (chunk.type === "chunk" ? [chunk] : []));
    const own = new Set(chunks.map((chunk) => chunk.fileName));
    const first = loadedAtOnce(chunks);
    const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
    const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
    return {
      minifiedBytes: chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk.code), 0),
      gzipBytes: gzipBytes(chunks.filter((chunk) => first.has(chunk.fileName))),
      onDemandGzipBytes: gzipBytes(chunks.filter((chunk) => !first.has(chunk.fileName))),
      imports: [...new Set(imports.filter((name) => !own.has(name)))].sort(),
      packages: [...new Set(modules.flatMap(packageOf))].sort(),
    };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

interface LoadedFile {
  readonly fileName: string;
  readonly code: string;
  readonly isEntry: boolean;
  readonly imports: readonly string[];
}

/** Names of the files that a page waits for: the entry and everything below it that is imported statically. */
function loadedAtOnce(files: readonly LoadedFile[]): ReadonlySet<string> {
  const names = new Set(files.filter((file) => file.isEntry).map((file) => file.fileName));
  // A set that grows while it is walked is walked to its end.
  for (const name of names) {
    for (const imported of files.find((file) => file.fileName === name)?.imports ?? []) names.add(imported);
  }
  return names;
}

/** Each file is compressed on its own, as a web server does. */
const gzipBytes = (files: readonly LoadedFile[]) =>
  files.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).byteLength, 0);

function packageOf(moduleFile: string): readonly string[] {
  const [, name] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(moduleFile) ?? [];
  return name === undefined ? [] : [name.replaceAll("\\", "/")];
}
