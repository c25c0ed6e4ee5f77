import { Detections } from "../detections/detections.ts";
import { isBoxResult } from "../result-guards.ts";
import type { InferenceResult } from "../results.ts";
import { type CocoAnnotation, cocoAnnotations } from "./coco-annotations.ts";
import type { DetectedImage, ExportPolygonOptions } from "./exported-mask.ts";

/** One picture and its result. */
export interface CocoInput {
  readonly fileName: string;
  readonly result: InferenceResult;
}

export interface CocoImage {
  readonly id: number;
  readonly file_name: string;
  /** 0 when the server did not say. */
  readonly width: number;
  readonly height: number;
  /** Id of the license, when the data set has one. */
  readonly license?: number;
  readonly date_captured?: string;
}

export interface CocoCategory {
  /** `class_id + 1`, because readers keep 0 for the background. */
  readonly id: number;
  readonly name: string;
  readonly supercategory: string;
}

/** A COCO data set of predictions. */
export interface CocoDataset {
  readonly info: { readonly description: string };
  readonly images: readonly CocoImage[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly CocoCategory[];
}

/** What a COCO file says beside its pictures and objects. */
export interface CocoStreamOptions extends ExportPolygonOptions {
  /** Names of all classes by class id. Default: the classes that occur. */
  readonly classes?: readonly string[];
  readonly info?: { readonly [field: string]: unknown };
  /** License of the pictures. */
  readonly license?: { readonly name: string; readonly url: string };
  readonly supercategory?: string;
  /** When the pictures were taken. */
  readonly capturedAt?: Date;
}

const DESCRIPTION = "Predictions of a Roboflow Inference server";

/**
 * COCO JSON of results with boxes. Pictures keep their order, ids start at 1; results of other tasks give a picture
 * without annotations. Categories are the classes that occur, by ascending id. For many pictures use `cocoStream`.
 *
 * @throws InvalidResponseError when a result cannot be read as `Detections.from` reads it
 */
export function toCoco(inputs: Iterable<CocoInput>): CocoDataset {
  const images: CocoImage[] = [];
  const annotations: CocoAnnotation[] = [];
  const names = new Map<number, string>();
  for (const { fileName, result } of inputs) {
    const detections = isBoxResult(result) ? Detections.from(result) : Detections.empty(result.image ?? null);
    const { width, height } = detections.image ?? { width: 0, height: 0 };
    const id = images.length + 1;
    images.push({ id, file_name: fileName, width, height });
    noteNames(names, detections);
    annotations.push(...cocoAnnotations(detections, { imageId: id, annotationId: annotations.length + 1 }));
  }
  return { info: { description: DESCRIPTION }, images, annotations, categories: categoriesOf(names, "none") };
}

/**
 * A COCO JSON file of pictures and their detections. Objects are written as they come; of a picture one short line is kept until the
 * end, since its list stands behind that of the objects.
 *
 * @example
 * ```ts
 * import { cocoStream, Detections } from "@inference-ts/sdk/predictions";
 * const { readable, writable } = cocoStream({ classes: ["car"] });
 * const writer = writable.getWriter();
 * const detections = Detections.fromColumns({ boxes: [[1, 2, 5, 9]], classId: Int32Array.of(0) });
 * void writer.write({ fileName: "a.png", width: 64, height: 48, detections }).then(() => writer.close());
 * for await (const text of readable) console.log(text);
 * ```
 */
export function cocoStream(options: CocoStreamOptions = {}): TransformStream<DetectedImage, string> {
  const {
    classes,
    info = { description: DESCRIPTION },
    license,
    supercategory = "none",
    capturedAt,
    ...polygons
  } = options;
  const names = new Map((classes ?? []).map((name, id) => [id, name]));
  const images: string[] = [];
  let annotationId = 1;
  return new TransformStream<DetectedImage, string>({
    start(controller) {
      const licenses = license === undefined ? [] : [{ id: 1, ...license }];
      controller.enqueue(
        `{"info":${JSON.stringify(info)},"licenses":${JSON.stringify(licenses)},"annotations":[`,
      );
    },
    transform({ fileName, width, height, detections }, controller) {
      const image: CocoImage = {
        id: images.length + 1,
        file_name: fileName,
        width,
        height,
        ...(license === undefined ? {} : { license: 1 }),
        ...(capturedAt === undefined ? {} : { date_captured: capturedAt.toISOString() }),
      };
      images.push(JSON.stringify(image));
      if (classes === undefined) noteNames(names, detections);
      for (const annotation of cocoAnnotations(detections, {
        ...polygons,
        imageId: image.id,
        annotationId,
      })) {
        controller.enqueue(`${annotationId === 1 ? "" : ","}\n${JSON.stringify(annotation)}`);
        annotationId++;
      }
    },
    flush(controller) {
      const categories = categoriesOf(names, supercategory);
      controller.enqueue(
        `\n],"images":[\n${images.join(",\n")}\n],"categories":${JSON.stringify(categories)}}\n`,
      );
    },
  });
}

function noteNames(names: Map<number, string>, { classId, classNames }: Detections): void {
  for (const [row, id] of (classId ?? []).entries())
    names.set(id, classNames?.[row] ?? names.get(id) ?? String(id));
}

function categoriesOf(names: ReadonlyMap<number, string>, supercategory: string): CocoCategory[] {
  return [...names].sort(([a], [b]) => a - b).map(([id, name]) => ({ id: id + 1, name, supercategory }));
}
