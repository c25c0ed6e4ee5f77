import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../process/run-command.ts";
import type { BundledFile } from "../../release/bundle-for-browser.ts";

/**
 * The files that a page loads until it has the objects in a picture: the bundle is run (see `task-program.ts`), and what it asks for
 * counts.
 *
 * @param files - Bundle of a page that puts the client into `globalThis.page`; the first file comes first.
 */
export async function filesOfATask(files: readonly BundledFile[]): Promise<readonly BundledFile[]> {
  const folder = mkdtempSync(join(tmpdir(), "huggingface-page-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const { name, code } of files) writeFileSync(join(folder, name), code);
    const program = join(import.meta.dirname, "task-program.ts");
    const { exitCode, stdout, output } = await runCommand(
      process.execPath,
      [program, join(folder, files[0]?.name ?? "")],
      { cwd: folder },
    );
    if (exitCode !== 0) throw new Error(`The page found no objects:\n${output}`);
    const loaded: string[] = JSON.parse(stdout);
    return files.filter(({ name }) => loaded.includes(name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
