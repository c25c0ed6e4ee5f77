import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../process/run-command.ts";
import { ROOT } from "./documents.ts";
import type { Program } from "./programs.ts";

/** Type checks all programs in one run of the compiler, under the workspace's strict options; empty = no error. */
export async function typecheckPrograms(programs: readonly Program[]): Promise<string> {
  mkdirSync(join(ROOT, "temp"), { recursive: true });
  const dir = mkdtempSync(join(ROOT, "temp", "docs-types-"));
  try {
    for (const { fileName, code } of programs) writeFileSync(join(dir, fileName), code);
    const tsconfig = {
      extends: join(ROOT, "tsconfig.base.json"),
      compilerOptions: {
        types: ["node"],
        moduleDetection: "force",
        // A reader's example may leave a constant unused.
        noUnusedLocals: false,
        noUnusedParameters: false,
      },
      files: programs.map(({ fileName }) => fileName),
    };
    writeFileSync(join(dir, "tsconfig.json"), JSON.stringify(tsconfig));
    const tsc = join(ROOT, "node_modules", "typescript-native", "bin", "tsc");
    const { exitCode, output } = await runCommand(process.execPath, [tsc, "-p", "."], { cwd: dir });
    if (exitCode === 0) return "";
    // `README-md-12.ts(3,5)`: say where in the document the program begins.
    return programs.reduce(
      (text, { fileName, name }) => text.replaceAll(`${fileName}(`, `program at ${name} (`),
      output,
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
