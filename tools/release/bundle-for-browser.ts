import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "tsdown";

/** A bundle as a web page would load it. */
export interface BrowserBundle {
  readonly minifiedBytes: number;
  readonly gzipBytes: number;
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
    const code = chunks.map((chunk) => chunk.code).join("\n");
    const own = new Set(chunks.map((chunk) => chunk.fileName));
    const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
    const modules = chunks.flatMap((chunk) => Object.keys(chunk.modules));
    return {
      minifiedBytes: Buffer.byteLength(code),
      gzipBytes: gzipSync(code, { level: 9 }).byteLength,
      imports: [...new Set(imports.filter((name) => !own.has(name)))].sort(),
      packages: [...new Set(modules.flatMap(packageOf))].sort(),
    };
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

function packageOf(moduleFile: string): readonly string[] {
  const [, name] = /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(moduleFile) ?? [];
  return name === undefined ? [] : [name.replaceAll("\\", "/")];
}
