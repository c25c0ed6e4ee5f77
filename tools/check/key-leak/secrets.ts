import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The key that tests give to clients and then look for. */
export const TEST_KEY = "test-key-0123456789";

/** Shorter keys, such as the sandbox's `test-key`, are words that names of tests hold too. */
const MIN_LENGTH = 16;

const KEY_IN_SOURCE =
  /(?:api_?key|secret|token)\w*["']?\s*(?::\s*string\s*)?[:=]\s*["'`]([\w.~+/=-]+)["'`]/gi;

/** Keys that the workspace's tests use, long enough to be recognised in any text. */
export function testKeys(root: string): readonly string[] {
  const files = globSync(["libs/**/*.ts", "apps/**/*.ts", "tools/**/*.ts"], {
    cwd: root,
    exclude: (path) => /(?:^|\/)(?:node_modules|dist|dist-pack)(?:\/|$)/.test(path),
  });
  const keys = new Set([TEST_KEY]);
  for (const file of files) {
    for (const [, key = ""] of readFileSync(join(root, file), "utf8").matchAll(KEY_IN_SOURCE)) {
      if (key.length >= MIN_LENGTH) keys.add(key);
    }
  }
  return [...keys];
}

/** A key that was found in a text. */
export interface Leak {
  readonly key: string;
  /** How it was written: as it is, or as base64, in a URL, ... */
  readonly form: string;
  /** The text around it, the key itself masked. */
  readonly excerpt: string;
}

const FORMS: Readonly<Record<string, (key: string) => string>> = {
  plain: (key) => key,
  "URL-encoded": (key) => encodeURIComponent(key),
  base64: (key) => Buffer.from(key).toString("base64").replace(/=+$/, ""),
  base64url: (key) => Buffer.from(key).toString("base64url"),
  hex: (key) => Buffer.from(key).toString("hex"),
  Buffer: (key) => Buffer.from(key).toString("hex").match(/../g)?.join(" ") ?? key,
  "list of bytes": (key) => [...Buffer.from(key)].join(","),
};

const CONTEXT = 60;

/** Finds keys in a text, in every form in which a program might print them. */
export function findLeaks(printed: string, keys: readonly string[]): readonly Leak[] {
  // Lists of numbers are printed in columns.
  const text = printed.replaceAll(/(?<=\d,)\s+(?=\d)/g, "");
  return keys.flatMap((key) => {
    const seen = new Set<string>();
    return Object.entries(FORMS).flatMap(([form, write]) => {
      const written = write(key);
      const at = text.indexOf(written);
      if (at === -1 || seen.has(written)) return [];
      seen.add(written);
      const around = text.slice(Math.max(0, at - CONTEXT), at + written.length + CONTEXT);
      return [{ key, form, excerpt: around.replaceAll(written, "<key>") }];
    });
  });
}

/** A line for a person, without the key itself. */
export const describeLeak = ({ key, form, excerpt }: Leak) =>
  `the key ${key.slice(0, 3)}... (${form}) in: ${excerpt.replaceAll(/\s+/g, " ").trim()}`;
