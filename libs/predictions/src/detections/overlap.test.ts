import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boxAt, toBoxes } from "./boxes.ts";
import { Detections } from "./detections.ts";
import { overlapGroups } from "./nmm.ts";
import { nonMaxSuppression } from "./nms.ts";
import { boxOverlap, boxOverlaps } from "./overlap.ts";

const box = fc
  .tuple(fc.integer({ min: -5, max: 25 }), fc.integer({ min: -5, max: 25 }), fc.nat(15), fc.nat(15))
  .map(([x, y, width, height]) => [x, y, x + width, y + height] as const);

/** Detections with different scores. */
const sets = fc
  .uniqueArray(fc.record({ box, score: fc.integer({ min: 1, max: 999 }), id: fc.nat(2) }), {
    maxLength: 25,
    selector: ({ score }) => score,
  })
  .map((items) =>
    Detections.fromColumns({
      boxes: items.map((item) => item.box),
      confidence: Float64Array.from(items, ({ score }) => score / 1000),
      classId: Int32Array.from(items, ({ id }) => id),
    }),
  );

const options = fc.record({
  threshold: fc.constantFrom(0, 0.1, 0.25, 0.5, 0.75, 1),
  metric: fc.constantFrom("iou" as const, "ios" as const),
  classAgnostic: fc.boolean(),
});

describe("overlap", () => {
  test("is symmetric, 0 to 1, and the same alone and in a matrix", () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 8 }), fc.array(box, { maxLength: 8 }), (a, b) => {
        for (const metric of ["iou", "ios"] as const) {
          const there = boxOverlaps(toBoxes(a), toBoxes(b), metric);
          const back = boxOverlaps(toBoxes(b), toBoxes(a), metric);
          for (const [row, first] of a.entries()) {
            for (const [column, second] of b.entries()) {
              const value = there.values[row * b.length + column];
              expect(value).toBe(boxOverlap(first, second, metric));
              expect(value).toBe(back.values[column * a.length + row]);
              expect(value).toBeGreaterThanOrEqual(0);
              expect(value).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
    );
  });
});

describe("suppression", () => {
  test("what stays does not overlap, and what goes overlaps something better that stays", () => {
    fc.assert(
      fc.property(sets, options, (detections, choice) => {
        const kept = new Set(nonMaxSuppression(detections, choice));
        const rivals = (a: number, b: number) =>
          choice.classAgnostic || detections.classId?.[a] === detections.classId?.[b];
        const overlap = (a: number, b: number) =>
          boxOverlap(boxAt(detections.boxes, a), boxAt(detections.boxes, b), choice.metric);
        for (let index = 0; index < detections.length; index++) {
          const better = [...kept].filter(
            (other) =>
              rivals(index, other) &&
              (detections.confidence?.[other] ?? 0) > (detections.confidence?.[index] ?? 0),
          );
          expect(better.some((other) => overlap(index, other) > choice.threshold)).toBe(!kept.has(index));
        }
      }),
    );
  });

  test("twice is once, the order of the input does not matter, and a higher threshold keeps no fewer alone", () => {
    fc.assert(
      fc.property(sets, options, (detections, choice) => {
        const once = detections.nms(choice);
        expect(once.nms(choice).toJSON()).toEqual(once.toJSON());
        const turned = detections.select(
          Array.from({ length: detections.length }, (_, at) => detections.length - 1 - at),
        );
        const scores = (list: Detections) => [...(list.confidence ?? [])].sort();
        expect(scores(turned.nms(choice))).toEqual(scores(once));
        expect(detections.nms({ ...choice, threshold: 1 }).length).toBe(detections.length);
      }),
    );
  });

  test("class by class it is that of each class", () => {
    fc.assert(
      fc.property(sets, options, (detections, { threshold, metric }) => {
        const together = nonMaxSuppression(detections, { threshold, metric });
        const apart = [0, 1, 2].flatMap((id) => {
          const rows = [...(detections.classId ?? []).entries()]
            .filter(([, own]) => own === id)
            .map(([row]) => row);
          const kept = nonMaxSuppression(detections.select(rows), { threshold, metric, classAgnostic: true });
          return [...kept].map((row) => rows[row] ?? -1);
        });
        expect([...together]).toEqual(apart.sort((a, b) => a - b));
      }),
    );
  });

  test("of equal scores the first stays, and a score that is no number goes last", () => {
    const boxes = [
      [0, 0, 10, 10],
      [0, 0, 10, 10],
      [0, 0, 10, 10],
    ];
    const at = (...scores: number[]) => [
      ...nonMaxSuppression(Detections.fromColumns({ boxes, confidence: Float64Array.from(scores) }), {
        classAgnostic: true,
      }),
    ];
    expect(at(0.5, 0.5, 0.5)).toEqual([0]);
    expect(at(Number.NaN, 0.1, Number.NaN)).toEqual([1]);
  });

  test("impossible options and missing columns are refused", () => {
    const detections = Detections.fromColumns({ boxes: [[0, 0, 1, 1]], confidence: Float64Array.of(1) });
    const refused = (message: RegExp) =>
      expect.objectContaining({ code: "INVALID_PARAMETER", message: expect.stringMatching(message) });
    expect(() => detections.nms({ threshold: 1.1, classAgnostic: true })).toThrow(
      refused(/0 to 1, got 1\.1/),
    );
    expect(() => detections.nms({ threshold: Number.NaN, classAgnostic: true })).toThrow(refused(/NaN/));
    expect(() => detections.nms()).toThrow(refused(/classAgnostic/));
    expect(() => Detections.fromColumns({ boxes: [[0, 0, 1, 1]] }).nmm()).toThrow(refused(/no confidences/));
    expect(Detections.empty().nms({ threshold: 7 }).length).toBe(0);
  });
});

describe("merging", () => {
  test("every detection is in one group, the best first, and groups of a class are apart from their leaders", () => {
    fc.assert(
      fc.property(sets, options, (detections, choice) => {
        const groups = overlapGroups(detections, choice);
        expect(groups.flat().sort((a, b) => a - b)).toEqual([...Array(detections.length).keys()]);
        for (const group of groups) {
          const scores = group.map((index) => detections.confidence?.[index] ?? 0);
          expect(scores[0]).toBe(Math.max(...scores));
          const overlap = (index: number) =>
            boxOverlap(boxAt(detections.boxes, group[0]!), boxAt(detections.boxes, index), choice.metric);
          expect(
            group.slice(1).every((index) => overlap(index) >= choice.threshold && overlap(index) > 0),
          ).toBe(true);
        }
      }),
    );
  });

  test("a merged detection surrounds its group and is as sure as the group at most", () => {
    fc.assert(
      fc.property(sets, options, (detections, choice) => {
        const groups = overlapGroups(detections, choice);
        const merged = detections.nmm(choice);
        expect(merged.length).toBe(groups.length);
        for (const [row, group] of groups.entries()) {
          const [x1, y1, x2, y2] = boxAt(merged.boxes, row);
          const members = group.map((index) => boxAt(detections.boxes, index));
          expect(
            members.every(
              (member) => member[0] >= x1 && member[1] >= y1 && member[2] <= x2 && member[3] <= y2,
            ),
          ).toBe(true);
          const scores = group.map((index) => detections.confidence?.[index] ?? 0);
          expect(merged.confidence?.[row]).toBeLessThanOrEqual(Math.max(...scores) + 1e-12);
          expect(merged.classId?.[row]).toBe(detections.classId?.[group[0]!]);
        }
      }),
    );
  });
});
