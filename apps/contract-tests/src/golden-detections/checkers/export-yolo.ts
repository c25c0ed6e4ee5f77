import { type Point, yoloDataYaml, yoloLines, yoloStream } from "@inference-ts/sdk/predictions";
import { isRecord, recordAt } from "../../golden/json.ts";
import { checkOutcome, differences } from "../compare.ts";
import { filled } from "../masks.ts";
import { collect } from "../streams.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";
import { classesOf, fillProblems, imageOf, imagesOf, masksToFill, polygonOptions } from "./export-input.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

const BOX_CELLS = 5;

/** A line so that equal ones are equal text: boxes as they are, polygons by the pixels that they fill. */
function comparable(line: string, size: Size): string {
  const points = pointsOf(line, size);
  return points.length === 0 ? line : `${line.split(" ")[0]} ${filled([points], size).toRle().counts}`;
}

/** The vertices of a line in pixels; none for a box. */
function pointsOf(line: string, size: Size): Point[] {
  const [, ...numbers] = line.split(" ").map(Number);
  if (numbers.length < BOX_CELLS) return [];
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    x: Math.round((numbers[at * 2] ?? 0) * size.width),
    y: Math.round((numbers[at * 2 + 1] ?? 0) * size.height),
  }));
}

/** Parts of a mask come in any order; objects keep theirs, which shows where all lines are boxes. */
function lineDifferences(actual: readonly string[], expected: unknown, size: Size): string[] {
  const wanted = Array.isArray(expected) ? expected.map(String) : [];
  const readable = (lines: readonly string[]) => lines.map((line) => comparable(line, size));
  const boxes = wanted.every((line) => line.split(" ").length <= BOX_CELLS);
  const ordered = (lines: readonly string[]) => (boxes ? lines : [...lines].sort());
  return differences(ordered(readable(actual)), ordered(readable(wanted)), "lines");
}

/** Names of a YAML list in brackets, quoted or not. */
function yamlNames(yaml: unknown): string[] {
  const names: string[] = [];
  const list = /names: \[([\s\S]*)\]/.exec(String(yaml))?.[1] ?? "";
  for (const [, double, single, plain] of list.matchAll(
    /\s*(?:("(?:[^"\\]|\\.)*")|'((?:[^']|'')*)'|([^,]+))/g,
  )) {
    const name =
      double === undefined
        ? (single?.replaceAll("''", "'") ?? plain?.trim() ?? "")
        : String(JSON.parse(double.replaceAll(/\\x(..)/g, "\\u00$1")));
    if (name !== "" || single !== undefined || double !== undefined) names.push(name);
  }
  return names;
}

async function checkFiles(vector: Vector, expected: unknown): Promise<string[]> {
  const images = imagesOf(vector);
  const files = await collect(images, yoloStream());
  const wanted = recordAt(expected, "files");
  const yaml = yoloDataYaml(classesOf(vector));
  return [
    ...differences(files.map(({ name }) => name).sort(), Object.keys(wanted).sort(), "files"),
    ...files.flatMap(({ name, text }, index) => {
      const lines = (content: unknown) => String(content).split("\n").slice(0, -1);
      return lineDifferences(lines(text), lines(wanted[name]), images[index] ?? { width: 0, height: 0 });
    }),
    ...(isRecord(expected)
      ? [
          ...differences(yamlNames(yaml), yamlNames(expected.data_yaml), "data.yaml"),
          ...differences(
            /nc: \d+/.exec(yaml)?.[0],
            /nc: \d+/.exec(String(expected.data_yaml))?.[0],
            "data.yaml",
          ),
        ]
      : []),
  ];
}

/** YOLO label files. */
export const checkExportYolo: Checker = (vector, expected) => {
  if ("images" in vector.input)
    return checkOutcome(
      expected,
      () => checkFiles(vector, expected),
      (problems) => problems,
    );
  const image = imageOf(vector);
  const masks = masksToFill(expected);
  if (masks !== null) {
    const write = () =>
      yoloLines(image.detections, image, polygonOptions(vector)).map((line) => pointsOf(line, image));
    return fillProblems(vector, masks, write);
  }
  return checkOutcome(
    expected,
    () => yoloLines(image.detections, image, polygonOptions(vector)),
    (lines) => lineDifferences(lines, isRecord(expected) ? expected.lines : undefined, image),
  );
};
