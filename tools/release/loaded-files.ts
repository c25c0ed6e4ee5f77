import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../process/run-command.ts";
import type { BundledFile } from "./bundle-for-browser.ts";

/**
 * The files that a page loads until a program is done with it: the bundle is run, and what it asks for counts.
 *
 * @param files - Bundle of a page that puts the client into `globalThis.page`; the first file comes first.
 * @param program - Path of a program that runs the page of its first argument with `runPage`, and prints what was loaded.
 * @param failed - Begins the message when the program fails.
 */
export async function loadedFiles(
  files: readonly BundledFile[],
  program: string,
  failed: string,
): Promise<readonly BundledFile[]> {
  const folder = mkdtempSync(join(tmpdir(), "inference-ts-page-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const { name, code } of files) writeFileSync(join(folder, name), code);
    const page = join(folder, files[0]?.name ?? "");
    const { exitCode, stdout, output } = await runCommand(
      process.execPath,
      ["--conditions=source", program, page],
      { cwd: import.meta.dirname },
    );
    if (exitCode !== 0) throw new Error(`${failed}:\n${output}`);
    const loaded: string[] = JSON.parse(stdout);
    return files.filter(({ name }) => loaded.includes(name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
