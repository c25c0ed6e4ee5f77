import { classesOf } from "@inference-ts/sdk/predictions";
import { errorFields } from "../describe-error.ts";
import type { Entry } from "../output/entry.ts";

/** One thing that a picture shows, short because a page holds many: class as index into the names, confidence of 0..1. */
export type ReportObject = readonly [classIndex: number, confidence: number | null];

/** One picture of a report. */
export interface ReportItem {
  readonly name: string;
  /** Relative URL of the picture file; missing where there is none. */
  readonly picture?: string;
  readonly width?: number;
  readonly height?: number;
  /** From the loading of the picture to its result. */
  readonly ms?: number;
  readonly objects: readonly ReportObject[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Everything that a report page shows. */
export interface ReportData {
  readonly title: string;
  /** Lines below the title, name and value. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly classes: readonly string[];
  readonly items: readonly ReportItem[];
}

/** Gives each class name its index. */
export class ClassNames {
  readonly #indices = new Map<string, number>();

  indexOf(name: string): number {
    const known = this.#indices.get(name);
    if (known !== undefined) return known;
    this.#indices.set(name, this.#indices.size);
    return this.#indices.size - 1;
  }

  list(): readonly string[] {
    return [...this.#indices.keys()];
  }
}

/** The item of an entry, still without its picture file. */
export function reportItem(entry: Entry, classes: ClassNames, durationMs: number | undefined): ReportItem {
  const { name } = entry.input;
  const timed = durationMs === undefined ? {} : { ms: Math.round(durationMs * 10) / 10 };
  if (!entry.ok) {
    const { code, message } = errorFields(entry.error);
    return { name, ...timed, objects: [], error: { code, message } };
  }
  const objects = classesOf(entry.result).map(
    (named): ReportObject => [
      classes.indexOf(named.class),
      named.confidence === null ? null : Math.round(named.confidence * 1e4) / 1e4,
    ],
  );
  const { image } = entry.result;
  const size = image === undefined ? {} : { width: image.width, height: image.height };
  return { name, ...size, ...timed, objects };
}
