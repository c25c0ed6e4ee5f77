import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { InvalidParameterError } from "@inference-ts/sdk/node";

/** Endings of files that commands write as a whole: nobody means a folder by them. */
const RESULT_FILES: ReadonlySet<string> = new Set([".json", ".jsonl", ".csv", ".npy", ".txt", ".html"]);

/** Why the system does not let a file or folder be made, in plain words. */
const REASONS: Readonly<Record<string, string>> = {
  ENAMETOOLONG: "its name is longer than the file system takes",
  ENOTDIR: "a part of the path is a file",
  EEXIST: "it is a file",
  EISDIR: "it is a folder",
  EACCES: "that is not allowed",
  EPERM: "that is not allowed",
  EROFS: "nothing can be written there",
  ENOSPC: "the disk is full",
  // What Windows says of names with characters such as : or ?, and of NUL and the like.
  EINVAL: "it is no name that the system takes",
  ENOENT: "the path leads nowhere, or has a name that the system does not take",
};

/** Why a file or folder could not be written, for a message. */
export function whyNotWritten(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const reason = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return reason ?? (cause instanceof Error ? cause.message : String(cause));
}

/**
 * Refuses a folder where a file is meant, before anything is sent.
 *
 * @throws InvalidParameterError for a folder, and for a path that ends as one.
 */
export async function assertFilePlace(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() !== true && !/[\\/]$/.test(path)) return;
  throw new InvalidParameterError(
    `The output file ${path} cannot be written: it is a folder. Name a file in it.`,
  );
}

/**
 * Makes a folder for results, with those above it.
 *
 * @throws InvalidParameterError when it cannot be made, is a file, or has the name of one.
 */
export async function makeOutputFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null && RESULT_FILES.has(extname(path).toLowerCase())) {
    throw new InvalidParameterError(
      `The output folder ${path} has the name of a file. Name a folder here; --output names a file.`,
    );
  }
  await mkdir(path, { recursive: true }).catch((cause: unknown) => {
    throw new InvalidParameterError(`The output folder ${path} cannot be made: ${whyNotWritten(cause)}.`, {
      cause,
    });
  });
}

/**
 * Writes a file that belongs to a result, with the folders above it.
 *
 * @throws InvalidParameterError when it cannot be written.
 */
export async function writeResultFile(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  } catch (cause) {
    throw new InvalidParameterError(`The file ${path} cannot be written: ${whyNotWritten(cause)}.`, {
      cause,
    });
  }
}
