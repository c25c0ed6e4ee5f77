import { type AnyEntry, entryFields } from "./entry.ts";
import type { Format } from "./format.ts";

/** One JSON list, written entry by entry. */
export class JsonFormat implements Format {
  #isFirst = true;

  begin(): string {
    return "[";
  }

  add(entry: AnyEntry): string {
    const separator = this.#isFirst ? "\n" : ",\n";
    this.#isFirst = false;
    return separator + JSON.stringify(entryFields(entry));
  }

  end(): string {
    return this.#isFirst ? "]\n" : "\n]\n";
  }
}
