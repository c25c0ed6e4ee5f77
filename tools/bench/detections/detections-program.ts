/** Does the work with the package and prints how long each task took. */
import { readFileSync } from "node:fs";
import {
  boxOverlaps,
  decodeRle,
  eachBitmap,
  InstanceMask,
  nonMaxSuppression,
  toBoxes,
} from "@inference-ts/sdk/predictions";
import { median } from "../statistics.ts";
import { REPETITIONS, type TaskReport, WARM_UP } from "./tasks.ts";
import type { DetectionsWork } from "./work.ts";

const [file = ""] = process.argv.slice(2);
const work: DetectionsWork = JSON.parse(readFileSync(file, "utf8"));

const boxes = toBoxes(work.nms.boxes);
const confidence = Float64Array.from(work.nms.scores);
const classId = Int32Array.from(work.nms.classes);
const [a, b] = [toBoxes(work.iou.a), toBoxes(work.iou.b)];
const size = { width: work.polygons.width, height: work.polygons.height };
const outlines = work.polygons.points.map((points) => points.map(([x = 0, y = 0]) => ({ x, y })));

/** Pixels of a bitmap that are looked at: far apart, so that reading them takes no time. */
const PIXEL_STEP = 40_961;

function covered(data: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < data.length; at += PIXEL_STEP) sum += data[at] ?? 0;
  return sum;
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function* filledPolygons(): Generator<InstanceMask> {
  for (const points of outlines) yield InstanceMask.fromPolygons([points], size);
}

/**
 * @param run what is measured. A thousand bitmaps would not stay in memory: those are looked at as they come
 * @param check what the result adds up to, which is not measured
 */
function measured<Result>(
  run: () => Result,
  check: (result: Result) => number,
): { ms: number; check: number } {
  for (let round = 1; round < WARM_UP; round++) run();
  const result = check(run());
  const samples = Array.from({ length: REPETITIONS }, () => {
    const startedAt = performance.now();
    run();
    return performance.now() - startedAt;
  });
  return { ms: median(samples), check: result };
}

const report: TaskReport = {
  nms: measured(
    () => nonMaxSuppression({ boxes, confidence, classId, masks: null }, { threshold: work.nms.threshold }),
    sumOf,
  ),
  rle: measured(() => work.rle.map((rle) => covered(decodeRle(rle).data)), sumOf),
  polygons: measured(() => Array.from(filledPolygons(), (mask) => covered(mask.toBitmap().data)), sumOf),
  "polygons-in-one-bitmap": measured(
    () => Array.from(eachBitmap(filledPolygons()), ({ data }) => covered(data)),
    sumOf,
  ),
  iou: measured(
    () => boxOverlaps(a, b),
    ({ values }) => sumOf(values),
  ),
};
console.log(JSON.stringify(report));
