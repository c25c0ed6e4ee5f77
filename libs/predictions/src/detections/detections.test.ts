import { describe, expect, test } from "vitest";
import fixtures from "../../fixtures/server-answers.json" with { type: "json" };
import { decodeInferenceResult } from "../decode-inference.ts";
import { isSemanticSegmentation } from "../result-guards.ts";
import { boxList } from "./boxes.ts";
import { Classifications } from "./classifications.ts";
import { Detections } from "./detections.ts";
import { KeyPoints } from "./key-points.ts";

const three = {
  image: { width: 64, height: 48 },
  predictions: [
    {
      x: 20,
      y: 18,
      width: 20,
      height: 20,
      confidence: 0.9,
      class: "red",
      class_id: 0,
      detection_id: "d-1",
      tracker_id: 7,
    },
    { x: 47, y: 30, width: 22, height: 24, confidence: 0.8, class: "blue", class_id: 2, parent_id: "p" },
    { x: 10, y: 40, width: 7, height: 3, confidence: 0.4, class: "red", class_id: 0 },
  ],
};
const square = [
  { x: 10, y: 8 },
  { x: 30, y: 8 },
  { x: 30, y: 28 },
  { x: 10, y: 28 },
];

describe("a view of detections", () => {
  const detections = Detections.from(three, { keep: ["parent_id"] });

  test("iterates over plain objects", () => {
    expect([...detections][0]).toEqual({
      box: [10, 8, 30, 28],
      confidence: 0.9,
      classId: 0,
      class: "red",
      trackerId: 7,
      mask: null,
      keypoints: null,
      detectionId: "d-1",
      data: { parent_id: null },
    });
    expect(detections.at(1)?.data).toEqual({ parent_id: "p" });
    expect(detections.at(-1)?.class).toBe("red");
    expect(detections.at(3)).toBeUndefined();
    expect(detections.at(1)?.trackerId).toBeNull();
    expect(detections.image).toEqual({ width: 64, height: 48 });
  });

  test("is narrowed by class, confidence, place and any condition, with all of its columns", () => {
    expect(detections.byClass("red").length).toBe(2);
    expect(detections.byClass(2, "red").length).toBe(3);
    expect([...detections.minConfidence(0.8)].map(({ class: name }) => name)).toEqual(["red", "blue"]);
    expect([...detections.slice(1)].map(({ confidence }) => confidence)).toEqual([0.8, 0.4]);
    expect(detections.slice(-1).at(0)?.box).toEqual([6.5, 38.5, 13.5, 41.5]);
    expect(detections.filter(({ box: [x] }, index) => x > 8 && index < 2).data).toEqual({
      parent_id: [null, "p"],
    });
    expect(detections.select([2, 0]).classNames).toEqual(["red", "red"]);
    expect(() => detections.select([3])).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  });

  test("merges with others; columns that some lack are filled", () => {
    const masked = Detections.from({ ...three, predictions: [{ ...three.predictions[1], points: square }] });
    const merged = Detections.merge([Detections.empty(), detections, masked]);
    expect(merged.length).toBe(4);
    expect(merged.masks?.map((mask) => mask?.area ?? null)).toEqual([null, null, null, 441]);
    expect([...merged].map(({ trackerId }) => trackerId)).toEqual([7, null, null, null]);
    expect(merged.data.parent_id).toEqual([null, "p", null, null]);
    expect(merged.image).toEqual({ width: 64, height: 48 });
    const bare = Detections.fromColumns({ boxes: [[0, 0, 1, 1]] });
    expect(() => Detections.merge([detections, bare])).toThrow(/confidences; 1 of 2 have none/);
    expect(Detections.merge([]).length).toBe(0);
  });

  test("moves and resizes boxes, masks and key points together", () => {
    const result = {
      image: { width: 40, height: 30 },
      predictions: [
        {
          ...three.predictions[0],
          points: square,
          keypoints: [{ x: 20, y: 10, confidence: 0.5, class: "tip", class_id: 0 }],
        },
      ],
    };
    const moved = Detections.from(result).move(5, 2, { width: 64, height: 48 });
    expect(moved.at(0)).toMatchObject({ box: [15, 10, 35, 30], keypoints: [{ x: 25, y: 12, class: "tip" }] });
    expect(moved.at(0)?.mask?.box).toEqual({ x: 15, y: 10, width: 21, height: 21 });
    const large = Detections.from(result).resize({ width: 80, height: 90 });
    expect(large.at(0)).toMatchObject({ box: [20, 24, 60, 84], keypoints: [{ x: 40, y: 30 }] });
    expect(large.at(0)?.mask).toMatchObject({
      width: 80,
      height: 90,
      area: 21 * 21 * 6,
    });
    expect(large.image).toEqual({ width: 80, height: 90 });
    expect(() => Detections.fromColumns({ boxes: [] }).resize({ width: 1, height: 1 })).toThrow(/not known/);
    expect(() => Detections.empty({ width: 0, height: 4 }).resize({ width: 1, height: 1 })).toThrow(
      /not known/,
    );
  });

  test.each([
    [0, 10],
    [10, -1],
    [10.5, 10],
    [Number.NaN, 10],
    [2 ** 21, 1],
    [2 ** 15, 2 ** 14],
  ])("refuses a picture of %d x %d pixels", (width, height) => {
    const size = { width, height };
    expect(() => Detections.empty({ width: 4, height: 4 }).resize(size)).toThrow(/whole numbers from 1 up/);
    expect(() => Detections.fromSam3({ predictions: [] }, size)).toThrow(/whole numbers from 1 up/);
  });

  test("boxes are clipped, padded and scaled", () => {
    expect(boxList(detections.pad(10, 1).boxes)[0]).toEqual([0, 7, 40, 29]);
    expect(boxList(detections.scale(2).boxes)[0]).toEqual([0, -2, 40, 38]);
    expect(boxList(detections.scale(4).clip().boxes)[0]).toEqual([0, 0, 60, 48]);
    expect(() => Detections.fromColumns({ boxes: [[0, 0, 1, 1]] }).clip()).toThrow(/give it to clip/);
    expect(detections.anchors("bottom-center")[0]).toEqual({ x: 20, y: 28 });
  });

  test("areas are those of masks where there are any; overlaps compare masks where all have one", () => {
    const masked = Detections.from({ ...three, predictions: [{ ...three.predictions[0], points: square }] });
    expect([...masked.areas, ...masked.boxAreas]).toEqual([441, 400]);
    expect([...masked.iou(masked).values]).toEqual([1]);
    expect([...detections.overlaps(masked, "ios").values].slice(0, 1)).toEqual([1]);
    expect(masked.anchors("center-of-mass")).toEqual([{ x: 20.5, y: 18.5 }]);
  });

  test("columns of the caller must fit", () => {
    expect(detections.withData("speed", [1, 2, 3]).at(1)?.data).toEqual({ parent_id: "p", speed: 2 });
    const refused = expect.objectContaining({
      code: "INVALID_PARAMETER",
      message: expect.stringContaining('"speed" has 1'),
    });
    expect(() => detections.withData("speed", [1])).toThrow(refused);
    expect(() => Detections.fromColumns({ boxes: [[1, 2, 3]] })).toThrow(/four numbers/);
    const boxes = [[0, 0, 1, 1]];
    const data = { confidence: ["of the caller"] };
    expect(() => Detections.fromColumns({ boxes, confidence: new Float64Array(2), data })).toThrow(
      /"confidence" has 2 values for 1/,
    );
  });

  test("JSON holds everything, masks as run lengths", () => {
    const masked = Detections.from({ ...three, predictions: [{ ...three.predictions[0], points: square }] });
    const [first] = JSON.parse(JSON.stringify(masked));
    expect(first.mask).toEqual(masked.masks?.[0]?.toRle());
    expect(first).toMatchObject({ box: [10, 8, 30, 28], class: "red" });
  });
});

describe("results of servers", () => {
  test("decoded and raw results give the same", () => {
    for (const [name, answer] of Object.entries(fixtures)) {
      const decoded = decodeInferenceResult(answer);
      if (!["object-detection", "instance-segmentation", "keypoint-detection"].includes(decoded.task))
        continue;
      expect(Detections.from(decoded).toJSON(), name).toEqual(Detections.from(answer).toJSON());
    }
  });

  test("a semantic map has a detection for each class", async () => {
    const answer = Object.values(fixtures)
      .map((body) => decodeInferenceResult(body))
      .find(isSemanticSegmentation);
    const detections = await Detections.fromSemantic(answer!);
    expect(detections.areas.reduce((sum, area) => sum + area, 0)).toBe(
      (answer!.image?.width ?? 0) * (answer!.image?.height ?? 0),
    );
    expect(new Set(detections.classNames).size).toBe(detections.length);
    expect([...detections].every(({ confidence }) => (confidence ?? -1) >= 0 && (confidence ?? 2) <= 1)).toBe(
      true,
    );
    const [name = ""] = detections.classNames ?? [];
    expect((await Detections.fromSemantic(answer!, { without: [name] })).length).toBe(detections.length - 1);
  });

  test("masks in a grid come to the picture", () => {
    const detections = Detections.from({
      image: { width: 16, height: 12 },
      original_image: { width: 64, height: 48 },
      mask_metadata: { width: 16, height: 12, scale_x: 4, scale_y: 4 },
      predictions: [
        {
          ...three.predictions[0],
          x: 4,
          y: 4,
          width: 4,
          height: 4,
          rle: { size: [12, 16], counts: [14, 2, 10, 2, 164] },
        },
      ],
    });
    expect(detections.at(0)).toMatchObject({ box: [8, 8, 24, 24] });
    expect(detections.at(0)?.mask).toMatchObject({ width: 64, height: 48, area: 64 });
  });

  test.each([
    ["a list", [three], "INVALID_PARAMETER"],
    ["no predictions", { image: three.image }, "INVALID_RESPONSE"],
    ["classes by name", { predictions: { red: { confidence: 1, class_id: 0 } } }, "INVALID_RESPONSE"],
    [
      "no class id",
      { predictions: [{ x: 1, y: 1, width: 1, height: 1, confidence: 1, class: "a" }] },
      "INVALID_RESPONSE",
    ],
    ["text as a coordinate", { predictions: [{ ...three.predictions[0], x: "1" }] }, "INVALID_RESPONSE"],
    [
      "a polygon without a picture",
      { predictions: [{ ...three.predictions[0], points: square }] },
      "INVALID_RESPONSE",
    ],
  ])("%s is refused", (_, result, code) => {
    const given = result as Parameters<typeof Detections.from>[0];
    expect(() => Detections.from(given)).toThrow(expect.objectContaining({ code }));
  });

  test("a run-length mask that cannot be read leaves the polygon, or the box", () => {
    const broken = { ...three.predictions[0], rle: { size: [48, 64], counts: [1, 2] } };
    expect(Detections.from({ ...three, predictions: [broken] }).masks).toBeNull();
    expect(
      Detections.from({ ...three, predictions: [{ ...broken, points: square }] }).at(0)?.mask?.area,
    ).toBe(441);
  });
});

describe("SAM 3", () => {
  const size = { width: 20, height: 10 };

  test("points and lines cover their pixels; run lengths and lists of them are read", () => {
    const predictions = [
      { masks: [[[3, 3]]], confidence: 0.5, format: "polygon" },
      {
        masks: [
          [
            [0, 0],
            [4, 0],
          ],
          [
            [10, 5],
            [12, 5],
            [12, 7],
            [10, 7],
          ],
        ],
        confidence: 0.6,
      },
      { masks: { size: [10, 20], counts: [0, 20, 180] }, format: "rle" },
      { masks: [], confidence: 0.1 },
    ];
    const detections = Detections.fromSam3({ prompt_results: [{ prompt_index: 4, predictions }] }, size);
    expect([...detections.areas]).toEqual([1, 14, 20]);
    expect(boxList(detections.boxes)).toEqual([
      [3, 3, 3, 3],
      [0, 0, 12, 7],
      [0, 0, 1, 9],
    ]);
    expect([...(detections.classId ?? [])]).toEqual([4, 4, 4]);
    expect(detections.at(2)?.confidence).toBe(1);
    expect(Detections.fromSam3({ predictions }, size).classId?.[0]).toBe(0);
    expect(Detections.fromSam3({}, size).length).toBe(0);
  });

  test("what is no outline is refused", () => {
    const wrong = { predictions: [{ masks: [[["a", 1]]] }] };
    expect(() => Detections.fromSam3(wrong, size)).toThrow(
      expect.objectContaining({ code: "INVALID_RESPONSE" }),
    );
  });
});

describe("classes and key points", () => {
  test("classes of both forms, best first", () => {
    const multi = Classifications.from({
      predictions: { red: { confidence: 0.2, class_id: 0 }, blue: { confidence: 0.9, class_id: 2 } },
      predicted_classes: ["blue"],
    });
    expect(multi.top(1)).toEqual([{ class: "blue", classId: 2, confidence: 0.9 }]);
    expect(multi.predicted).toEqual(["blue"]);
    const single = Classifications.from({ predictions: [{ class: "a", class_id: 1, confidence: 0.5 }] });
    expect([...single]).toEqual([{ class: "a", classId: 1, confidence: 0.5 }]);
    expect(single.predicted).toBeNull();
    expect(single.top(-1)).toEqual([]);
    expect(() => Classifications.from({ predictions: [{ class_id: 1, confidence: 0.5 }] })).toThrow(
      /predictions\[0\]\.class/,
    );
  });

  test("as many objects as there may be have key points", () => {
    const keypoints = Array.from({ length: 30 }, (_, slot) => ({
      x: 1,
      y: 1,
      confidence: 1,
      class_id: slot,
    }));
    const points = KeyPoints.from({ predictions: Array(6_000).fill({ ...three.predictions[0], keypoints }) });
    expect([points.length, points.pointCount]).toEqual([6_000, 30]);
  });

  test("points that were left out keep their place", () => {
    const points = KeyPoints.from({
      predictions: [
        { ...three.predictions[0], keypoints: [{ x: 5, y: 6, confidence: 0.7, class: "b", class_id: 1 }] },
        { ...three.predictions[1], keypoints: [] },
      ],
    });
    expect(points.at(0)?.points).toEqual([
      { x: 0, y: 0, confidence: 0, present: false },
      { x: 5, y: 6, confidence: 0.7, present: true },
    ]);
    expect([...points.toDetections()].map(({ box, class: name }) => [box, name])).toEqual([
      [[5, 6, 5, 6], "red"],
    ]);
    const wild = {
      ...three.predictions[0],
      keypoints: [{ x: 1, y: 1, confidence: 1, class: "x", class_id: 1e9 }],
    };
    expect(() => KeyPoints.from({ predictions: [wild] })).toThrow(
      expect.objectContaining({ code: "INVALID_RESPONSE" }),
    );
  });
});

describe("odd answers", () => {
  const car = { x: 20, y: 18, width: 20, height: 20, confidence: 0.9, class: "car", class_id: 0 };
  const of = (fields: object) =>
    Detections.from({ image: { width: 64, height: 48 }, predictions: [{ ...car, ...fields }] });

  test.each([
    ["a box without end", { width: Number.POSITIVE_INFINITY }],
    ["a box that is nowhere", { x: Number.NaN }],
    ["a class id that no column holds", { class_id: 2 ** 40 }],
  ])("%s is refused", (_name, fields) => {
    expect(() => of(fields)).toThrow(expect.objectContaining({ code: "INVALID_RESPONSE" }));
  });

  test("run lengths of a size below 0 cost only the mask", () => {
    expect(of({ rle: { size: [-48, -64], counts: "PP3" } }).masks).toBeNull();
  });

  test("tracker ids are whole numbers", () => {
    expect(of({ tracker_id: 3.9 }).trackerId).toEqual(Float64Array.of(3));
  });

  test("a line of SAM 3 that leaves the picture is drawn once", () => {
    const line = [
      [-3, -4],
      [25, 19],
    ];
    const answer = { prompt_results: [{ predictions: [{ format: "polygon", masks: [line] }] }] };
    const { masks } = Detections.fromSam3(answer, { width: 20, height: 16 });
    expect(masks?.[0]?.area).toBe(19);
    const outside = { predictions: [{ masks: [[[-3, -4]], line.map(([x = 0]) => [x, 40])] }] };
    expect(Detections.fromSam3(outside, { width: 20, height: 16 }).masks?.[0]?.area).toBe(0);
  });
});
