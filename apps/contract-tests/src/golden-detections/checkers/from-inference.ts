import { Classifications, Detections, KeyPoints } from "@inference-ts/sdk/predictions";
import { isRecord, recordAt } from "../../golden/json.ts";
import { checkOutcome, differences } from "../compare.ts";
import { detectionDifferences } from "../detections.ts";
import { numbersOf } from "../masks.ts";
import type { Checker } from "./checker.ts";

function keyPointDifferences(points: KeyPoints, expected: unknown): string[] {
  const columns = {
    count: points.length,
    xy: [...points].map((object) => object.points.map(({ x, y }) => [x, y])),
    keypoint_confidence: [...points].map((object) => object.points.map(({ confidence }) => confidence)),
    detection_confidence: points.detectionConfidence,
    class_id: points.classId,
    class_name: points.classNames,
    as_detections_xyxy: [...points.toDetections()].map(({ box }) => box),
  };
  if (!isRecord(expected)) return ["the vector expects no key points"];
  return Object.entries(columns).flatMap(([name, values]) => {
    const wanted = expected[name];
    // The package has no columns where there are no objects; ours are empty.
    if (wanted === null && points.length === 0) return [];
    return differences(values, wanted, name);
  });
}

function classificationDifferences(classes: Classifications, expected: unknown): string[] {
  const tops = Object.entries(isRecord(expected) ? expected : {}).filter(([name]) => name.startsWith("top_"));
  const columns = (scores: Iterable<{ classId: number; confidence: number }>) => ({
    class_id: [...scores].map(({ classId }) => classId),
    confidence: [...scores].map(({ confidence }) => confidence),
  });
  return [
    ...differences(columns([...classes]), recordAt(expected, "classifications"), "classifications"),
    ...tops.flatMap(([name, wanted]) =>
      differences(columns(classes.top(Number(name.slice(4)))), wanted, name),
    ),
  ];
}

/** Results of servers become detections, key points or classes. */
export const checkFromInference: Checker = async ({ input }, expected) => {
  const { kind } = input;
  // A batch is passed on as it is: it must be refused.
  const result = input.result as Parameters<typeof Detections.from>[0];
  if (kind === "detections") {
    return checkOutcome(
      expected,
      () => Detections.from(result),
      (actual) => detectionDifferences(actual, expected),
    );
  }
  if (kind === "sam3") {
    const [width = 0, height = 0] = numbersOf(input.resolution_wh);
    const read = () => Detections.fromSam3(result, { width, height });
    return checkOutcome(expected, read, (actual) => detectionDifferences(actual, expected));
  }
  if (kind === "keypoints") {
    const boxes = isRecord(expected) ? expected.boxes : undefined;
    return [
      ...(await checkOutcome(
        expected,
        () => KeyPoints.from(result),
        (actual) => keyPointDifferences(actual, expected),
      )),
      ...(boxes === undefined
        ? []
        : await checkOutcome(
            boxes,
            () => Detections.from(result),
            (actual) => detectionDifferences(actual, boxes),
          )),
    ];
  }
  if (kind === "classification") {
    const detections = isRecord(expected) ? expected.detections : undefined;
    return [
      ...(await checkOutcome(
        expected,
        () => Classifications.from(result),
        (actual) => classificationDifferences(actual, expected),
      )),
      ...(await checkOutcome(
        detections,
        () => Detections.from(result),
        (actual) => detectionDifferences(actual, detections),
      )),
    ];
  }
  return [`no counterpart for results of kind ${String(kind)}`];
};
