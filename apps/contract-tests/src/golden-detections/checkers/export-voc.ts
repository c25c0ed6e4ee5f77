import { type Point, pascalVoc, pascalVocStream } from "@inference-ts/sdk/predictions";
import { isRecord, recordAt } from "../../golden/json.ts";
import { checkOutcome, differences } from "../compare.ts";
import { filled } from "../masks.ts";
import { collect } from "../streams.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";
import { classesOf, fillProblems, imageOf, imagesOf, masksToFill, polygonOptions } from "./export-input.ts";
import { parseXml, type XmlElement } from "./xml.ts";

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

function textOf(element: XmlElement | undefined): string {
  return element?.text ?? "";
}

/** The vertices of an object's polygon, counted from 0. */
function pointsOf(object: XmlElement): Point[] {
  const numbers = (child(object, "polygon")?.children ?? []).map(({ text }) => Number(text));
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    x: (numbers[at * 2] ?? 0) - 1,
    y: (numbers[at * 2 + 1] ?? 0) - 1,
  }));
}

/** An object so that equal ones are equal text: its polygon by the pixels that it fills. */
function comparableObject(object: XmlElement, size: { width: number; height: number }): string {
  const box = child(object, "bndbox");
  const numbers = (child(object, "polygon")?.children ?? []).map(({ text }) => Number(text));
  const points = Array.from(
    { length: numbers.length / 2 },
    (_, at): Point => ({
      x: (numbers[at * 2] ?? 0) - 1,
      y: (numbers[at * 2 + 1] ?? 0) - 1,
    }),
  );
  return JSON.stringify({
    name: textOf(child(object, "name")),
    box: ["xmin", "ymin", "xmax", "ymax"].map((side) => Number(textOf(box && child(box, side)))),
    shape: points.length === 0 ? null : filled([points], size).toRle().counts,
  });
}

function xmlDifferences(actual: string, expected: unknown): string[] {
  const [found, wanted] = [parseXml(actual), parseXml(String(expected))];
  const size = child(wanted, "size");
  const side = (name: string) => Number(textOf(size && child(size, name)));
  const picture = { width: side("width"), height: side("height") };
  const objects = (root: XmlElement) => root.children.filter(({ name }) => name === "object");
  const others = (root: XmlElement) => root.children.filter(({ name }) => name !== "object");
  const shapes = (root: XmlElement) =>
    objects(root)
      .map((object) => comparableObject(object, picture))
      .sort();
  return [
    ...differences(others(found), others(wanted), "annotation"),
    ...differences(shapes(found), shapes(wanted), "objects"),
  ];
}

async function checkFiles(vector: Vector, expected: unknown): Promise<string[]> {
  const files = await collect(imagesOf(vector), pascalVocStream({ classes: classesOf(vector) }));
  const wanted = recordAt(expected, "files");
  return [
    ...differences(files.map(({ name }) => name).sort(), Object.keys(wanted).sort(), "files"),
    ...files.flatMap(({ name, text }) => xmlDifferences(text, wanted[name])),
  ];
}

/** Pascal VOC files. */
export const checkExportVoc: Checker = (vector, expected) => {
  if ("images" in vector.input)
    return checkOutcome(
      expected,
      () => checkFiles(vector, expected),
      (problems) => problems,
    );
  const write = () => pascalVoc(imageOf(vector), { ...polygonOptions(vector), classes: classesOf(vector) });
  const masks = masksToFill(expected);
  if (masks !== null) return fillProblems(vector, masks, () => parseXml(write()).children.map(pointsOf));
  return checkOutcome(expected, write, (xml) =>
    xmlDifferences(xml, isRecord(expected) ? expected.xml : undefined),
  );
};
