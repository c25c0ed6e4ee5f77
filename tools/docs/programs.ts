import type { CodeBlock } from "./code-blocks.ts";

/** A TypeScript program of a document: one block, together with those that continue it. */
export interface Program {
  /** `README.md:12`, the place of its first block. */
  readonly name: string;
  /** Name of the file it is written to, unique in its document. */
  readonly fileName: string;
  readonly code: string;
  /** Why it is only type checked; `undefined` when it is run. */
  readonly noRunReason: string | undefined;
}

const TYPESCRIPT = new Set(["ts", "typescript"]);

/**
 * Puts the TypeScript blocks of a document together: a block marked `continued` belongs to the program before it.
 *
 * @throws Error for `no-run` without a reason, and for `continued` with nothing before it.
 */
export function programsOf(blocks: readonly CodeBlock[]): readonly Program[] {
  const programs: Program[] = [];
  for (const block of blocks) {
    if (!TYPESCRIPT.has(block.language)) continue;
    const place = `${block.file}:${block.line}`;
    const noRunReason = noRunReasonOf(block);
    if (block.flags.includes("continued")) {
      const before = programs.pop();
      if (before === undefined) throw new Error(`${place}: "continued", and no ts block before it`);
      programs.push({
        ...before,
        code: `${before.code}\n${block.code}`,
        noRunReason: before.noRunReason ?? noRunReason,
      });
      continue;
    }
    const fileName = `${place.replaceAll(/[^a-zA-Z0-9]+/g, "-")}.ts`;
    programs.push({ name: place, fileName, code: block.code, noRunReason });
  }
  return programs;
}

/** Why a block is not run, or `undefined` when it is. */
export function noRunReasonOf(block: CodeBlock): string | undefined {
  if (!block.flags.includes("no-run")) return undefined;
  if (block.reason === undefined || block.reason.split(/\s+/).length < 2) {
    throw new Error(
      `${block.file}:${block.line}: say why it is not run, after "no-run" or in <!-- no-run: ... --> before it`,
    );
  }
  return block.reason;
}
