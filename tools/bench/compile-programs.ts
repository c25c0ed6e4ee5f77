import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** Folders and files that the contenders' and the server's processes run. */
const SOURCES = ["contenders", "server", "peak-memory.ts", "workload.ts"];

/** The programs of a run, as JavaScript. */
export interface Programs {
  readonly contender: string;
  readonly server: string;
}

/**
 * Compiles the programs that run in processes of their own into `outDir`, which must be inside the workspace. Node could run the
 * TypeScript itself, but its compiler takes some 30 MB of the process whose memory is measured.
 */
export function compilePrograms(outDir: string): Programs {
  for (const path of SOURCES.flatMap(filesOf)) {
    const { outputText } = ts.transpileModule(readFileSync(join(import.meta.dirname, path), "utf8"), {
      fileName: path,
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2024,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    const file = join(outDir, path.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
  writeFileSync(join(outDir, "package.json"), '{ "type": "module" }\n');
  return {
    contender: join(outDir, "contenders", "contender-program.js"),
    server: join(outDir, "server", "server-program.js"),
  };
}

function filesOf(source: string): readonly string[] {
  if (source.endsWith(".ts")) return [source];
  return readdirSync(join(import.meta.dirname, source))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => join(source, name));
}
