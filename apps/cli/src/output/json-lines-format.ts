import { type AnyEntry, entryFields } from "./entry.ts";
import type { Format } from "./format.ts";

/** One JSON object a line. */
export class JsonLinesFormat implements Format {
  begin(): string {
    return "";
  }

  add(entry: AnyEntry): string {
    return `${JSON.stringify(entryFields(entry))}\n`;
  }

  end(): string {
    return "";
  }
}
