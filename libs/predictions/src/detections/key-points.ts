import type { KeypointDetectionResult } from "../results.ts";
import { assertList, isAbsent, isJsonObject, type JsonObject, join, refuse } from "../wire-guards.ts";
import { emptyColumns } from "./columns.ts";
import { Detections } from "./detections.ts";
import { oneResult, readNumber } from "./from-result.ts";

/** One point of an object; `x` and `y` are 0 and the confidence 0 where the server left the point out. */
export interface KeyPoint {
  readonly x: number;
  readonly y: number;
  /** 0..1 */
  readonly confidence: number;
  /** Whether the server sent the point. */
  readonly present: boolean;
}

/** An object with its points. */
export interface KeyPointObject {
  readonly class: string;
  readonly classId: number;
  /** 0..1; `null` when the server gave some object none. */
  readonly confidence: number | null;
  readonly points: readonly KeyPoint[];
}

interface Slot {
  readonly slot: number;
  readonly x: number;
  readonly y: number;
  readonly confidence: number;
}

interface Item {
  readonly className: string;
  readonly classId: number;
  readonly confidence: number | null;
  readonly slots: readonly Slot[];
}

/**
 * Key points of objects, column by column. Every object has the same points in the same places: a point's `class_id` is its
 * place, and points that the server left out (below the confidence asked for) keep theirs.
 */
export class KeyPoints implements Iterable<KeyPointObject> {
  /** Number of objects. */
  readonly length: number;
  /** Number of points of each object. */
  readonly pointCount: number;
  /** `x`, `y` in pixels, point by point, object by object. */
  readonly xy: Float64Array;
  /** Confidence of each point, object by object. */
  readonly confidence: Float64Array;
  /** Confidence of each object; `null` when some object has none. */
  readonly detectionConfidence: Float64Array | null;
  readonly classId: Int32Array;
  readonly classNames: readonly string[];
  readonly #present: Uint8Array;

  private constructor(items: readonly Item[]) {
    this.length = items.length;
    this.pointCount = items
      .flatMap(({ slots }) => slots)
      .reduce((count, { slot }) => Math.max(count, slot + 1), 0);
    this.xy = new Float64Array(this.length * this.pointCount * 2);
    this.confidence = new Float64Array(this.length * this.pointCount);
    this.#present = new Uint8Array(this.confidence.length);
    for (const [object, { slots }] of items.entries()) {
      for (const { slot, x, y, confidence } of slots) {
        const place = object * this.pointCount + slot;
        this.xy.set([x, y], place * 2);
        this.confidence[place] = confidence;
        this.#present[place] = 1;
      }
    }
    const scores = items.flatMap(({ confidence }) => confidence ?? []);
    this.detectionConfidence =
      items.length > 0 && scores.length === items.length ? Float64Array.from(scores) : null;
    this.classId = Int32Array.from(items, ({ classId }) => classId);
    this.classNames = items.map(({ className }) => className);
  }

  /**
   * The key points of a result, decoded or as the server sent it.
   *
   * @throws InvalidResponseError when a prediction has no list of key points, or a point no place or confidence
   * @throws InvalidParameterError for a list of results
   */
  static from(result: KeypointDetectionResult | JsonObject): KeyPoints {
    const { predictions } = oneResult(result);
    if (isAbsent(predictions)) return new KeyPoints([]);
    assertList(predictions, "predictions");
    return new KeyPoints(predictions.map((item, index) => readItem(item, `predictions[${index}]`)));
  }

  /** One object; `undefined` beyond the end. */
  at(index: number): KeyPointObject | undefined {
    const [name, classId] = [this.classNames[index], this.classId[index]];
    if (name === undefined || classId === undefined) return undefined;
    const first = index * this.pointCount;
    const points = Array.from({ length: this.pointCount }, (_, slot): KeyPoint => {
      const place = first + slot;
      return {
        x: this.xy[place * 2] ?? 0,
        y: this.xy[place * 2 + 1] ?? 0,
        confidence: this.confidence[place] ?? 0,
        present: this.#present[place] === 1,
      };
    });
    return { class: name, classId, confidence: this.detectionConfidence?.[index] ?? null, points };
  }

  *[Symbol.iterator](): Iterator<KeyPointObject> {
    for (let index = 0; index < this.length; index++) {
      const object = this.at(index);
      if (object !== undefined) yield object;
    }
  }

  /**
   * Boxes around the points. Points at (0, 0), where models put what they did not find, are left out, and objects without any other
   * point with them. The confidence is that of the object or, when some object has none, the mean of its points.
   */
  toDetections(): Detections {
    const boxes: number[] = [];
    const objects = [...this].filter(({ points }) => {
      const found = points.filter(
        ({ x, y }) => (x !== 0 || y !== 0) && Number.isFinite(x) && Number.isFinite(y),
      );
      if (found.length === 0) return false;
      const [xs, ys] = [found.map(({ x }) => x), found.map(({ y }) => y)];
      boxes.push(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
      return true;
    });
    const mean = (points: readonly KeyPoint[]) =>
      points.reduce((sum, { confidence }) => sum + confidence, 0) / points.length;
    return Detections.fromColumns({
      ...emptyColumns(),
      boxes: Float64Array.from(boxes),
      confidence: Float64Array.from(objects, ({ confidence, points }) => confidence ?? mean(points)),
      classId: Int32Array.from(objects, ({ classId }) => classId),
      classNames: objects.map(({ class: name }) => name),
    });
  }
}

function readItem(item: unknown, path: string): Item {
  if (!isJsonObject(item)) refuse(path, "an object", item);
  const { keypoints, class: className, confidence } = item;
  assertList(keypoints, join(path, "keypoints"));
  if (typeof className !== "string") refuse(join(path, "class"), "a string", className);
  return {
    className,
    classId: Math.trunc(readNumber(item, "class_id", path)),
    confidence: typeof confidence === "number" ? confidence : null,
    slots: keypoints.map((point, index) => readSlot(point, index, `${join(path, "keypoints")}[${index}]`)),
  };
}

/** A model has far fewer points; a wild number would only be taken for memory. */
const MOST_POINTS = 10_000;

function readSlot(point: unknown, index: number, path: string): Slot {
  if (!isJsonObject(point)) refuse(path, "an object", point);
  const slot = point.class_id === undefined ? index : readNumber(point, "class_id", path);
  if (!(Number.isInteger(slot) && slot >= 0 && slot < MOST_POINTS)) {
    refuse(join(path, "class_id"), `a whole number from 0 to ${MOST_POINTS - 1}`, point.class_id);
  }
  return {
    slot,
    x: readNumber(point, "x", path),
    y: readNumber(point, "y", path),
    confidence: readNumber(point, "confidence", path),
  };
}
