import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../process/run-command.ts";
import type { BundledFile } from "./bundle-for-browser.ts";

/**
 * The files that a page loads until it has results: the bundle is run (see `infer-in-page.ts`), and what it asks for counts.
 *
 * @param files - Bundle of a page that puts the client into `globalThis.page`; the first file comes first.
 */
export async function filesOfAnInference(files: readonly BundledFile[]): Promise<readonly BundledFile[]> {
  const dir = mkdtempSync(join(tmpdir(), "inference-ts-page-"));
  try {
    writeFileSync(join(dir, "package.json"), '{ "type": "module" }');
    for (const { name, code } of files) writeFileSync(join(dir, name), code);
    const program = join(import.meta.dirname, "infer-in-page.ts");
    const page = join(dir, files[0]?.name ?? "");
    const { exitCode, stdout, output } = await runCommand(
      process.execPath,
      ["--conditions=source", program, page],
      { cwd: import.meta.dirname },
    );
    if (exitCode !== 0) throw new Error(`The page could not infer:\n${output}`);
    const loaded: string[] = JSON.parse(stdout);
    return files.filter(({ name }) => loaded.includes(name));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
