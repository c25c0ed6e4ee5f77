import { expect, test } from "vitest";
import { type Candidate, type DetectionLimits, overlap, suppress } from "./suppression.ts";

const box = (left: number, top: number, size: number, confidence: number, classId = 0): Candidate => ({
  left,
  top,
  right: left + size,
  bottom: top + size,
  confidence,
  classId,
});

const LIMITS: DetectionLimits = {
  confidence: 0.4,
  iouThreshold: 0.3,
  maxDetections: 300,
  classAgnostic: false,
  classIds: null,
};

const [strong, weak, other, far] = [
  box(0, 0, 10, 0.9),
  box(1, 1, 10, 0.8),
  box(0, 0, 10, 0.7, 1),
  box(50, 50, 10, 0.5),
];
const all = [far, weak, other, strong];

test("intersection over union", () => {
  expect(overlap(strong, strong)).toBe(1);
  expect(overlap(strong, far)).toBe(0);
  expect(overlap(strong, weak)).toBeCloseTo(81 / 119);
});

test.each([
  ["the most confident box of a group, by class", {}, [strong, other, far]],
  ["across classes", { classAgnostic: true }, [strong, far]],
  ["over the confidence", { confidence: 0.6 }, [strong, other]],
  ["a confidence that is just reached", { confidence: 0.9 }, [strong]],
  ["up to the maximum", { maxDetections: 1 }, [strong]],
  ["nothing where the maximum is 0", { maxDetections: 0 }, []],
  ["with a high overlap threshold", { iouThreshold: 0.95 }, [strong, weak, other, far]],
  ["of some classes", { classIds: new Set([1]) }, [other]],
])("keeps %s", (_name, limits, expected) => {
  expect(suppress(all, { ...LIMITS, ...limits })).toEqual(expected);
});
