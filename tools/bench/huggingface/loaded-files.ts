import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../process/run-command.ts";
import type { BundledFile } from "../../release/bundle-for-browser.ts";

/** What the page does: detects objects in a picture, or calls every method of the client and sees failures. */
export type PageWork = "one-task" | "every-method";

/**
 * The files that a page loads until its work is done: the bundle is run, and what it asks for counts.
 *
 * @param files - Bundle of a page that puts the client into `globalThis.page`; the first file comes first.
 * @param work - Which program beside this file the page runs.
 */
export async function loadedFiles(
  files: readonly BundledFile[],
  work: PageWork,
): Promise<readonly BundledFile[]> {
  const folder = mkdtempSync(join(tmpdir(), "huggingface-page-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const { name, code } of files) writeFileSync(join(folder, name), code);
    const program = join(import.meta.dirname, `${work}-program.ts`);
    const { exitCode, stdout, output } = await runCommand(
      process.execPath,
      [program, join(folder, files[0]?.name ?? "")],
      { cwd: folder },
    );
    if (exitCode !== 0) throw new Error(`The page did not finish its work (${work}):\n${output}`);
    const loaded: string[] = JSON.parse(stdout);
    return files.filter(({ name }) => loaded.includes(name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
