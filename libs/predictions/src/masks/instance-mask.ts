import { InvalidParameterError } from "@inference-ts/errors";
import type { Mask } from "../mask.ts";
import type { BoxFields, ImageDimensions, Point, Rle } from "../results.ts";
import { pictureSize, type Runs, readRle, writeRle } from "../rle.ts";
import { intersectRuns, sharedArea, uniteRuns } from "./combine-runs.ts";
import { decodeRuns } from "./decode-runs.ts";
import { encodePatch, wholePatch } from "./encode-patch.ts";
import { fillPolygon, paintPolygon, type Rings, type RowRange } from "./fill-polygon.ts";
import { type MaskPolygon, type PolygonOptions, patchPolygons } from "./mask-polygons.ts";
import { runsArea, runsBox, runsCentre } from "./measure-runs.ts";
import { EMPTY_PATCH, type Patch } from "./patch.ts";
import { moveRuns, resizeRunsNearest } from "./place-runs.ts";
import { RunBuilder } from "./run-builder.ts";
import { type Connectivity, countSegments, hasHoles } from "./run-topology.ts";
import { wholePixels } from "./whole-pixels.ts";

const FEWEST_VERTICES = 3;

function checkNumbers(what: string, numbers: readonly number[]): void {
  if (!numbers.some(Number.isNaN)) return;
  throw new InvalidParameterError(`The ${what} must be numbers, got ${numbers.join(", ")}.`);
}

/**
 * The pixels of a picture that belong to one object. Made from run lengths, a polygon or a bitmap and kept in that form; other
 * forms are made when they are asked for, and run lengths are kept. Never changes.
 *
 * @example
 * ```ts
 * import { InstanceMask } from "@inference-ts/sdk/predictions";
 * const square = [{ x: 1, y: 1 }, { x: 3, y: 1 }, { x: 3, y: 3 }, { x: 1, y: 3 }];
 * const mask = InstanceMask.fromPolygons([square], { width: 6, height: 5 });
 * console.log(mask.area, mask.box, mask.toRle().counts);
 * ```
 */
export class InstanceMask implements ImageDimensions {
  readonly width: number;
  readonly height: number;
  /** The polygon that the mask was made from, as it was given; `null` for other masks and after any change. */
  readonly polygon: readonly Point[] | null;
  #runs: Runs | null;
  readonly #makeRuns: () => Runs;
  /** In whole pixels; `null` for masks that were not made from polygons. */
  readonly #rings: Rings | null;
  #box: BoxFields | null = null;
  #area: number | null = null;

  private constructor(
    size: ImageDimensions,
    makeRuns: () => Runs,
    polygon: readonly Point[] | null = null,
    rings: Rings | null = null,
  ) {
    pictureSize(size, 0);
    this.width = size.width;
    this.height = size.height;
    this.polygon = polygon;
    this.#runs = null;
    this.#makeRuns = makeRuns;
    this.#rings = rings;
  }

  /** A mask of run lengths that are already decoded. */
  static fromRuns(runs: Runs): InstanceMask {
    return new InstanceMask(runs, () => runs);
  }

  /**
   * A mask of a COCO run-length encoding, either form of `counts`.
   *
   * @throws InvalidResponseError when it cannot be decoded
   */
  static fromRle(rle: Rle): InstanceMask {
    return InstanceMask.fromRuns(readRle(rle));
  }

  /**
   * A mask of one polygon or several rings, filled by the even-odd rule with the outline included, bit for bit as OpenCV does
   * it. Vertices are brought to whole pixels, halves to the even neighbour; rings of fewer than three are left out.
   *
   * @param size of the picture; parts outside of it are cut off
   * @throws InvalidParameterError when a vertex is not finite
   */
  static fromPolygons(rings: readonly (readonly Point[])[], size: ImageDimensions): InstanceMask {
    const whole = rings.filter(({ length }) => length >= FEWEST_VERTICES).map(wholePixels);
    const [only, ...more] = rings;
    return new InstanceMask(
      size,
      () => encodePatch(fillPolygon(whole, size), size),
      more.length === 0 ? (only ?? null) : null,
      whole,
    );
  }

  /**
   * A mask of a box given as corners, in whole pixels (fractions are cut off).
   *
   * @param far whether the pixels at the far edges are covered (`inclusive`) or are the first that are not (`exclusive`, default)
   * @throws InvalidParameterError when a corner is not a number
   */
  static fromBox(
    [xMin, yMin, xMax, yMax]: readonly [xMin: number, yMin: number, xMax: number, yMax: number],
    size: ImageDimensions,
    far: "inclusive" | "exclusive" = "exclusive",
  ): InstanceMask {
    checkNumbers("corners of a box", [xMin, yMin, xMax, yMax]);
    return new InstanceMask(size, () => {
      const builder = new RunBuilder();
      const [left, top] = [Math.max(0, Math.trunc(xMin)), Math.max(0, Math.trunc(yMin))];
      const end = (value: number, side: number) =>
        Math.min(side, far === "exclusive" || value < 0 ? Math.trunc(value) : Math.trunc(value) + 1);
      const [right, bottom] = [end(xMax, size.width), end(yMax, size.height)];
      for (let column = left; column < right; column++) {
        builder.cover(column * size.height + top, column * size.height + bottom);
      }
      return builder.finish(size);
    });
  }

  /**
   * A mask of a bitmap; every byte that is not 0 is covered. The bitmap is read when the mask is used.
   *
   * @throws InvalidParameterError when it has more or fewer bytes than pixels
   */
  static fromBitmap(bitmap: Mask): InstanceMask {
    const patch = wholePatch(bitmap);
    return new InstanceMask(bitmap, () => encodePatch(patch, bitmap));
  }

  /**
   * The pixels that any of the masks covers.
   *
   * @throws InvalidParameterError for no mask, or masks of different sizes
   */
  static union(masks: readonly InstanceMask[]): InstanceMask {
    return InstanceMask.fromRuns(uniteRuns(masks.map((mask) => mask.runs)));
  }

  /**
   * The pixels that all of the masks cover.
   *
   * @throws InvalidParameterError for no mask, or masks of different sizes
   */
  static intersection(masks: readonly InstanceMask[]): InstanceMask {
    return InstanceMask.fromRuns(intersectRuns(masks.map((mask) => mask.runs)));
  }

  /** Run lengths, column by column. */
  get runs(): Runs {
    this.#runs ??= this.#makeRuns();
    return this.#runs;
  }

  /** Number of covered pixels. */
  get area(): number {
    this.#area ??= runsArea(this.runs);
    return this.#area;
  }

  /** Smallest box around the covered pixels, `x`, `y` its **top left** corner; all 0 when nothing is covered. */
  get box(): BoxFields {
    this.#box ??= runsBox(this.runs);
    return this.#box;
  }

  /** Mean of the centres of the covered pixels; `null` when nothing is covered. */
  get centre(): Point | null {
    return runsCentre(this.runs);
  }

  /** Whether uncovered pixels are enclosed by covered ones. */
  get hasHoles(): boolean {
    return hasHoles(this.runs);
  }

  /** Number of parts that do not touch: along edges (4, default), or along edges and corners (8). */
  countSegments(connectivity: Connectivity = 4): number {
    return countSegments(this.runs, connectivity);
  }

  /** Pixels that both masks cover. Masks of different sizes are an `InvalidParameterError`. */
  sharedArea(other: InstanceMask): number {
    const [a, b] = [this.box, other.box];
    const apart =
      a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
    if (apart && this.width === other.width && this.height === other.height) return 0;
    return sharedArea(this.runs, other.runs);
  }

  /**
   * One byte a pixel, row by row from the top left; 1 = covered. To look at many masks one after the other, `eachBitmap` needs
   * the memory of one.
   */
  toBitmap(): Mask {
    const { width, height } = this;
    const bitmap = { width, height, data: new Uint8Array(width * height) };
    this.paint(bitmap);
    return bitmap;
  }

  /**
   * Sets the covered pixels of a bitmap to 1 and leaves the others, so that several masks can be painted into one.
   *
   * @param bitmap one byte a pixel, row by row from the top left; it is changed
   * @returns the rows that have changed, or may have
   * @throws InvalidParameterError for a bitmap of another size
   * @example
   * ```ts
   * import { InstanceMask } from "@inference-ts/sdk/predictions";
   * const bitmap = { width: 6, height: 5, data: new Uint8Array(30) };
   * console.log(InstanceMask.fromBox([1, 1, 3, 4], bitmap).paint(bitmap)); // { from: 1, to: 4 }
   * ```
   */
  paint(bitmap: Mask): RowRange {
    const { width, height } = this;
    if (bitmap.width !== width || bitmap.height !== height || bitmap.data.length !== width * height) {
      throw new InvalidParameterError(
        `A mask of ${width} x ${height} pixels cannot be painted into ${bitmap.width} x ${bitmap.height} pixels of ${bitmap.data.length} bytes.`,
      );
    }
    if (this.#rings !== null && this.#runs === null) return paintPolygon(this.#rings, bitmap);
    decodeRuns(this.runs, bitmap.data);
    return { from: this.box.y, to: this.box.y + this.box.height };
  }

  /** COCO run lengths with compressed text. */
  toRle(): { size: [number, number]; counts: string } {
    return writeRle(this.runs);
  }

  /** The polygons around the covered pixels. */
  toPolygons(options: PolygonOptions = {}): MaskPolygon[] {
    return patchPolygons(this.#patch(), this.width * this.height, options);
  }

  /**
   * The mask shifted by whole pixels (fractions are cut off).
   *
   * @param size of the new picture, default as before; what leaves it is cut off
   * @throws InvalidParameterError for a shift that is not a number, or a size that is none
   */
  move(byX: number, byY: number, size: ImageDimensions = this): InstanceMask {
    checkNumbers("shifts of a mask", [byX, byY]);
    return new InstanceMask(size, () => moveRuns(this.runs, Math.trunc(byX), Math.trunc(byY), size));
  }

  /** The mask at another size, nearest pixel. A size that is none is an `InvalidParameterError`. */
  resize(size: ImageDimensions): InstanceMask {
    if (size.width === this.width && size.height === this.height) return this;
    return new InstanceMask(size, () => resizeRunsNearest(this.runs, size));
  }

  /** The covered pixels and nothing around them. */
  #patch(): Patch {
    const { x: left, y: top, width, height } = this.box;
    if (width === 0) return EMPTY_PATCH;
    return { left, top, ...decodeRuns(moveRuns(this.runs, -left, -top, { width, height })) };
  }
}
