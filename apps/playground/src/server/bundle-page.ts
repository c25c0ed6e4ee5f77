import { build } from "tsdown";

/** Bundles a page's script with everything it imports, for browsers. What is loaded on demand stays in files of its own. */
export async function bundlePage(entry: string): Promise<ReadonlyMap<string, string>> {
  const bundles = await build({
    config: false,
    cwd: import.meta.dirname,
    entry: { page: entry },
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    dts: false,
    tsconfig: false,
    clean: false,
    report: false,
    logLevel: "silent",
    hash: false,
    inputOptions: { resolve: { conditionNames: ["source", "import", "default"] } },
    deps: { alwaysBundle: /^(?!node:)/, onlyBundle: false },
  });
  const chunks = bundles
    .flatMap((bundle) => bundle.chunks)
    .flatMap((chunk) => (chunk.type === "chunk" ? [chunk] : []));
  return new Map(chunks.map(({ fileName, code }) => [`/${fileName}`, code]));
}
