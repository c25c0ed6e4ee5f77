import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeResult } from "../decode-result.ts";
import { Detections } from "../detections/detections.ts";
import { InstanceMask } from "../masks/instance-mask.ts";
import { bitmaps } from "../masks/testing/arbitrary-masks.ts";
import type { Point } from "../results.ts";
import { cocoStream, toCoco } from "./coco.ts";
import type { CocoAnnotation } from "./coco-annotations.ts";
import { csvStream } from "./csv-stream.ts";
import type { DetectionBatch } from "./detection-rows.ts";
import type { DetectedImage } from "./exported-mask.ts";
import { jsonArrayStream, jsonLinesStream } from "./json-streams.ts";
import { pascalVoc, pascalVocStream } from "./pascal-voc.ts";
import { yoloDataYaml, yoloLines, yoloStream } from "./yolo.ts";

async function written<In, Out>(items: readonly In[], stream: TransformStream<In, Out>): Promise<Out[]> {
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for (const item of items) await writer.write(item);
    await writer.close();
  })();
  const parts: Out[] = [];
  try {
    for await (const part of stream.readable) parts.push(part);
  } finally {
    await writing.catch(() => undefined);
  }
  return parts;
}

const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom('a,"b"\r\nc', "ü🚗", "=1+1", ""));
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
const rowsOf = fc.array(
  fc.record({ box: fc.tuple(numbers, numbers, numbers, numbers), score: numbers, name: texts }),
  {
    minLength: 1,
    maxLength: 5,
  },
);

function detectionsOf(rows: readonly { box: readonly number[]; score: number; name: string }[]): Detections {
  return Detections.fromColumns({
    boxes: rows.map(({ box }) => box),
    confidence: Float64Array.from(rows, ({ score }) => score),
    classId: Int32Array.from(rows, (_, index) => index),
    classNames: rows.map(({ name }) => name),
  });
}

/** Cells of a CSV text, read by the letter of RFC 4180. */
function cells(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") lines.push([]);
  }
  return lines.slice(0, -1);
}

describe("rows", () => {
  test("CSV parses back", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, texts, async (rows, image) => {
        const batch = { detections: detectionsOf(rows), fields: { image, meta: { a: [image] } } };
        const [header, ...lines] = cells((await written([batch], csvStream())).join(""));
        expect(header).toEqual(
          "x_min,y_min,x_max,y_max,class_id,confidence,tracker_id,class_name,image,meta".split(","),
        );
        expect(lines.map((line) => line.slice(0, 6).map(Number))).toEqual(
          rows.map(({ box, score }, index) => [...box, index, score].map((value) => value + 0)),
        );
        expect(lines.map((line) => line.slice(6))).toEqual(
          rows.map(({ name }) => ["", name, image, JSON.stringify({ a: [image] })]),
        );
      }),
    );
  });

  test("JSON lines and arrays parse back to the same rows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowsOf, { maxLength: 3 }), async (lists) => {
        const batches = lists.map((rows, frame) => ({ detections: detectionsOf(rows), fields: { frame } }));
        const lines = (await written(batches, jsonLinesStream())).join("").split("\n").slice(0, -1);
        const rows = lines.map((line) => JSON.parse(line));
        expect(rows.map(({ class_name: name, frame }) => [name, frame])).toEqual(
          lists.flatMap((list, frame) => list.map(({ name }) => [name, frame])),
        );
        expect(JSON.parse((await written(batches, jsonArrayStream())).join(""))).toEqual(rows);
      }),
    );
  });

  test("the first batch with detections decides the columns", async () => {
    const one = Detections.fromColumns({ boxes: [[1, 2, 3, 4]], classId: Int32Array.of(5) });
    const batches: DetectionBatch[] = [
      { detections: Detections.empty(), fields: { early: 1 } },
      { detections: one, fields: { b: true, a: null } },
      { detections: one, fields: { a: 2, late: 3 } },
      { detections: one, fields: { late: 3 } },
    ];
    const dropped: string[][] = [];
    const text = (
      await written(batches, csvStream({ onDroppedColumns: (names) => dropped.push([...names]) }))
    ).join("");
    expect(text).toBe(
      "x_min,y_min,x_max,y_max,class_id,confidence,tracker_id,a,b\r\n1,2,3,4,5,,,,true\r\n1,2,3,4,5,,,2,\r\n1,2,3,4,5,,,,\r\n",
    );
    expect(dropped).toEqual([["late"]]);
    await expect(written(batches, csvStream())).rejects.toThrow(/not in it: late/);
    await expect(written([{ detections: one, fields: { x_min: 1 } }], csvStream())).rejects.toThrow(
      /"x_min"/,
    );
  });

  test("nothing is kept: the source is asked for the next batch when the last is read", async () => {
    let asked = 0;
    const source = new ReadableStream<DetectionBatch>(
      {
        pull(controller) {
          asked++;
          controller.enqueue({ detections: Detections.fromColumns({ boxes: [[1, 2, 3, 4]] }) });
          if (asked === 5000) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    let read = 0;
    let ahead = 0;
    for await (const _ of source.pipeThrough(jsonLinesStream())) {
      read++;
      ahead = Math.max(ahead, asked - read);
    }
    expect(read).toBe(5000);
    expect(ahead).toBeLessThan(5);
  });
});

describe("data sets", () => {
  /** The pixels of polygons, each filled by itself. */
  const filled = (polygons: readonly (readonly Point[])[], size: { width: number; height: number }) =>
    InstanceMask.union([
      InstanceMask.fromPolygons([], size),
      ...polygons.map((points) => InstanceMask.fromPolygons([points], size)),
    ]);
  const points = (flat: readonly number[]): Point[] =>
    Array.from({ length: flat.length / 2 }, (_, at) => ({ x: flat[at * 2] ?? 0, y: flat[at * 2 + 1] ?? 0 }));

  const imageWith = (mask: InstanceMask): DetectedImage => ({
    fileName: "a.b.png",
    width: mask.width,
    height: mask.height,
    detections: Detections.fromColumns({
      boxes: [[0, 0, mask.width, mask.height]],
      confidence: Float64Array.of(0.5),
      classId: Int32Array.of(1),
      classNames: ["<é & ü>"],
      masks: [mask],
    }),
  });

  test("masks come back from COCO exactly", async () => {
    await fc.assert(
      fc.asyncProperty(bitmaps, async (bitmap) => {
        const mask = InstanceMask.fromBitmap(bitmap);
        const file = JSON.parse((await written([imageWith(mask)], cocoStream())).join(""));
        const [{ segmentation, area, iscrowd, category_id: category }] = file.annotations;
        const back = Array.isArray(segmentation)
          ? filled(segmentation.map(points), mask)
          : InstanceMask.fromRle(segmentation);
        expect(back.toRle()).toEqual(mask.toRle());
        expect([area, iscrowd, category]).toEqual([mask.area, 0, 2]);
        expect(file.categories).toEqual([{ id: 2, name: "<é & ü>", supercategory: "none" }]);
      }),
    );
  });

  test("masks come back from YOLO and Pascal VOC but for parts too thin for an outline", () => {
    fc.assert(
      fc.property(bitmaps, (bitmap) => {
        const mask = InstanceMask.fromBitmap(bitmap);
        const image = imageWith(mask);
        const { width, height } = mask;
        const exact = mask.toPolygons({ holes: "fill" }).length === mask.countSegments(8);
        const yolo = yoloLines(image.detections, image).map((line) => line.split(" ").slice(1).map(Number));
        const polygons = yolo.filter((line) => line.length > 4);
        const back = filled(
          polygons.map((line) =>
            points(line).map(({ x, y }) => ({ x: Math.round(x * width), y: Math.round(y * height) })),
          ),
          mask,
        );
        expect(back.sharedArea(mask)).toBe(back.area);
        if (exact) expect(back.area).toBe(mask.area);
        const xml = pascalVoc(image);
        expect(xml).toContain("<name>&lt;é &amp; ü&gt;</name>");
        const vertices = [...xml.matchAll(/<polygon>([\s\S]*?)<\/polygon>/g)].map(([, text]) =>
          points([...(text ?? "").matchAll(/>(\d+)</g)].map(([, value]) => Number(value) - 1)),
        );
        expect(filled(vertices, mask).toRle()).toEqual(back.toRle());
      }),
    );
  });

  test("boxes come back from COCO and Pascal VOC exactly, from YOLO to five decimals of the picture", async () => {
    const size = { width: 1920, height: 1080 };
    const side = (end: number) =>
      fc
        .tuple(fc.nat(end - 2), fc.nat(end))
        .map(([from, length]) => [from, Math.min(end, from + 1 + length)] as const);
    const boxes = fc.array(fc.tuple(side(size.width), side(size.height), fc.nat(5)), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(boxes, async (items) => {
        const corners = items.map(([[x1, x2], [y1, y2]]) => [x1, y1, x2, y2]);
        const ids = items.map(([, , id]) => id);
        const detections = Detections.fromColumns({
          boxes: corners,
          classId: Int32Array.from(ids),
          classNames: ids.map((id) => `class ${id}`),
        });
        const image = { ...size, fileName: "a.png", detections };

        const coco = JSON.parse((await written([image], cocoStream())).join(""));
        const fromCoco = coco.annotations.map(
          ({ bbox: [x, y, width, height], category_id: id }: CocoAnnotation) => {
            return [x, y, x + width, y + height, id - 1];
          },
        );
        expect(fromCoco).toEqual(corners.map((box, index) => [...box, ids[index]]));

        const xml = pascalVoc(image);
        const numbers = (name: string) =>
          [...xml.matchAll(new RegExp(`<${name}>(\\d+)<`, "g"))].map(([, value]) => Number(value));
        expect([numbers("xmin"), numbers("ymin"), numbers("xmax"), numbers("ymax")]).toEqual(
          [0, 1, 2, 3].map((at) => corners.map((box) => (box[at] ?? 0) + (at < 2 ? 1 : 0))),
        );
        expect([...xml.matchAll(/<name>(.*?)</g)].map(([, name]) => name)).toEqual(
          ids.map((id) => `class ${id}`),
        );

        const lines = yoloLines(detections, image).map((line) => line.split(" ").map(Number));
        expect(lines.map(([id]) => id)).toEqual(ids);
        for (const [index, [, x = 0, y = 0, width = 0, height = 0]] of lines.entries()) {
          const back = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
          for (const [at, value] of back.entries()) {
            const wanted = (corners[index]?.[at] ?? 0) / (at % 2 === 0 ? size.width : size.height);
            expect(Math.abs(value - wanted)).toBeLessThan(1e-5);
          }
        }
      }),
    );
  });

  test("files are named after the pictures; a picture without detections has an empty one", async () => {
    const empty = { fileName: "b.jpeg", width: 4, height: 4, detections: Detections.empty() };
    expect(await written([empty], yoloStream())).toEqual([{ name: "b.txt", text: "" }]);
    const namesake = { ...empty, fileName: "b.jpg" };
    for (const stream of [yoloStream(), pascalVocStream()]) {
      await expect(written([empty, namesake], stream)).rejects.toThrow("Two pictures");
    }
    expect(yoloDataYaml(["red", "a: b", "yes", ""])).toBe('nc: 4\nnames: [red, "a: b", "yes", ""]\n');
  });

  test("five decimals, halves to even", () => {
    const image = { width: 64, height: 64 };
    const line = (x: number) =>
      yoloLines(Detections.fromColumns({ boxes: [[0, 0, x, 64]], classId: Int32Array.of(0) }), image);
    expect(line(1)).toEqual(["0 0.00781 0.50000 0.01562 1.00000"]);
    expect(line(3)).toEqual(["0 0.02344 0.50000 0.04688 1.00000"]);
  });

  test("a crowd is one only when the column says so", async () => {
    const mask = InstanceMask.fromRle({ size: [3, 3], counts: [0, 1, 1, 1, 1, 1, 1, 1, 1, 1] });
    const image = imageWith(mask);
    const crowd = { ...image, detections: image.detections.withData("iscrowd", [1]) };
    const file = JSON.parse((await written([crowd], cocoStream({ classes: ["a", "b"] }))).join(""));
    expect(file.annotations[0]).toMatchObject({ iscrowd: 1, segmentation: { size: [3, 3] }, score: 0.5 });
    expect(file.categories).toHaveLength(2);
  });

  test("a detection without class is refused", () => {
    const bare = Detections.fromColumns({ boxes: [[0, 0, 1, 1]] });
    const image = { fileName: "a.png", width: 4, height: 4, detections: bare };
    expect(() => yoloLines(bare, image)).toThrow(/YOLO needs one/);
    expect(() => yoloLines(bare, { width: 0, height: 5 })).toThrow(/0 x 5 pixels/);
    expect(yoloLines(Detections.empty(), { width: 0, height: 5 })).toEqual([]);
    expect(() => pascalVoc(image)).toThrow(/Pascal VOC needs one/);
    const named = {
      ...image,
      detections: Detections.fromColumns({ boxes: [[0, 0, 1, 1]], classId: Int32Array.of(3) }),
    };
    expect(() => pascalVoc(named, { classes: ["a"] })).toThrow(/Class 3 has no name/);
  });

  test.each([
    ["run lengths", { rle: { size: [4, 4], counts: [0, 4, 12] } }],
    [
      "a polygon",
      {
        points: [
          { x: 5, y: 5 },
          { x: 20, y: 5 },
          { x: 20, y: 2 ** 30 },
        ],
      },
    ],
  ])("a picture that no memory holds is refused for %s, and fine for boxes", (_name, mask) => {
    const box = { x: 10, y: 10, width: 9, height: 9, confidence: 0.5, class: "a", class_id: 0 };
    const body = (shape: object) => ({
      image: { width: 64, height: 2 ** 53 },
      predictions: [{ ...box, detection_id: "d", ...shape }],
    });
    const result = decodeResult(body(mask), "instance-segmentation");
    expect(() => toCoco([{ fileName: "a.png", result }])).toThrow(
      expect.objectContaining({
        code: "INVALID_RESPONSE",
        path: "image",
        message: expect.stringMatching(/at most 1048576 pixels a side.*64 x 9007199254740992/),
      }),
    );
    expect([...Detections.from(body({}))].map(({ box }) => box)).toEqual([[5.5, 5.5, 14.5, 14.5]]);
  });
});
