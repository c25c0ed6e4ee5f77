import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CodeBlock, codeBlocks } from "./code-blocks.ts";

export const ROOT = join(import.meta.dirname, "..", "..");

/** The documents for readers, relative to the workspace. */
export function documents(): readonly string[] {
  const top = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
  return [
    ...top.filter((file) => existsSync(join(ROOT, file))),
    ...globSync("docs/**/*.md", { cwd: ROOT }).sort(),
  ];
}

export const readDocument = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The code blocks of all documents. */
export function allBlocks(): readonly CodeBlock[] {
  return documents().flatMap((file) => codeBlocks(file, readDocument(file)));
}
