import { Detections } from "@inference-ts/sdk/predictions";
import { isRecord } from "../golden/json.ts";
import { differences } from "./compare.ts";
import { maskDifferences, numbersOf, toMask } from "./masks.ts";

/** Detections of the columns of a vector: `xyxy`, `confidence`, `class_id`, `masks`, `data`. */
export function toDetections(columns: Readonly<Record<string, unknown>>): Detections {
  const { xyxy, confidence, class_id: classId, masks, data } = columns;
  return Detections.fromColumns({
    boxes: boxesOf(xyxy),
    confidence: Array.isArray(confidence) ? Float64Array.from(numbersOf(confidence)) : null,
    classId: Array.isArray(classId) ? Int32Array.from(numbersOf(classId)) : null,
    masks: Array.isArray(masks) ? masks.map(toMask) : null,
    data: Object.fromEntries(
      Object.entries(isRecord(data) ? data : {}).map(([name, values]) => [
        name,
        Array.isArray(values) ? values : [],
      ]),
    ),
  });
}

export function boxesOf(value: unknown): number[][] {
  return Array.isArray(value) ? value.map(numbersOf) : [];
}

/** Compares detections with the columns of a vector; what the vector does not say is not looked at. */
export function detectionDifferences(actual: Detections, expected: unknown): string[] {
  if (!isRecord(expected)) return ["the vector expects no columns"];
  const tracker = actual.trackerId === null ? null : [...actual.trackerId];
  const columns: Readonly<Record<string, unknown>> = {
    count: actual.length,
    xyxy: [...actual].map(({ box }) => box),
    confidence: actual.confidence,
    class_id: actual.classId,
    tracker_id: tracker,
    class_name: actual.classNames,
  };
  const problems = Object.entries(columns).flatMap(([name, values]) =>
    name in expected ? differences(values, expected[name], name) : [],
  );
  return [...problems, ...("masks" in expected ? maskProblems(actual, expected.masks) : [])];
}

function maskProblems({ masks, length }: Detections, expected: unknown): string[] {
  if (expected === null) return masks === null ? [] : ["masks: expected none"];
  if (!Array.isArray(expected)) return ["the vector's masks are no list"];
  if (expected.length !== length)
    return [`masks: expected ${expected.length}, there are ${length} detections`];
  return expected.flatMap((mask: unknown, row) =>
    maskDifferences(masks?.[row] ?? null, mask, `masks[${row}]`),
  );
}
