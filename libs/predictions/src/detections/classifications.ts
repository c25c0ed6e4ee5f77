import type { AnyClassificationResult } from "../results.ts";
import { isJsonObject, type JsonObject, refuse } from "../wire-guards.ts";
import { oneResult, readNumber } from "./from-result.ts";
import { byConfidence } from "./score-order.ts";

/** One class of a classification. */
export interface ClassScore {
  readonly class: string;
  readonly classId: number;
  /** 0..1 */
  readonly confidence: number;
}

/**
 * Classes of a picture, column by column, in the order of the answer.
 *
 * @example
 * ```ts
 * import { Classifications } from "@inference-ts/sdk/predictions";
 * const classes = Classifications.from({
 *   predictions: { red: { confidence: 0.9, class_id: 0 }, green: { confidence: 0.2, class_id: 1 } },
 *   predicted_classes: ["red"],
 * });
 * for (const { class: name, confidence } of classes.top(1)) console.log(name, confidence);
 * ```
 */
export class Classifications implements Iterable<ClassScore> {
  readonly length: number;
  readonly classId: Int32Array;
  readonly confidence: Float64Array;
  readonly classNames: readonly string[];
  /** Names of the classes that a multi-label model predicts; `null` for single-label answers. */
  readonly predicted: readonly string[] | null;

  private constructor(scores: readonly ClassScore[], predicted: readonly string[] | null) {
    this.length = scores.length;
    this.classId = Int32Array.from(scores, ({ classId }) => classId);
    this.confidence = Float64Array.from(scores, ({ confidence }) => confidence);
    this.classNames = scores.map(({ class: name }) => name);
    this.predicted = predicted;
  }

  /**
   * The classes of a single-label or multi-label answer, decoded or as the server sent it.
   *
   * @throws InvalidResponseError when it is neither
   */
  static from(result: AnyClassificationResult | JsonObject): Classifications {
    const { predictions, predicted_classes: predicted } = oneResult(result);
    const names = Array.isArray(predicted) ? predicted.filter((name) => typeof name === "string") : null;
    if (Array.isArray(predictions)) {
      const scores = predictions.map((item: unknown, index) => {
        const path = `predictions[${index}]`;
        const name = isJsonObject(item) ? item.class : undefined;
        if (typeof name !== "string") refuse(`${path}.class`, "a string", name);
        return readScore(name, item, path);
      });
      return new Classifications(scores, names);
    }
    if (!isJsonObject(predictions)) refuse("predictions", "a list or an object of classes", predictions);
    const scores = Object.entries(predictions).map(([name, item]) =>
      readScore(name, item, `predictions[${JSON.stringify(name)}]`),
    );
    return new Classifications(scores, names ?? []);
  }

  /** One class; `undefined` beyond the end. */
  at(index: number): ClassScore | undefined {
    const [name, classId, confidence] = [this.classNames[index], this.classId[index], this.confidence[index]];
    if (name === undefined || classId === undefined || confidence === undefined) return undefined;
    return { class: name, classId, confidence };
  }

  *[Symbol.iterator](): Iterator<ClassScore> {
    for (let index = 0; index < this.length; index++) {
      const score = this.at(index);
      if (score !== undefined) yield score;
    }
  }

  /** The `count` classes with the highest confidences, best first; of equals the one that comes first in the answer. */
  top(count: number): ClassScore[] {
    const best = [...byConfidence(this.confidence)].slice(0, Math.max(0, count));
    return best.flatMap((index) => this.at(index) ?? []);
  }
}

function readScore(name: string, item: unknown, path: string): ClassScore {
  if (!isJsonObject(item)) refuse(path, "an object", item);
  return {
    class: name,
    classId: Math.trunc(readNumber(item, "class_id", path)),
    confidence: readNumber(item, "confidence", path),
  };
}
