import { join } from "node:path";
import type { BundledFile } from "../../release/bundle-for-browser.ts";
import { loadedFiles } from "../../release/loaded-files.ts";

/** What the page does: detects objects in a picture, or calls every method of the client and sees failures. */
export type PageWork = "one-task" | "every-method";

/**
 * The files that a page loads until its work is done.
 *
 * @param files - Bundle of a page that puts the client into `globalThis.page`; the first file comes first.
 * @param work - Which program beside this file the page runs.
 */
export function filesOfWork(files: readonly BundledFile[], work: PageWork): Promise<readonly BundledFile[]> {
  const program = join(import.meta.dirname, `${work}-program.ts`);
  return loadedFiles(files, program, `The page did not finish its work (${work})`);
}
