import { mkdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { InvalidParameterError } from "@inference-ts/sdk/node";
import sharp from "sharp";
import type { Entry } from "../output/entry.ts";
import { FileWrites } from "../output/file-writes.ts";
import { assertFilePlace, whyNotWritten, writeResultFile } from "../output/output-place.ts";
import { ClassNames, type ReportItem, reportItem } from "./report-data.ts";
import { reportPage } from "./report-page.ts";

/** What a {@link Report} needs. */
export interface ReportOptions {
  /** One name for each input, without ending; the picture files have them too. */
  readonly names: readonly string[];
  /** Time of an input, milliseconds. */
  readonly durationOf: (index: number) => number | undefined;
}

/** Longest side of the pictures of a report, pixels. */
const MAX_SIDE = 1280;
const JPEG_QUALITY = 82;

/** Folder of a report's pictures: `report_files` beside `report.html`. */
export function reportFolder(file: string): string {
  return join(dirname(file), `${basename(file, extname(file))}_files`);
}

/** One page about a run, with its pictures in a folder beside it. */
export class Report {
  readonly #file: string;
  readonly #folder: string;
  readonly #options: ReportOptions;
  readonly #classes = new ClassNames();
  readonly #items = new Map<number, ReportItem>();
  readonly #writes = new FileWrites();

  private constructor(file: string, options: ReportOptions) {
    this.#file = file;
    this.#folder = basename(reportFolder(file));
    this.#options = options;
  }

  /**
   * @param file the page, `report.html`; its pictures go to `report_files`
   * @throws InvalidParameterError when the folder cannot be made, or a folder stands in the page's place
   */
  static async open(file: string, options: ReportOptions): Promise<Report> {
    await assertFilePlace(file);
    const report = new Report(file, options);
    await mkdir(reportFolder(file), { recursive: true }).catch((cause: unknown) => {
      throw new InvalidParameterError(
        `The folder for the report ${file} cannot be made: ${whyNotWritten(cause)}.`,
        {
          cause,
        },
      );
    });
    return report;
  }

  /**
   * Adds an entry; waits while too many pictures are being made.
   *
   * @param drawn the picture with its results, encoded; nothing where it could not be drawn
   */
  async add(entry: Entry, index: number, drawn: () => Promise<Uint8Array | undefined>): Promise<void> {
    const item = reportItem(entry, this.#classes, this.#options.durationOf(index));
    this.#items.set(index, item);
    if (!entry.ok) return;
    await this.#writes.add(this.#writePicture(item, index, drawn));
  }

  /** Writes the page. */
  async finish(title: string, facts: readonly (readonly [string, string])[]): Promise<void> {
    await this.#writes.settled();
    const items = [...this.#items].sort(([a], [b]) => a - b).map(([, item]) => item);
    await writeResultFile(this.#file, reportPage({ title, facts, classes: this.#classes.list(), items }));
    this.#writes.throwFailure();
  }

  async #writePicture(
    item: ReportItem,
    index: number,
    drawn: () => Promise<Uint8Array | undefined>,
  ): Promise<void> {
    const bytes = await drawn();
    if (bytes === undefined) return;
    const small = await sharp(bytes)
      .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
    const path = `${this.#folder}/${this.#options.names[index] ?? index}.jpg`;
    const target = join(dirname(this.#file), path);
    await writeResultFile(target, small);
    const picture = path.split("/").map(encodeURIComponent).join("/");
    this.#items.set(index, { ...item, picture });
  }
}
