import { CocoFormat } from "./coco-format.ts";
import { CsvFormat } from "./csv-format.ts";
import type { Entry } from "./entry.ts";
import { JsonFormat } from "./json-format.ts";
import { JsonLinesFormat } from "./json-lines-format.ts";

/** Turns entries into text, one after another; pure, so that the text can go anywhere. */
export interface Format {
  /** Before the first entry. */
  begin(): string;
  /** Text of one entry; empty where the format has none for it yet. */
  add(entry: Entry): string;
  /** After the last entry; also when the run was cut short. */
  end(): string;
}

const FORMATS = {
  json: (): Format => new JsonFormat(),
  jsonl: (): Format => new JsonLinesFormat(),
  csv: (): Format => new CsvFormat(),
  coco: (): Format => new CocoFormat(),
  none: (): Format => ({ begin: () => "", add: () => "", end: () => "" }),
};

export type FormatName = keyof typeof FORMATS;

/** The names that `--format` takes. */
export const FORMAT_NAMES = Object.keys(FORMATS);

/** A fresh format by name. */
export function createFormat(name: FormatName): Format {
  return FORMATS[name]();
}
