import { InvalidParameterError } from "@inference-ts/errors";
import type { InstanceMask } from "../masks/instance-mask.ts";
import type {
  BoxResult,
  ImageDimensions,
  Keypoint,
  Point,
  Rle,
  SemanticSegmentationResult,
  StubResult,
} from "../results.ts";
import { pictureSize } from "../rle.ts";
import type { JsonObject } from "../wire-guards.ts";
import {
  type Anchor,
  type BoxCorners,
  boxAnchors,
  boxAreas,
  boxAspectRatios,
  boxAt,
  clipBoxes,
  moveBoxes,
  padBoxes,
  scaleBoxes,
  toBoxes,
} from "./boxes.ts";
import { concatenate, type DataColumns, type DetectionColumns, emptyColumns, selectRows } from "./columns.ts";
import { type FromResultOptions, readDetections } from "./from-result.ts";
import { mergeGroup, overlapGroups } from "./nmm.ts";
import { hasAllMasks, nonMaxSuppression } from "./nms.ts";
import { boxOverlaps, maskOverlaps, type OverlapMatrix, type OverlapMetric } from "./overlap.ts";
import { readSam3 } from "./sam3.ts";
import type { OverlapOptions } from "./score-order.ts";
import { readSemanticDetections, type SemanticOptions } from "./semantic.ts";

/** One detection as a plain object; `null` for what is not known. */
export interface Detection {
  /** Corners in pixels: `[x_min, y_min, x_max, y_max]`. */
  readonly box: BoxCorners;
  /** 0..1 */
  readonly confidence: number | null;
  readonly classId: number | null;
  readonly class: string | null;
  readonly trackerId: number | null;
  readonly mask: InstanceMask | null;
  readonly keypoints: readonly Keypoint[] | null;
  readonly detectionId: string | null;
  /** Values of the caller's columns, by name. */
  readonly data: { readonly [name: string]: unknown };
}

/** A detection as JSON holds it; masks as run lengths. */
export interface DetectionJson extends Omit<Detection, "mask"> {
  readonly mask: Rle | null;
}

/** Columns for `Detections.fromColumns`: boxes as corners, and what else there is. */
export type DetectionInput = Partial<Omit<DetectionColumns, "boxes">> & {
  readonly boxes: Iterable<readonly number[]> | Float64Array;
};

/**
 * Detections of one picture, column by column, whatever model they come from. Never changes: every method gives new detections,
 * which share columns and masks with the old ones. Masks are kept as polygons or run lengths and become bitmaps only when asked.
 *
 * @example
 * ```ts
 * import { Detections } from "@inference-ts/sdk/predictions";
 * const detections = Detections.from({
 *   image: { width: 64, height: 48 },
 *   predictions: [{ x: 20, y: 18, width: 20, height: 20, confidence: 0.9, class: "car", class_id: 0 }],
 * });
 * for (const { class: name, box } of detections.minConfidence(0.5).nms()) console.log(name, box);
 * ```
 */
export class Detections implements Iterable<Detection>, DetectionColumns {
  /** Number of detections. */
  readonly length: number;
  readonly boxes: Float64Array;
  readonly confidence: Float64Array | null;
  readonly classId: Int32Array | null;
  readonly classNames: readonly string[] | null;
  readonly trackerId: Float64Array | null;
  readonly masks: readonly (InstanceMask | null)[] | null;
  readonly keypoints: readonly (readonly Keypoint[] | null)[] | null;
  readonly detectionIds: readonly (string | null)[] | null;
  readonly data: DataColumns;
  readonly image: ImageDimensions | null;

  private constructor(columns: DetectionColumns) {
    this.boxes = columns.boxes;
    this.length = columns.boxes.length / 4;
    this.confidence = columns.confidence;
    this.classId = columns.classId;
    this.classNames = columns.classNames;
    this.trackerId = columns.trackerId;
    this.masks = columns.masks;
    this.keypoints = columns.keypoints;
    this.detectionIds = columns.detectionIds;
    this.data = columns.data;
    this.image = columns.image;
    this.#assertLengths();
  }

  #assertLengths(): void {
    const { confidence, classId, classNames, trackerId, masks, keypoints, detectionIds, data } = this;
    const columns = { confidence, classId, classNames, trackerId, masks, keypoints, detectionIds };
    // Columns of the caller may have the same names.
    for (const [name, values] of [...Object.entries(columns), ...Object.entries(data)]) {
      if (values === null || values.length === this.length) continue;
      throw new InvalidParameterError(
        `Column ${JSON.stringify(name)} has ${values.length} values for ${this.length} detections.`,
      );
    }
  }

  /** No detections. */
  static empty(image: ImageDimensions | null = null): Detections {
    return new Detections(emptyColumns(image));
  }

  /**
   * Detections of columns, from any source.
   *
   * @throws InvalidParameterError when a column has another length than there are boxes
   */
  static fromColumns(columns: DetectionInput): Detections {
    return new Detections({
      ...emptyColumns(),
      confidence: null,
      classId: null,
      classNames: null,
      ...columns,
      boxes: toBoxes(columns.boxes),
    });
  }

  /**
   * The detections of a result with boxes, polygons, run-length masks or key points: decoded by the client, or JSON as a server or a
   * workflow sent it. Answers in a mask grid (`mask_metadata`) are brought to pixels of the picture; a mask that cannot be
   * read costs only itself.
   *
   * @throws InvalidResponseError when the result has no list of predictions, or one of them no box, class or confidence; when it has
   *   masks and claims a picture of more than 2^20 pixels a side or 2^28 in all
   * @throws InvalidParameterError for a list of results
   */
  static from(result: BoxResult | StubResult | JsonObject, options: FromResultOptions = {}): Detections {
    return new Detections(readDetections(result, options));
  }

  /**
   * The detections of an answer of SAM 3: class ids are the indices of the prompts, boxes are those of the masks.
   *
   * @param size of the picture, which the answer does not say
   * @throws InvalidResponseError when the answer has not the form of one of SAM 3
   * @throws InvalidParameterError when the size is not in whole pixels, or larger than any picture
   */
  static fromSam3(result: JsonObject, size: ImageDimensions): Detections {
    return new Detections(readSam3(result, pictureSize(size)));
  }

  /**
   * A detection for each class of a semantic segmentation that covers a pixel, with its mask and the mean of its confidences.
   *
   * @throws InvalidResponseError when a mask is not base64 of an 8-bit grey PNG
   */
  static async fromSemantic(
    result: SemanticSegmentationResult,
    options: SemanticOptions = {},
  ): Promise<Detections> {
    return new Detections(await readSemanticDetections(result, options));
  }

  /**
   * All detections of several, one after the other.
   *
   * @throws InvalidParameterError when some have confidences, class ids or class names and others have not
   */
  static merge(list: Iterable<Detections>): Detections {
    return new Detections(concatenate([...list]));
  }

  /** One detection; negative numbers count from the end; `undefined` where there is none. */
  at(index: number): Detection | undefined {
    const row = index < 0 ? this.length + index : index;
    if (!(Number.isInteger(row) && row >= 0 && row < this.length)) return undefined;
    const tracker = this.trackerId?.[row] ?? Number.NaN;
    return {
      box: boxAt(this.boxes, row),
      confidence: this.confidence?.[row] ?? null,
      classId: this.classId?.[row] ?? null,
      class: this.classNames?.[row] ?? null,
      trackerId: Number.isNaN(tracker) ? null : tracker,
      mask: this.masks?.[row] ?? null,
      keypoints: this.keypoints?.[row] ?? null,
      detectionId: this.detectionIds?.[row] ?? null,
      data: Object.fromEntries(Object.entries(this.data).map(([name, values]) => [name, values[row]])),
    };
  }

  *[Symbol.iterator](): Iterator<Detection> {
    for (let row = 0; row < this.length; row++) {
      const detection = this.at(row);
      if (detection !== undefined) yield detection;
    }
  }

  /** Plain objects that JSON can hold; masks as COCO run lengths. */
  toJSON(): DetectionJson[] {
    return [...this].map((detection) => ({ ...detection, mask: detection.mask?.toRle() ?? null }));
  }

  /** The detections with some indices, in their order. */
  select(indices: ArrayLike<number>): Detections {
    return new Detections(selectRows(this, indices));
  }

  /** The detections for which `keep` gives true. */
  filter(keep: (detection: Detection, index: number) => boolean): Detections {
    return this.select([...this].flatMap((detection, index) => (keep(detection, index) ? [index] : [])));
  }

  /** The detections of some classes, by name or by id. */
  byClass(...classes: readonly (string | number)[]): Detections {
    const wanted = new Set(classes);
    return this.filter(
      ({ class: name, classId }) =>
        (name !== null && wanted.has(name)) || (classId !== null && wanted.has(classId)),
    );
  }

  /** The detections with at least this confidence; those without any are left out. */
  minConfidence(least: number): Detections {
    return this.filter(({ confidence }) => confidence !== null && confidence >= least);
  }

  /** The detections from `start` up to `end` (not included), as with lists. */
  slice(start?: number, end?: number): Detections {
    return this.select(Array.from({ length: this.length }, (_, index) => index).slice(start, end));
  }

  /**
   * The best of those that overlap by **more** than a threshold; see `nonMaxSuppression`.
   *
   * @throws InvalidParameterError when the threshold is no number from 0 to 1, or confidences or class ids are missing
   */
  nms(options: OverlapOptions = {}): Detections {
    return this.select(nonMaxSuppression(this, options));
  }

  /**
   * One detection for each group that overlaps by **at least** a threshold: box around all, masks united, mean of the confidences
   * weighted by area, the rest from the best; see `overlapGroups`.
   *
   * @throws InvalidParameterError when the threshold is no number from 0 to 1, or confidences or class ids are missing
   */
  nmm(options: OverlapOptions = {}): Detections {
    const merged = overlapGroups(this, options).map((group) => mergeGroup(this, group));
    const winners = this.select(merged.map(({ winner }) => winner));
    return winners.#with({
      boxes: Float64Array.from(merged.flatMap(({ box }) => box)),
      confidence: this.confidence && Float64Array.from(merged, ({ confidence }) => confidence),
      masks: this.masks && merged.map(({ mask }) => mask),
    });
  }

  /** Overlap with every one of other detections, of masks where all have one, otherwise of boxes. Rows are these, columns the others. */
  overlaps(others: Detections, metric: OverlapMetric = "iou"): OverlapMatrix {
    return hasAllMasks(this.masks) && hasAllMasks(others.masks) && this.length > 0
      ? maskOverlaps(this.masks, others.masks, metric)
      : boxOverlaps(this.boxes, others.boxes, metric);
  }

  /** Intersection over union with every one of other detections; see `overlaps`. */
  iou(others: Detections): OverlapMatrix {
    return this.overlaps(others, "iou");
  }

  /** Covered pixels where there is a mask, area of the box otherwise. */
  get areas(): Float64Array {
    return this.boxAreas.map((area, row) => this.masks?.[row]?.area ?? area);
  }

  /** Width times height of each box. */
  get boxAreas(): Float64Array {
    return boxAreas(this.boxes);
  }

  /** Width divided by height of each box; `NaN` for a height of 0. */
  get aspectRatios(): Float64Array {
    return boxAspectRatios(this.boxes);
  }

  /**
   * A place of each detection: of its box, or the mean of the pixels of its mask (`center-of-mass`; the centre of the box where there
   * is no mask, (0, 0) for one that covers nothing).
   */
  anchors(anchor: Anchor | "center-of-mass"): Point[] {
    if (anchor !== "center-of-mass") return boxAnchors(this.boxes, anchor);
    return boxAnchors(this.boxes, "center").map((centre, row) => {
      const mask = this.masks?.[row] ?? null;
      return mask === null ? centre : (mask.centre ?? { x: 0, y: 0 });
    });
  }

  /** Boxes cut to the picture. Masks have no pixels outside of it anyway. */
  clip(size: ImageDimensions | null = this.image): Detections {
    if (size === null) {
      throw new InvalidParameterError("The size of the picture is not known; give it to clip.");
    }
    return this.#with({ boxes: clipBoxes(this.boxes, size) });
  }

  /** Boxes grown on every side; masks and key points stay. */
  pad(byX: number, byY: number = byX): Detections {
    return this.#with({ boxes: padBoxes(this.boxes, byX, byY) });
  }

  /** Boxes with sides times `factor`, about their centres; masks and key points stay. */
  scale(factor: number): Detections {
    return this.#with({ boxes: scaleBoxes(this.boxes, factor) });
  }

  /**
   * Everything shifted by pixels, as a part of a picture lies in the whole; masks by whole pixels.
   *
   * @param size of the new picture, default as before; parts of masks that leave it are cut off
   */
  move(byX: number, byY: number, size: ImageDimensions | null = this.image): Detections {
    return this.#with({
      boxes: moveBoxes(this.boxes, byX, byY),
      masks: this.masks?.map((mask) => mask?.move(byX, byY, size ?? mask) ?? null) ?? null,
      keypoints: this.#mapKeypoints(({ x, y }) => ({ x: x + byX, y: y + byY })),
      image: size,
    });
  }

  /**
   * Everything brought to another size of the picture; masks by the nearest pixel.
   *
   * @throws InvalidParameterError when the size of the picture is not known, when the other one is not in whole pixels, or larger than any
   *   picture
   */
  resize(to: ImageDimensions): Detections {
    const size = pictureSize(to);
    const { image } = this;
    if (image === null || !(image.width > 0 && image.height > 0))
      throw new InvalidParameterError("The size of the picture is not known; it cannot be resized.");
    const [byX, byY] = [size.width / image.width, size.height / image.height];
    return this.#with({
      boxes: this.boxes.map((value, at) => value * (at % 2 === 0 ? byX : byY)),
      masks: this.masks?.map((mask) => mask?.resize(size) ?? null) ?? null,
      keypoints: this.#mapKeypoints(({ x, y }) => ({ x: x * byX, y: y * byY })),
      image: size,
    });
  }

  /**
   * The same detections with a column of the caller's values.
   *
   * @throws InvalidParameterError when there is not one value for each detection
   */
  withData(name: string, values: readonly unknown[]): Detections {
    return this.#with({ data: { ...this.data, [name]: values } });
  }

  #with(changes: Partial<DetectionColumns>): Detections {
    const { boxes, confidence, classId, classNames, trackerId, masks, keypoints, detectionIds, data, image } =
      this;
    const columns = {
      boxes,
      confidence,
      classId,
      classNames,
      trackerId,
      masks,
      keypoints,
      detectionIds,
      data,
      image,
    };
    return new Detections({ ...columns, ...changes });
  }

  #mapKeypoints(map: (point: Point) => Point): readonly (readonly Keypoint[] | null)[] | null {
    const mapped = this.keypoints?.map(
      (points) => points?.map((point) => ({ ...point, ...map(point) })) ?? null,
    );
    return mapped ?? null;
  }
}
