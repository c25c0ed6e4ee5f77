import { type CocoInput, toCoco } from "@inference-ts/sdk/node";
import type { Entry } from "./entry.ts";
import type { Format } from "./format.ts";

/** A COCO data set. Its lists stand one after another, so everything is written at the end; failed inputs are left out. */
export class CocoFormat implements Format {
  readonly #inputs: CocoInput[] = [];

  begin(): string {
    return "";
  }

  add(entry: Entry): string {
    if (entry.ok) this.#inputs.push({ fileName: entry.input.name, result: entry.result });
    return "";
  }

  end(): string {
    return `${JSON.stringify(toCoco(this.#inputs))}\n`;
  }
}
