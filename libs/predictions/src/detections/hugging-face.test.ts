import { InvalidParameterError, InvalidResponseError } from "@inference-ts/errors";
import { describe, expect, test } from "vitest";
import { detectionsFromHuggingFace } from "./hugging-face.ts";

const box = (xmin: number, ymin: number, xmax: number, ymax: number) => ({ xmin, ymin, xmax, ymax });

/** A grey PNG of stored rows, without compression. */
function greyPng(width: number, height: number, pixels: readonly number[]): Uint8Array {
  const rows = Array.from({ length: height }, (_, row) => [
    0,
    ...pixels.slice(row * width, (row + 1) * width),
  ]).flat();
  const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  let [a, b] = [1, 0];
  for (const byte of rows) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  const length = [rows.length & 255, rows.length >> 8];
  const stored = [
    0x78,
    0x01,
    1,
    ...length,
    ...length.map((byte) => byte ^ 255),
    ...rows,
    ...u32(((b << 16) | a) >>> 0),
  ];
  const chunk = (name: string, data: readonly number[]) => [
    ...u32(data.length),
    ...[...name].map((letter) => letter.charCodeAt(0)),
    ...data,
    ...u32(0),
  ];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", [...u32(width), ...u32(height), 8, 0, 0, 0, 0]),
    ...chunk("IDAT", stored),
    ...chunk("IEND", []),
  ]);
}

describe("objects", () => {
  test("keep their corners, scores and names", async () => {
    const found = [
      { label: "cat", score: 0.9, box: box(1, 2, 20, 18) },
      { label: "dog", score: 0.5, box: box(0, 0, 8.5, 9) },
      { label: "cat", score: 0.4, box: box(3, 3, 4, 4) },
    ];
    const detections = await detectionsFromHuggingFace(found, { image: { width: 32, height: 24 } });
    expect([...detections.boxes]).toEqual([1, 2, 20, 18, 0, 0, 8.5, 9, 3, 3, 4, 4]);
    expect([...(detections.classId ?? [])]).toEqual([0, 1, 0]);
    expect(detections.classNames).toEqual(["cat", "dog", "cat"]);
    expect(detections.image).toEqual({ width: 32, height: 24 });
    expect(detections.minConfidence(0.5)).toHaveLength(2);
  });

  test("have the ids of the given classes", async () => {
    const found = [{ label: "cat", score: 0.9, box: box(1, 2, 3, 4) }];
    expect((await detectionsFromHuggingFace(found, { classes: ["dog", "cat"] })).classId?.[0]).toBe(1);
    await expect(detectionsFromHuggingFace(found, { classes: ["dog"] })).rejects.toBeInstanceOf(
      InvalidParameterError,
    );
  });

  test("none give none", async () => expect(await detectionsFromHuggingFace([])).toHaveLength(0));

  test.each<[unknown, string]>([
    [{ label: "a", score: 1 }, "[0].box"],
    [{ score: 1, box: box(1, 2, 3, 4) }, "[0].label"],
    [{ label: "a", box: { xmin: 1, ymin: 2, xmax: 3 } }, "[0].box.ymax"],
    [{ label: "a", mask: new Uint8Array([1]) }, "[0].mask"],
    [{ label: "a", mask: 5 }, "[0].mask"],
    [1, "[0]"],
  ])("%j is refused at %s", async (item, path) => {
    const error = await Promise.resolve(Reflect.apply(detectionsFromHuggingFace, undefined, [[item]])).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(InvalidResponseError);
    expect(error).toMatchObject({ path });
  });
});

test("segments get masks and the boxes around them; those that cover nothing are left out", async () => {
  const mask = greyPng(4, 3, [0, 0, 0, 0, 0, 255, 128, 0, 0, 127, 0, 0]);
  const text = btoa(String.fromCharCode(...mask));
  const detections = await detectionsFromHuggingFace([
    { label: "wall", mask },
    { label: "empty", mask: greyPng(4, 3, new Array(12).fill(0)) },
    { label: "lost", mask: undefined },
    { label: "cat", score: 0.8, mask: text },
  ]);
  expect(detections.classNames).toEqual(["wall", "cat"]);
  expect([...(detections.confidence ?? [])]).toEqual([1, 0.8]);
  expect([...detections.boxes]).toEqual([1, 1, 3, 2, 1, 1, 3, 2]);
  expect(detections.masks?.map((found) => found?.area)).toEqual([2, 2]);
  expect(detections.image).toEqual({ width: 4, height: 3 });
});
