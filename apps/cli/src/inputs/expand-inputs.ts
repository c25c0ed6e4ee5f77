import { stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { findImages, InvalidInputFormatError, InvalidParameterError, redact } from "@inference-ts/sdk/node";
import type { Input } from "./input.ts";

/** How arguments are read. */
export interface ExpandOptions {
  /** Look into folders inside folders. */
  readonly recursive?: boolean | undefined;
  /** Folder of the results: what an earlier run wrote there is no input when it lies inside a folder that is read. */
  readonly outDir?: string | undefined;
  /** Folder of a report's pictures, likewise. */
  readonly reportDir?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The pictures behind the arguments of a command line: files, folders, glob patterns, URLs, `-` for standard input. Order is that of
 * the arguments, in folders and patterns that of natural names; what two arguments name is taken once. A named file that does not exist
 * stays in the list, where it fails alone.
 *
 * @throws InvalidInputFormatError for a pattern that nothing matches and a folder without pictures.
 * @throws InvalidParameterError when not one of the files exists.
 */
export async function expandInputs(args: readonly string[], options: ExpandOptions = {}): Promise<Input[]> {
  const inputs = new Map<string, Input>();
  const missing = new Set<string>();
  const add = (input: Input): void => {
    const identity = input.kind === "file" ? resolve(input.source) : input.source;
    const key = `${input.kind} ${identity}`;
    if (!inputs.has(key)) inputs.set(key, input);
  };
  for (const arg of args) {
    if (arg === "-") {
      add({ kind: "stdin", name: "stdin", source: "", base: "" });
    } else if (/^https?:\/\//i.test(arg)) {
      add({ kind: "url", name: redact(arg), source: arg, base: "" });
    } else {
      const found = await expandPath(arg, options);
      if (found.isMissing) missing.add(resolve(arg));
      for (const path of found.paths) add({ kind: "file", name: path, source: path, base: found.base });
    }
  }
  if (missing.size > 0 && missing.size === inputs.size) {
    const names = [...inputs.values()].map(({ name }) => name);
    throw new InvalidParameterError(`There is no such file: ${names.join(", ")}.`, {
      hint: "Paths are relative to the working directory.",
    });
  }
  return [...inputs.values()];
}

interface ExpandedPath {
  readonly paths: readonly string[];
  readonly base: string;
  readonly isMissing: boolean;
}

async function expandPath(arg: string, options: ExpandOptions): Promise<ExpandedPath> {
  const stats = await stat(arg).catch(() => null);
  const isMissing = stats === null && !isPattern(arg);
  if (isMissing || stats?.isDirectory() === false) return { paths: [arg], base: dirname(arg), isMissing };
  const base = stats === null ? patternBase(arg) : arg;
  const paths: string[] = [];
  const { recursive, signal } = options;
  const ownDirs = [options.outDir, options.reportDir].filter((dir) => dir !== undefined);
  for await (const path of findImages(arg, { recursive, signal })) {
    if (!ownDirs.some((dir) => isOwnResult(path, base, dir))) paths.push(path);
  }
  if (paths.length > 0) return { paths, base, isMissing: false };
  throw new InvalidInputFormatError(
    `${arg} names no picture outside the folder of the results, ${ownDirs.join(", ")}.`,
  );
}

const isPattern = (text: string): boolean => /[*?[\]{}]/.test(text);

/** The folder before the first part with a wildcard. */
function patternBase(pattern: string): string {
  const parts = pattern.split(/[\\/]/);
  const fixed = parts.slice(0, parts.findIndex(isPattern));
  return fixed.length === 0 ? "." : fixed.join("/") || "/";
}

function isOwnResult(path: string, base: string, outDir: string): boolean {
  return isInside(outDir, base) && isInside(path, outDir);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
