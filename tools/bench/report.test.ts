import { expect, test } from "vitest";
import { figure } from "./figure.ts";
import { figureTable, verdictLines } from "./report.ts";

test("a table of median, range and bound", () => {
  const figures = [
    figure("sequential.sdk", "req/s", [1000, 3000, 2000]),
    figure("sequential.times-fetch", "x", [2, 4]),
  ];
  expect(figureTable(figures, [{ figure: "sequential.times-fetch", atLeast: 1.8 }])).toEqual([
    "  sequential.sdk          2,000 req/s  (1,000 req/s to 3,000 req/s)",
    "  sequential.times-fetch       3.00 x  (2.00 x to 4.00 x)            at least 1.80 x",
  ]);
});

test("what explains a figure stands at the end of its line", () => {
  const figures = [{ ...figure("iou.times-numpy", "x", [0.5]), note: "slower: few cores" }];
  expect(figureTable(figures, [])).toEqual([
    "  iou.times-numpy  0.50 x  (0.50 x to 0.50 x)  slower: few cores",
  ]);
  expect(figureTable(figures, [{ figure: "iou.times-numpy", atMost: 2 }])[0]).toMatch(
    / {2}at most 2.00 x; slower: few cores$/,
  );
});

test("one line per verdict and the counts at the end", () => {
  const verdicts = [
    { gate: { figure: "a", atLeast: 2 }, outcome: "passed", value: 2.5 },
    { gate: { figure: "b", atMost: 2 }, outcome: "failed", value: 3 },
    { gate: { figure: "c", atMost: 2 }, outcome: "skipped", value: null },
  ] as const;
  expect(verdictLines(verdicts, () => "x")).toEqual([
    "passed  a: 2.50 x, at least 2.00 x",
    "failed  b: 3.00 x, at most 2.00 x",
    "skipped c: not measured",
    "1 passed, 1 failed, 1 skipped",
  ]);
});
