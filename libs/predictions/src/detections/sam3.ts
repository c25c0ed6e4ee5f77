import { clipLine, type LineEnds } from "../masks/clip-line.ts";
import { InstanceMask } from "../masks/instance-mask.ts";
import type { ImageDimensions, Point } from "../results.ts";
import { assertList, isAbsent, isJsonObject, type JsonObject, refuse } from "../wire-guards.ts";
import { type DetectionColumns, emptyColumns } from "./columns.ts";
import { decodable, oneResult } from "./from-result.ts";

interface Segment {
  readonly mask: InstanceMask;
  readonly confidence: number;
  readonly promptIndex: number;
}

/**
 * The columns of an answer of SAM 3: a detection for each prediction, its class id the index of the prompt, its box around the
 * mask (x_max and y_max are the last covered pixel). Polygons of one prediction are united; one of a single point covers
 * a pixel, one of two points a line. Run-length masks are read too.
 *
 * @param size of the picture, which the answer does not say
 * @throws InvalidResponseError when the answer has not the form of one of SAM 3
 */
export function readSam3(result: unknown, size: ImageDimensions): DetectionColumns {
  const segments = promptsOf(oneResult(result)).flatMap(({ promptIndex, predictions, path }) =>
    predictions.flatMap((item, index) => {
      const where = `${path}.predictions[${index}]`;
      if (!isJsonObject(item)) refuse(where, "an object", item);
      const mask = readMasks(item, where, size);
      const confidence = typeof item.confidence === "number" ? item.confidence : 1;
      return mask === null ? [] : [{ mask, confidence, promptIndex } satisfies Segment];
    }),
  );
  if (segments.length === 0) return { ...emptyColumns(size), classNames: null };
  return {
    ...emptyColumns(size),
    boxes: Float64Array.from(segments.flatMap(({ mask }) => lastPixelBox(mask))),
    confidence: Float64Array.from(segments, ({ confidence }) => confidence),
    classId: Int32Array.from(segments, ({ promptIndex }) => promptIndex),
    classNames: null,
    masks: segments.map(({ mask }) => mask),
  };
}

function lastPixelBox({ box: { x, y, width, height } }: InstanceMask): [number, number, number, number] {
  return width === 0 ? [0, 0, 0, 0] : [x, y, x + width - 1, y + height - 1];
}

interface PromptResult {
  readonly promptIndex: number;
  readonly predictions: readonly unknown[];
  readonly path: string;
}

/** The results by prompt; an answer to points has one without a list of prompts. */
function promptsOf(body: JsonObject): PromptResult[] {
  const { prompt_results: prompts, predictions } = body;
  if (isAbsent(prompts) || (Array.isArray(prompts) && prompts.length === 0)) {
    if (isAbsent(predictions)) return [];
    assertList(predictions, "predictions");
    return [{ promptIndex: 0, predictions, path: "" }];
  }
  assertList(prompts, "prompt_results");
  return prompts.map((prompt, index) => {
    const path = `prompt_results[${index}]`;
    if (!isJsonObject(prompt)) refuse(path, "an object", prompt);
    const { predictions: found = [], prompt_index: promptIndex = index } = prompt;
    assertList(found, `${path}.predictions`);
    if (typeof promptIndex !== "number") refuse(`${path}.prompt_index`, "a number", promptIndex);
    return { promptIndex, predictions: found, path };
  });
}

function readMasks(item: JsonObject, path: string, size: ImageDimensions): InstanceMask | null {
  const { masks } = item;
  if (isJsonObject(masks)) return decodable(masks)?.resize(size) ?? null;
  if (isAbsent(masks)) return null;
  assertList(masks, `${path}.masks`);
  if (masks.length === 0) return null;
  return InstanceMask.union(
    masks.map((part, index) => {
      const where = `${path}.masks[${index}]`;
      const mask = isJsonObject(part)
        ? decodable(part)?.resize(size)
        : InstanceMask.fromPolygons([readVertices(part, where, size)], size);
      return mask ?? refuse(where, "run lengths or a list of [x, y]", part);
    }),
  );
}

/** Vertices as pairs; fractions are cut off, since the server sends whole pixels. A point or a line is walked out and back. */
function readVertices(value: unknown, path: string, size: ImageDimensions): Point[] {
  assertList(value, path);
  const vertices = value.map((pair, index) => {
    const [x, y]: unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof x !== "number" || typeof y !== "number") refuse(`${path}[${index}]`, "[x, y]", pair);
    return { x: Math.trunc(x), y: Math.trunc(y) };
  });
  const [first, last = first] = vertices;
  if (first === undefined || vertices.length > 2) return vertices;
  // Cut once: the way back would be cut elsewhere where it leaves the picture.
  const ends: LineEnds = [first.x, first.y, last?.x ?? first.x, last?.y ?? first.y];
  if (!clipLine(ends, size.width, size.height)) return [];
  const [from, to] = [
    { x: ends[0], y: ends[1] },
    { x: ends[2], y: ends[3] },
  ];
  return [from, to, from];
}
