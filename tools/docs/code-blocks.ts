/** A fenced code block of a Markdown document. */
export interface CodeBlock {
  /** Document, relative to the workspace. */
  readonly file: string;
  /** Line of the first line of code, from 1. */
  readonly line: number;
  /** `ts`, `sh`, `json`, ... */
  readonly language: string;
  /** The words after the language, such as `no-run` or `continued`. */
  readonly flags: readonly string[];
  /** Why the block is not run: the text after `no-run` in the fence, or in the HTML comment before the block. */
  readonly reason: string | undefined;
  readonly code: string;
}

const FENCE = /^(\s*)(`{3,})(.*)$/;
const HIDDEN_START = /^<!--\s*(ts|sh)\b(.*)$/;
const REASON_COMMENT = /^<!--\s*no-run:\s*(.+?)\s*-->$/;

/**
 * Finds the code blocks of a document. A block in an HTML comment (`<!-- ts` to `-->`) counts too: set-up that a reader need not
 * see, for a visible block marked `continued`.
 */
export function codeBlocks(file: string, markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.split("\n");
  let reasonBefore: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const text = lines[index] ?? "";
    const opening = openingOf(text);
    if (opening === undefined) {
      if (text.trim() !== "") reasonBefore = REASON_COMMENT.exec(text.trim())?.[1];
      continue;
    }
    const end = lines.findIndex((line, at) => at > index && opening.isEnd(line));
    if (end === -1) throw new Error(`${file}:${index + 1}: this code block has no end`);
    const [language = "", ...flags] = opening.info.split(/\s+/).filter((word) => word !== "");
    const rest = /\bno-run\b:?\s*(.*)$/.exec(opening.info)?.[1];
    blocks.push({
      file,
      line: index + 2,
      language,
      flags: flags.map((flag) => flag.replace(/:$/, "")),
      reason: rest === undefined || rest === "" ? reasonBefore : rest,
      code: lines
        .slice(index + 1, end)
        .map((line) => line.replace(new RegExp(`^\\s{0,${opening.indent}}`), ""))
        .join("\n"),
    });
    reasonBefore = undefined;
    index = end;
  }
  return blocks;
}

function openingOf(line: string) {
  const fence = FENCE.exec(line);
  if (fence !== null) {
    const [, indent = "", ticks = "", info = ""] = fence;
    return {
      info: info.trim(),
      indent: indent.length,
      isEnd: (other: string) => other.trim() === ticks,
    };
  }
  const hidden = HIDDEN_START.exec(line);
  if (hidden === null || line.includes("-->")) return undefined;
  const [, language = "", info = ""] = hidden;
  return { info: `${language} ${info.trim()}`, indent: 0, isEnd: (other: string) => other.trim() === "-->" };
}
