import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkAnnotator, pixelsOf } from "./annotators.ts";
import { colorProblems } from "./colors.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/golden-detections");

interface Vector {
  readonly id: string;
  readonly input: object;
  readonly expected: object;
}

function vectorsOf(file: string): readonly Vector[] {
  return JSON.parse(readFileSync(join(FOLDER, file), "utf8")).cases;
}

const annotators = vectorsOf("annotators.json");
const colors = vectorsOf("colors.json");
const base = await pixelsOf(join(FOLDER, "annotators/base.png"));

test.each(colors)("$id", (vector) => {
  expect(colorProblems(vector)).toEqual([]);
});

test.each(annotators)("$id", (vector) => {
  const { problems, skipped } = checkAnnotator(vector, base);
  expect(problems).toEqual([]);
  expect(skipped !== undefined).toBe(vector.id.startsWith("annotators-background-"));
});

test("a wrong answer is noticed", () => {
  const box = annotators.find(({ id }) => id === "annotators-box-default");
  const thin = { ...box, input: { ...box?.input, params: { thickness: 1 } } };
  expect(checkAnnotator(thin, base).problems.join("\n")).toMatch(/changed_pixels: \d+ is not 1872/);
  const label = annotators.find(({ id }) => id === "annotators-label-top-right");
  const moved = { ...label, input: { ...label?.input, params: { text_position: "TOP_LEFT" } } };
  expect(checkAnnotator(moved, base).problems.join("\n")).toContain("from the anchor");
  const refused = { ...box, expected: { error: "ValueError" } };
  expect(checkAnnotator(refused, base).problems).toEqual(["it is not refused, Python raises ValueError"]);
  expect(colorProblems({ ...colors[3], expected: { hex: "#000000" } })).toHaveLength(1);
});

test("an argument of Python without a counterpart is not passed over", () => {
  const vector = { input: { annotator: "BoxAnnotator", params: { sparkle: 1 } }, expected: {} };
  expect(() => checkAnnotator(vector, base)).toThrow("sparkle");
});
