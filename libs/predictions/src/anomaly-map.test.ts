import { expect, test } from "vitest";
import { readAnomalyMap } from "./anomaly-map.ts";

function pack(values: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [index, value] of values.entries()) view.setFloat32(index * 4, value, true);
  return btoa(String.fromCharCode(...new Uint8Array(view.buffer)));
}

const read = (anomaly_map: unknown) =>
  readAnomalyMap({ task: "classification", predictions: [], anomaly_map });

test("packed float32, rows first", () => {
  const map = read({ shape: [2, 3], dtype: "float32", data: pack([0, 0.1, 0.25, 0.5, 0.75, 1]) });
  expect(map).toEqual({ width: 3, height: 2, data: Float32Array.of(0, 0.1, 0.25, 0.5, 0.75, 1) });
});

test("nested list", () => {
  expect(
    read([
      [0, 0.5],
      [1, 0.25],
    ]),
  ).toEqual({ width: 2, height: 2, data: Float32Array.of(0, 0.5, 1, 0.25) });
});

test.each([undefined, null])("%s: no map", (map) => expect(read(map)).toBeNull());

test.each<[string, unknown]>([
  ["anomaly_map", "text"],
  ["anomaly_map.shape", { shape: [0, 1], dtype: "float32", data: "" }],
  ["anomaly_map.shape", { shape: [4], dtype: "float32", data: pack([0, 0, 0, 0]) }],
  ["anomaly_map.shape", { shape: [1, 1, 1], dtype: "float32", data: pack([0]) }],
  ["anomaly_map.dtype", { shape: [1, 1], dtype: "float16", data: pack([0]) }],
  ["anomaly_map.data", { shape: [1, 1], dtype: "float32", data: "****" }],
  ["anomaly_map.data", { shape: [1, 2], dtype: "float32", data: pack([0]) }],
  ["anomaly_map[0]", []],
  ["anomaly_map[1]", [[1, 2], [3]]],
  ["anomaly_map[0][1]", [[1, "2"]]],
])("%s is refused", (path, map) => {
  expect(() => read(map)).toThrow(expect.objectContaining({ code: "INVALID_RESPONSE", path }));
});
