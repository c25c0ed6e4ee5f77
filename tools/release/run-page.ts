import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * Runs the bundled page that is the first argument of the process; it puts the client into `globalThis.page`.
 *
 * @returns Names of the page's files that were loaded so far; more join while the page works.
 */
export async function runPage(): Promise<ReadonlySet<string>> {
  const page = pathToFileURL(process.argv[2] ?? "").href;
  const folder = page.slice(0, page.lastIndexOf("/") + 1);
  const loaded = new Set<string>();
  registerHooks({
    load: (url, context, nextLoad) => {
      if (url.startsWith(folder)) loaded.add(url.slice(folder.length));
      return nextLoad(url, context);
    },
  });
  await import(page);
  return loaded;
}
