import fc from "fast-check";
import { describe, expect, test } from "vitest";
import cases from "../fixtures/rescale.json" with { type: "json" };
import { decodeInferenceResult } from "./decode-inference.ts";
import { encodeRle, rleBox } from "./masks/rle-masks.ts";
import { rescaleResult, roundHalfEven, toImageCoordinates } from "./rescale.ts";
import { detectionsOf } from "./summary.ts";

const same = cases.filter(({ deviations }) => deviations.length === 0);
const caseOf = (id: string) => {
  const found = cases.find((one) => one.id === `rescale-pure-${id}`);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found.prediction;
};

describe("the Python client's numbers", () => {
  test("there are cases", () => expect(same.length).toBeGreaterThan(8));

  test.each(same)("$id", ({ prediction, scalingFactor, expected }) => {
    const before = structuredClone(prediction);
    expect(rescaleResult(prediction, scalingFactor ?? 1)).toEqual(expected);
    expect(prediction).toEqual(before);
  });
});

describe("every prediction is rescaled by the fields it has", () => {
  test("points of a later prediction", () => {
    expect(rescaleResult(caseOf("first-prediction-decides-points"), 0.25)).toMatchObject({
      predictions: [
        { x: 42 },
        {
          x: 160,
          points: [
            { x: 28, y: 36 },
            { x: 56, y: 40 },
            { x: 56, y: 62 },
          ],
        },
      ],
    });
  });

  test("a later prediction without points", () => {
    expect(rescaleResult(caseOf("first-with-points-others-without"), 0.25)).toMatchObject({
      predictions: [{ points: [{ x: 24, y: 36 }, {}, {}] }, { x: 160, y: 120 }],
    });
  });

  test("points and key points together", () => {
    expect(rescaleResult(caseOf("points-and-keypoints-together"), 0.25)).toMatchObject({
      predictions: [
        {
          points: [{ x: 4, y: 8 }],
          keypoints: [
            { x: 20, y: 28 },
            { x: 36, y: 44 },
          ],
        },
      ],
    });
  });

  test("run-length masks get the size of the picture, and the box still fits", () => {
    const data = new Uint8Array(50 * 25);
    for (let row = 8; row < 12; row++) data.fill(1, row * 50 + 6, row * 50 + 16);
    const rle = { ...encodeRle({ width: 50, height: 25, data }), note: "kept" };
    const body = {
      image: { width: 50, height: 25 },
      predictions: [{ x: 11, y: 10, width: 10, height: 4, rle, rle_mask: rle }],
    };
    const scaled = rescaleResult(body, 0.25);
    expect(scaled).toMatchObject({
      image: { width: 200, height: 100 },
      predictions: [{ x: 44, y: 40, width: 40, height: 16, rle: { size: [100, 200], note: "kept" } }],
    });
    expect(scaled.predictions[0]?.rle_mask).toEqual(scaled.predictions[0]?.rle);
    expect(rleBox(scaled.predictions[0]?.rle ?? rle)).toEqual({ x: 24, y: 32, width: 40, height: 16 });
  });

  test("a mask that cannot be decoded is refused by its place", () => {
    expect(() => rescaleResult(caseOf("rle-masks-are-not-scaled"), 0.25)).toThrow(
      expect.objectContaining({ code: "INVALID_RESPONSE", path: "predictions[0].rle.counts" }),
    );
  });
});

test("each axis has its own scale", () => {
  const body = { image: { width: 10, height: 10 }, predictions: [{ x: 1, y: 2, width: 3, height: 4 }] };
  expect(rescaleResult(body, { x: 0.5, y: 0.25 })).toEqual({
    image: { width: 20, height: 40 },
    predictions: [{ x: 2, y: 8, width: 6, height: 16 }],
  });
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("scale %s is refused", (scale) => {
  expect(() => rescaleResult({}, scale)).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
});

test("halves are rounded to even", () => {
  expect([0.5, 1.5, 2.5, 3.5, 2.4, 2.6].map(roundHalfEven)).toEqual([0, 2, 2, 4, 2, 3]);
});

const number = fc.integer({ min: 0, max: 64_000 }).map((sixteenths) => sixteenths / 16);
const point = fc.record({ x: number, y: number });
const answers = fc.record({
  image: fc.record({ width: fc.integer({ min: 1, max: 4000 }), height: fc.integer({ min: 1, max: 4000 }) }),
  predictions: fc.array(
    fc.record(
      {
        x: number,
        y: number,
        width: number,
        height: number,
        points: fc.array(point),
        keypoints: fc.array(point),
      },
      { requiredKeys: ["x", "y", "width", "height"] },
    ),
  ),
});

test("scale 1 returns the answer itself", () => {
  fc.assert(
    fc.property(answers, (answer) => {
      expect(rescaleResult(answer, 1)).toBe(answer);
    }),
  );
});

test("rescaling and rescaling by the inverse gives the coordinates back", () => {
  const factor = fc.constantFrom(0.125, 0.25, 0.5, 2, 4);
  fc.assert(
    fc.property(answers, factor, (answer, scale) => {
      const back = rescaleResult(rescaleResult(answer, scale), 1 / scale);
      expect(back.predictions).toEqual(answer.predictions);
    }),
  );
});

describe("answers in a mask grid", () => {
  const grid = {
    image: { width: 12, height: 6 },
    original_image: { width: 48, height: 30 },
    mask_metadata: { coordinate_system: "mask_grid", width: 12, height: 6, scale_x: 4, scale_y: 5 },
    predictions: [
      {
        ...{ x: 3, y: 2, width: 2, height: 2, confidence: 0.9, class: "a", class_id: 0 },
        rle: encodeRle({ width: 12, height: 6, data: new Uint8Array(72).fill(1, 13, 16) }),
      },
    ],
  };

  test("stay in the grid when rescaled and come to the caller's picture on request", () => {
    const result = decodeInferenceResult(grid, { scale: 0.5 });
    expect(result).toMatchObject({
      image: { width: 12, height: 6 },
      original_image: { width: 96, height: 60 },
      mask_metadata: { scale_x: 8, scale_y: 10 },
      predictions: [{ x: 3, y: 2 }],
    });
    const inPicture = toImageCoordinates(result);
    expect(inPicture).toMatchObject({
      image: { width: 96, height: 60 },
      predictions: [{ x: 24, y: 20, width: 16, height: 20, rle: { size: [60, 96] } }],
    });
    expect(inPicture).not.toHaveProperty("mask_metadata");
    const [mask] = detectionsOf(inPicture).flatMap(({ rle }) => (rle === undefined ? [] : [rleBox(rle)]));
    expect(mask).toEqual({ x: 8, y: 10, width: 24, height: 10 });
  });

  test("other results are returned as they are", () => {
    const plain = decodeInferenceResult({ image: { width: 4, height: 4 }, predictions: [] });
    expect(toImageCoordinates(plain)).toBe(plain);
  });
});
