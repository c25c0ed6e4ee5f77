import { join } from "node:path";
import type { BundledFile } from "./bundle-for-browser.ts";
import { loadedFiles } from "./loaded-files.ts";

/**
 * The files that a page loads until it has results: the bundle is run (see `infer-in-page.ts`), and what it asks for counts.
 *
 * @param files - Bundle of a page that puts the client into `globalThis.page`; the first file comes first.
 */
export function filesOfAnInference(files: readonly BundledFile[]): Promise<readonly BundledFile[]> {
  return loadedFiles(files, join(import.meta.dirname, "infer-in-page.ts"), "The page could not infer");
}
