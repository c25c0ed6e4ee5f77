import { join } from "node:path";
import type { DrawnPicture } from "./draw-picture.ts";
import { type Entry, entryFields } from "./entry.ts";
import { FileWrites } from "./file-writes.ts";
import type { LabelFiles } from "./label-files.ts";
import { makeOutputFolder, writeResultFile } from "./output-place.ts";

/** What a {@link ResultFolder} does. */
export interface ResultFolderOptions {
  /** One name for each input, relative to the folder and without ending. */
  readonly names: readonly string[];
  /** Whether pictures with their results drawn on them are written too. */
  readonly draws: boolean;
  /** Files that stand in place of the JSON files. */
  readonly labels?: LabelFiles | undefined;
}

/**
 * One JSON file for each input, or a label file for each that succeeded, and, where asked for, its picture with the results
 * drawn on it.
 */
export class ResultFolder {
  readonly #path: string;
  readonly #options: ResultFolderOptions;
  readonly #writes = new FileWrites();

  private constructor(path: string, options: ResultFolderOptions) {
    this.#path = path;
    this.#options = options;
  }

  /** @throws InvalidParameterError when the folder cannot be made, or is a file. */
  static async open(path: string, options: ResultFolderOptions): Promise<ResultFolder> {
    await makeOutputFolder(path);
    return new ResultFolder(path, options);
  }

  /**
   * Starts writing an entry; waits while too many are being written. Fails when an earlier one could not be written.
   *
   * @param drawn the picture with its results; nothing where it could not be drawn
   * @param labels text of the label file, where the folder has label files
   */
  async add(
    entry: Entry,
    index: number,
    drawn: () => Promise<DrawnPicture | undefined>,
    labels?: string,
  ): Promise<void> {
    await this.#writes.add(this.#write(entry, index, drawn, labels));
  }

  /** Resolves when everything is on disk. */
  async finish(): Promise<void> {
    await this.#writes.settled();
    this.#writes.throwFailure();
    const summary = this.#options.labels?.summary;
    if (summary !== undefined) await writeResultFile(join(this.#path, summary.name), summary.text);
  }

  async #write(
    entry: Entry,
    index: number,
    drawn: () => Promise<DrawnPicture | undefined>,
    text: string | undefined,
  ): Promise<void> {
    const { names, draws, labels } = this.#options;
    const target = join(this.#path, names[index] ?? String(index));
    if (labels === undefined) {
      await writeResultFile(`${target}.json`, `${JSON.stringify(entryFields(entry), null, 2)}\n`);
    } else if (text !== undefined) {
      await writeResultFile(target + labels.ending, text);
    }
    if (!entry.ok || !draws) return;
    const picture = await drawn();
    if (picture !== undefined) await writeResultFile(`${target}.annotated.${picture.ending}`, picture.bytes);
  }
}
