import { type CocoAnnotation, cocoAnnotations, cocoStream, type Point } from "@inference-ts/sdk/predictions";
import { isRecord, listAt, recordAt } from "../../golden/json.ts";
import { checkOutcome, differences } from "../compare.ts";
import { filled, maskDifferences, numbersOf, summaryOf, toMask } from "../masks.ts";
import { collect } from "../streams.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";
import { classesOf, imageOf, imagesOf, polygonOptions } from "./export-input.ts";

/** Writers of whole files say so in the package; ours do when they are told. */
const LICENSE = { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" };

function pointsOf(flat: unknown): Point[] {
  const numbers = numbersOf(flat);
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    x: numbers[at * 2] ?? 0,
    y: numbers[at * 2 + 1] ?? 0,
  }));
}

function annotationDifferences(
  actual: unknown,
  expected: Record<string, unknown>,
  mask: unknown,
  reader: unknown,
  path: string,
): string[] {
  const { segmentation: wanted, ...rest } = expected;
  const found = isRecord(actual) ? actual.segmentation : undefined;
  const problems = differences(actual, rest, path);
  if (!Array.isArray(wanted)) return [...problems, ...differences(found, wanted, `${path}.segmentation`)];
  if (!Array.isArray(found)) return [...problems, `${path}.segmentation: expected polygons`];
  if ((found.length === 0) !== (wanted.length === 0)) {
    return [...problems, `${path}.segmentation: expected ${wanted.length} polygons, got ${found.length}`];
  }
  if (mask === undefined || wanted.length === 0) return problems;
  const size = toMask(mask);
  const outline = isRecord(reader) ? reader.filled_with_outline : undefined;
  return [
    ...problems,
    ...maskDifferences(
      filled(found.map(pointsOf), size),
      outline ?? summaryOf(filled(wanted.map(pointsOf), size)),
      `${path}.filled`,
    ),
  ];
}

function allDifferences(actual: readonly unknown[], expected: unknown, masks: readonly unknown[]): string[] {
  const wanted = listAt(expected, "annotations").filter(isRecord);
  const readers = listAt(expected, "readers");
  if (actual.length !== wanted.length) return [`expected ${wanted.length} annotations, got ${actual.length}`];
  return wanted.flatMap((annotation, row) =>
    annotationDifferences(actual[row], annotation, masks[row], readers[row], `annotation ${row}`),
  );
}

/** Without being asked, masks keep their shape: outlines fill exactly the mask. */
function defaultProblems(annotations: readonly CocoAnnotation[], masks: readonly unknown[]): string[] {
  return annotations.flatMap(({ segmentation }, row) => {
    const source = masks[row];
    if (source === undefined || !("length" in segmentation) || segmentation.length === 0) return [];
    const mask = toMask(source);
    // Of several parts that the caller calls one object, those too thin for an outline are left out.
    if (segmentation.length < mask.countSegments(8)) return [];
    return maskDifferences(filled(segmentation.map(pointsOf), mask), summaryOf(mask), `exact ${row}`);
  });
}

async function checkFile(vector: Vector, expected: unknown): Promise<string[]> {
  const options = {
    classes: classesOf(vector),
    info: {},
    license: LICENSE,
    supercategory: "common-objects",
    capturedAt: new Date(),
  };
  const images = imagesOf(vector);
  const write = async () => JSON.parse((await collect(images, cocoStream(options))).join(""));
  const masks = listAt(vector.input, "images").flatMap((image) => {
    const detections = recordAt(image, "detections");
    return listAt(detections, "xyxy").map((_, row) => listAt(detections, "masks")[row]);
  });
  return checkOutcome(expected, write, (file: unknown) => {
    if (!isRecord(file) || !isRecord(expected)) return ["the file is no object"];
    const { annotations, ...rest } = expected;
    return [
      ...differences(file, rest, "file"),
      ...allDifferences(listAt(file, "annotations"), { annotations }, masks),
    ];
  });
}

/** COCO annotations and files. */
export const checkExportCoco: Checker = (vector, expected) => {
  if ("images" in vector.input) return checkFile(vector, expected);
  const { detections } = imageOf(vector);
  const numbers = {
    imageId: Number(vector.input.image_id),
    annotationId: Number(vector.input.annotation_id),
  };
  const masks = listAt(recordAt(vector.input, "detections"), "masks");
  return checkOutcome(
    expected,
    () => cocoAnnotations(detections, { ...numbers, ...polygonOptions(vector) }),
    (annotations) => [
      ...allDifferences(annotations, expected, masks),
      ...differences(
        numbers.annotationId + annotations.length,
        isRecord(expected) ? expected.next_annotation_id : undefined,
        "next id",
      ),
      ...defaultProblems(cocoAnnotations(detections, numbers), masks),
    ],
  );
};
