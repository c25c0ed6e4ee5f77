import { decodeBase64 } from "./base64.ts";
import type { ClassificationResult, ImageDimensions } from "./results.ts";
import { assertList, assertObject, isAbsent, refuse } from "./wire-guards.ts";

/** Anomaly score of every cell, row by row from the top left. */
export interface AnomalyMap extends ImageDimensions {
  readonly data: Float32Array;
}

/**
 * Decodes `anomaly_map` of an anomaly model's answer (`includeAnomalyMap: true`). Both wire forms are read: the nested
 * list of servers 1.6, in pixels of the picture, and the packed float32 of servers since 1.7, in the resolution of the
 * network's input. The result keeps the wire form, so that a broken map never costs the prediction.
 *
 * @returns `null` when the answer has no map
 * @throws InvalidResponseError when the map is malformed; its `path` starts with `anomaly_map`
 */
export function readAnomalyMap(result: ClassificationResult): AnomalyMap | null {
  const map = result.anomaly_map;
  if (isAbsent(map)) return null;
  return Array.isArray(map) ? readRows(map) : readPacked(map);
}

function readRows(rows: readonly unknown[]): AnomalyMap {
  const first = rows[0];
  assertList(first, "anomaly_map[0]");
  const width = first.length;
  const data = new Float32Array(width * rows.length);
  for (const [y, row] of rows.entries()) {
    const path = `anomaly_map[${y}]`;
    assertList(row, path);
    if (row.length !== width) refuse(path, `a list of ${width}`, row);
    for (const [x, value] of row.entries()) {
      if (typeof value !== "number") refuse(`${path}[${x}]`, "a number", value);
      data[y * width + x] = value;
    }
  }
  return { width, height: rows.length, data };
}

function readPacked(map: unknown): AnomalyMap {
  assertObject(map, "anomaly_map");
  const { shape, dtype, data: text } = map;
  const [height, width, ...more]: unknown[] = Array.isArray(shape) ? shape : [];
  if (!isPositiveInteger(height) || !isPositiveInteger(width) || more.length > 0) {
    return refuse("anomaly_map.shape", "[height, width], both whole and positive", shape);
  }
  if (dtype !== "float32") refuse("anomaly_map.dtype", '"float32"', dtype);
  const bytes = typeof text === "string" ? decodeBase64(text) : null;
  if (bytes === null || bytes.length !== width * height * 4) {
    return refuse("anomaly_map.data", `base64 of ${width * height * 4} bytes`, text);
  }
  const view = new DataView(bytes.buffer);
  return {
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, at) => view.getFloat32(at * 4, true)),
  };
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0;
}
