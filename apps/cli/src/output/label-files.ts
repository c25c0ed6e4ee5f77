import { basename } from "node:path";
import { InvalidResponseError } from "@inference-ts/sdk/node";
import { type DetectedImage, pascalVoc, yoloDataYaml, yoloLines } from "@inference-ts/sdk/predictions";
import { detectedImage } from "./detected-image.ts";
import type { Entry } from "./entry.ts";

interface LabelFormat {
  readonly ending: string;
  readonly textOf: (image: DetectedImage) => string;
}

/** Formats of one file for each picture. */
const LABEL_FORMATS = {
  yolo: {
    ending: ".txt",
    textOf: (image) =>
      yoloLines(image.detections, image)
        .map((line) => `${line}\n`)
        .join(""),
  },
  voc: { ending: ".xml", textOf: (image) => pascalVoc(image) },
} as const satisfies Readonly<Record<string, LabelFormat>>;

export type LabelFormatName = keyof typeof LABEL_FORMATS;

export function isLabelFormat(name: string): name is LabelFormatName {
  return Object.hasOwn(LABEL_FORMATS, name);
}

/** The label files of a run. Keeps the names of the classes and nothing else. */
export class LabelFiles {
  readonly #name: LabelFormatName;
  readonly #classes = new Map<number, string>();

  constructor(name: LabelFormatName) {
    this.#name = name;
  }

  /** Of the files' names. */
  get ending(): string {
    return LABEL_FORMATS[this.#name].ending;
  }

  /**
   * The labels of a picture.
   *
   * @throws InvalidResponseError when the answer does not say how large the picture is
   */
  async textOf(entry: Entry & { readonly ok: true }): Promise<string> {
    const image = await detectedImage(entry);
    if (!(image.width > 0 && image.height > 0)) {
      throw new InvalidResponseError(
        `The answer for ${entry.input.name} does not say how large the picture is; labels need it.`,
        { path: "image" },
      );
    }
    const { classId, classNames } = image.detections;
    for (const [row, id] of (classId ?? []).entries()) {
      this.#classes.set(id, classNames?.[row] ?? String(id));
    }
    return LABEL_FORMATS[this.#name].textOf({ ...image, fileName: basename(entry.input.name) });
  }

  /** What stands beside the label files: the names of the classes; those that did not occur are named by their ids. */
  get summary(): { readonly name: string; readonly text: string } | undefined {
    if (this.#name !== "yolo") return undefined;
    const count = Math.max(-1, ...this.#classes.keys()) + 1;
    const classes = Array.from({ length: count }, (_, id) => this.#classes.get(id) ?? String(id));
    return { name: "data.yaml", text: yoloDataYaml(classes) };
  }
}
