import type { ClientCore } from "../client-core.ts";

const told = new Set<string>();

/** Tells once in the life of the program that something should not be used any more. */
export function warnOnce(
  { warn = writeToConsole }: Pick<ClientCore, "warn">,
  code: string,
  message: string,
): void {
  if (told.has(code)) return;
  told.add(code);
  warn(message, code);
}

function writeToConsole(message: string, code: string): void {
  console.warn(`[${code}] ${message}`);
}
