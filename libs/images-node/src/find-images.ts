import type { Dirent } from "node:fs";
import { glob, lstat, readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { InvalidInputFormatError } from "@inference-ts/errors";
import { throwIfAborted } from "@inference-ts/images";
import { compareNames, comparePaths } from "./natural-order.ts";

/** File name endings that are looked for, without the dot; letter case does not matter. */
export const IMAGE_EXTENSIONS: readonly string[] = [
  "jpg",
  "jpeg",
  "png",
  "webp",
  "gif",
  "bmp",
  "tif",
  "tiff",
  "avif",
  "heic",
  "heif",
];

/** What {@link findImages} looks for. */
export interface FindImagesOptions {
  /** Look into folders inside the folder. Default false. */
  readonly recursive?: boolean | undefined;
  /** File name endings, with or without the dot. Default {@link IMAGE_EXTENSIONS}. */
  readonly extensions?: readonly string[] | undefined;
  /** Follow symbolic links to files and folders; loops and second ways to one file are noticed. Default true. */
  readonly followSymlinks?: boolean | undefined;
  /** Give nothing for a folder without pictures, in place of an error. Default false. */
  readonly allowEmptyFolder?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Search {
  readonly isPicture: (name: string) => boolean;
  readonly recursive: boolean;
  readonly followSymlinks: boolean;
  readonly signal: AbortSignal | undefined;
  /** Real paths of what was given or entered already. */
  readonly seen: Set<string>;
}

/**
 * Finds pictures by name: one file (whatever its ending), the pictures of a folder, or a glob pattern (`*`, `**`, `?`, `[...]`, `{a,b}`).
 * Paths come in natural name order (`a2` before `a10`) with their real letter case, each file once; names that start with a dot are
 * left out in folders. A pattern that spells out its ending (`*.raw`) is taken at its word, otherwise `extensions` apply.
 *
 * Folders are read as their turn comes, so a large tree is not held in memory.
 *
 * @throws InvalidInputFormatError when nothing is there, nothing matches, or a folder cannot be read.
 */
export async function* findImages(
  path: string,
  options: FindImagesOptions = {},
): AsyncGenerator<string, void, undefined> {
  const endings = new Set(
    (options.extensions ?? IMAGE_EXTENSIONS).map((ending) => ending.replace(/^\./, "").toLowerCase()),
  );
  const search: Search = {
    isPicture: (name) => endings.has(endingOf(name)),
    recursive: options.recursive ?? false,
    followSymlinks: options.followSymlinks ?? true,
    signal: options.signal,
    seen: new Set(),
  };
  const isPattern = /[*?[\]{}]/.test(path);
  const found = await stat(path).catch((error: unknown) => {
    if (isPattern) return null;
    throw unreadable(path, error);
  });
  let count = 0;
  for await (const file of found === null
    ? matches(path, search)
    : listed(path, found.isDirectory(), search)) {
    throwIfAborted(search.signal, "Looking for images");
    count++;
    yield file;
  }
  if (count > 0 || (options.allowEmptyFolder === true && found !== null)) return;
  const wanted = [...endings].join(", ");
  throw new InvalidInputFormatError(
    found === null
      ? `No picture matches the pattern ${path}.`
      : `The folder ${path} has no picture (${wanted}).`,
    found === null || search.recursive
      ? {}
      : { hint: "Folders inside it are looked into only with recursive." },
  );
}

function endingOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

async function* listed(path: string, isDirectory: boolean, search: Search): AsyncGenerator<string> {
  if (isDirectory) yield* walk(path, await realpath(path), search);
  else yield path;
}

async function* walk(directory: string, real: string, search: Search): AsyncGenerator<string> {
  if (!isNew(real, search)) return;
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(directory, error);
  });
  entries.sort((a, b) => compareNames(a.name, b.name));
  for (const entry of entries) {
    throwIfAborted(search.signal, "Looking for images");
    if (entry.name.startsWith(".")) continue;
    const path = join(directory, entry.name);
    const target = await resolveEntry(entry, path, `${real === sep ? "" : real}${sep}${entry.name}`, search);
    if (target === null) continue;
    if (target.isDirectory) {
      if (search.recursive) yield* walk(path, target.real, search);
    } else if (search.isPicture(entry.name) && isNew(target.real, search)) {
      yield path;
    }
  }
}

/** What an entry is and where it really lies; `null` for what is neither file nor folder, and for dead links. */
async function resolveEntry(
  entry: Dirent,
  path: string,
  real: string,
  search: Search,
): Promise<{ readonly isDirectory: boolean; readonly real: string } | null> {
  if (entry.isFile() || entry.isDirectory()) return { isDirectory: entry.isDirectory(), real };
  if (!entry.isSymbolicLink() || !search.followSymlinks) return null;
  try {
    const [stats, target] = await Promise.all([stat(path), realpath(path)]);
    return stats.isFile() || stats.isDirectory() ? { isDirectory: stats.isDirectory(), real: target } : null;
  } catch {
    return null;
  }
}

async function* matches(pattern: string, search: Search): AsyncGenerator<string> {
  const spellsEnding = /\.[^./\\*?]+$/.test(pattern);
  const paths: string[] = [];
  for await (const path of glob(pattern)) {
    throwIfAborted(search.signal, "Looking for images");
    if (spellsEnding || search.isPicture(path)) paths.push(path);
  }
  for (const path of paths.sort(comparePaths)) {
    const stats = await (search.followSymlinks ? stat : lstat)(path).catch(() => null);
    if (stats?.isFile() !== true) continue;
    const real = await realpath(path);
    if (isNew(real, search)) yield path;
  }
}

function isNew(real: string, { seen }: Search): boolean {
  if (seen.has(real)) return false;
  seen.add(real);
  return true;
}

function unreadable(path: string, error: unknown): InvalidInputFormatError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown failure";
  return code === "ENOENT" || code === "ENOTDIR"
    ? new InvalidInputFormatError(`There is no file, folder or pattern ${path}.`, {
        hint: "Check the path; it is taken relative to the working directory.",
      })
    : new InvalidInputFormatError(`The path ${path} cannot be read: ${code}.`, { cause: error });
}
