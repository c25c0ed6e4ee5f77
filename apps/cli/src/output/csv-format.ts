import { csvHeader, csvLine, toCsvRows } from "@inference-ts/sdk/node";
import type { Entry } from "./entry.ts";
import type { Format } from "./format.ts";

/** One row for each object, or for each class that a result names; failed inputs have none. Lines end as RFC 4180 asks for. */
export class CsvFormat implements Format {
  begin(): string {
    return `${csvHeader()}\r\n`;
  }

  add(entry: Entry): string {
    if (!entry.ok) return "";
    return toCsvRows(entry.input.name, entry.result)
      .map((row) => `${csvLine(row)}\r\n`)
      .join("");
  }

  end(): string {
    return "";
  }
}
