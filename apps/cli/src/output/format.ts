import type { Entry } from "./entry.ts";

/** Turns entries into text, one after another; without effects, so that the text can go anywhere. */
export interface Format {
  /** Before the first entry. */
  begin(): string;
  /** Text of one entry; empty where the format has none for it yet. */
  add(entry: Entry): string | Promise<string>;
  /** After the last entry; also when the run was cut short. */
  end(): string | Promise<string>;
}
