import { cocoStream, type DetectedImage } from "@inference-ts/sdk/predictions";
import { detectedImage } from "./detected-image.ts";
import type { Entry } from "./entry.ts";
import type { Format } from "./format.ts";
import { StreamedText } from "./streamed-text.ts";

/** A COCO data set, object by object; of a picture one short line waits for the end. Failed inputs are left out. */
export class CocoFormat implements Format {
  readonly #text = new StreamedText<DetectedImage>(cocoStream());

  begin(): string {
    return "";
  }

  async add(entry: Entry): Promise<string> {
    return entry.ok ? this.#text.add(await detectedImage(entry)) : "";
  }

  end(): Promise<string> {
    return this.#text.end();
  }
}
