import type { TerminalStream } from "./terminal.ts";

/**
 * Characters that a screen obeys instead of showing them: controls but tab and line break, those of the second set (U+0080 to U+009F),
 * and those that turn the direction of what follows.
 */
const OBEYED = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Text of a server as a screen may get it: what the screen would obey is shown as in JSON, such as `\u001b`. */
export function visibleText(text: string): string {
  return text.replaceAll(OBEYED, escaped);
}

/** The same for a part of a line, which a line break would end. */
export function visiblePart(text: string): string {
  return visibleText(text).replaceAll("\n", "\\n");
}

/** Writes results as they are, and to a screen so that it obeys nothing in them. JSON stays the same JSON. */
export function writeShown(stream: TerminalStream, text: string): void {
  stream.write(stream.isTTY === true ? visibleText(text) : text);
}
