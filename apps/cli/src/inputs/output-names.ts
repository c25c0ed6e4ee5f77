import { createHash } from "node:crypto";
import { basename, extname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Input } from "./input.ts";

/** Most letters of a name that comes from a URL: some URLs hold more than a file system takes. */
const MOST_URL_LETTERS = 100;
/** Of a name before its endings, so that with them it stays below the 255 of common file systems. */
const MOST_BYTES = 180;
/** Names of devices on Windows, whatever ending they have. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * The path of each input's results below the output folder, without file name ending, with `/` between folders. Files of a
 * folder or pattern keep their sub-folders. Where two inputs would get the same name (letter case does not count), all of
 * them get a short hash of their full path, so that a name depends neither on the order of the inputs nor on a counter.
 */
export function outputNames(inputs: readonly Input[]): string[] {
  const stems = inputs.map((input) => withRoom(stemOf(input), input));
  const uses = new Map<string, number>();
  for (const stem of stems) uses.set(stem.toLowerCase(), (uses.get(stem.toLowerCase()) ?? 0) + 1);
  return stems.map((stem, index) => {
    const input = inputs[index];
    const isUnique = uses.get(stem.toLowerCase()) === 1;
    return isUnique || input === undefined ? stem : `${stem}-${hashOf(input)}`;
  });
}

/** Cuts a name so that the endings of results fit behind it; the hash keeps it apart from those that begin alike. */
function withRoom(stem: string, input: Input): string {
  const start = stem.lastIndexOf("/") + 1;
  if (Buffer.byteLength(stem.slice(start)) <= MOST_BYTES) return stem;
  let kept = stem.slice(0, start);
  let bytes = 0;
  for (const letter of stem.slice(start)) {
    bytes += Buffer.byteLength(letter);
    if (bytes > MOST_BYTES) break;
    kept += letter;
  }
  return `${kept}-${hashOf(input)}`;
}

function stemOf(input: Input): string {
  if (input.kind === "stdin") return "stdin";
  const path = input.kind === "url" ? nameInUrl(input.source) : pathBelow(input.base, input.source);
  const stem = path.slice(0, path.length - extname(path).length);
  if (stem === "") return "picture";
  return input.kind === "url" ? stem.slice(0, MOST_URL_LETTERS) : stem;
}

function pathBelow(base: string, path: string): string {
  const way = relative(base, path).replaceAll(sep, "/");
  return way === "" || way.startsWith("../") || isAbsolute(way) ? basename(path) : way;
}

/** The last part of a URL's path, or its host, in letters that every file system takes. */
function nameInUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return "url";
  const part = url.pathname.split("/").findLast((name) => name !== "");
  return (part ?? `${url.hostname}.`).replaceAll(/%[0-9a-f]{2}|[^\w.-]/gi, "_").replace(DEVICE, "$1_");
}

function hashOf(input: Input): string {
  const identity = input.kind === "file" ? resolve(input.source) : input.source;
  return createHash("sha256").update(identity).digest("hex").slice(0, 8);
}
