import { fileURLToPath } from "node:url";
import { InvalidInputFormatError } from "@inference-ts/errors";

/** Longest text that is tried as a path, PATH_MAX of Linux: base64 of a picture is not handed to the system. */
const MAX_PATH_LENGTH = 4096;

/** Nothing is at that path, or the text can be no path at all. */
const ABSENT = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"]);

/** The path that a text or `file:` URL names; `null` for a text that is too long to be one. */
export function pathOf(source: string | URL): string | null {
  if (typeof source === "string") return source.length > MAX_PATH_LENGTH ? null : source;
  try {
    return fileURLToPath(source);
  } catch (cause) {
    throw new InvalidInputFormatError(`The URL ${source.href} names no file of this machine.`, { cause });
  }
}

/** True for the system's codes that say that nothing is there. */
export function isAbsentCode(code: string): boolean {
  return ABSENT.has(code);
}

/** The system's code of an error, such as `ENOENT`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown failure";
}
