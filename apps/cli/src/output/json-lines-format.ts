import { type Entry, entryFields } from "./entry.ts";
import type { Format } from "./format.ts";

/** One JSON object a line. */
export class JsonLinesFormat implements Format {
  begin(): string {
    return "";
  }

  add(entry: Entry): string {
    return `${JSON.stringify(entryFields(entry))}\n`;
  }

  end(): string {
    return "";
  }
}
