import { CocoFormat } from "./coco-format.ts";
import { CsvFormat } from "./csv-format.ts";
import type { Format } from "./format.ts";
import { JsonFormat } from "./json-format.ts";
import { JsonLinesFormat } from "./json-lines-format.ts";
import { isLabelFormat } from "./label-files.ts";

/** No text: results go to files of their own, if anywhere. */
const silent = (): Format => ({ begin: () => "", add: () => "", end: () => "" });

const FORMATS = {
  json: (): Format => new JsonFormat(),
  jsonl: (): Format => new JsonLinesFormat(),
  csv: (): Format => new CsvFormat(),
  coco: (): Format => new CocoFormat(),
  yolo: silent,
  voc: silent,
  none: silent,
};

export type FormatName = keyof typeof FORMATS;

/** The names that `--format` takes. */
export const FORMAT_NAMES = Object.keys(FORMATS);

/** Whether a format is one text of all results, rather than files of their own or nothing. */
export function isText(name: FormatName): boolean {
  return name !== "none" && !isLabelFormat(name);
}

/** A fresh format by name. */
export function createFormat(name: FormatName): Format {
  return FORMATS[name]();
}
