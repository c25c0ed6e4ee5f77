import { InvalidParameterError } from "@inference-ts/errors";
import { readGreyPng } from "../grey-png.ts";
import { InstanceMask } from "../masks/instance-mask.ts";
import type { ImageDimensions } from "../results.ts";
import { assertList, assertObject, isJsonObject, refuse } from "../wire-guards.ts";
import { Detections } from "./detections.ts";

/** One object of `objectDetection`: corners in pixels. */
export interface HuggingFaceObject {
  readonly label: string;
  readonly score?: number | null;
  readonly box: {
    readonly xmin: number;
    readonly ymin: number;
    readonly xmax: number;
    readonly ymax: number;
  };
}

/** One segment of `imageSegmentation`: the mask as a grey PNG, white where the segment is. */
export interface HuggingFaceSegment {
  readonly label: string;
  readonly score?: number | null;
  readonly mask?: Uint8Array | string | undefined;
}

/** How results of Hugging Face become detections. */
export interface FromHuggingFaceOptions {
  /** Size of the picture, where the results do not tell it: for boxes. */
  readonly image?: ImageDimensions | undefined;
  /**
   * Names of the classes in the order of their ids, such as the `id2label` of the model, so that ids and colours are the same for every
   * picture. Default: numbered as they appear.
   */
  readonly classes?: readonly string[] | undefined;
}

/** A pixel of a mask belongs to the segment from here on. */
const HALF = 128;

/**
 * Detections of the results of a Hugging Face model, so that everything for Roboflow's results works with them too: filters, suppression,
 * files, drawing. Boxes are taken as they are, masks are decoded and give their own boxes; a segment without a mask or without a
 * pixel is left out.
 *
 * @param found - What `objectDetection` or `imageSegmentation` of the Hugging Face client gave, or the JSON of a server.
 * @throws InvalidResponseError when a result has neither a box nor a readable mask, InvalidParameterError for a label that is not
 *   among `classes`.
 *
 * @example
 * ```ts
 * import { detectionsFromHuggingFace } from "@inference-ts/sdk/predictions";
 * const found = [{ label: "cat", score: 0.9, box: { xmin: 1, ymin: 2, xmax: 20, ymax: 18 } }];
 * const detections = await detectionsFromHuggingFace(found, { classes: ["dog", "cat"] });
 * for (const { class: name, classId, box } of detections.minConfidence(0.5)) console.log(name, classId, box);
 * ```
 */
export async function detectionsFromHuggingFace(
  found: readonly (HuggingFaceObject | HuggingFaceSegment)[],
  options: FromHuggingFaceOptions = {},
): Promise<Detections> {
  assertList(found, "");
  const rows: Row[] = [];
  for (const [index, item] of found.entries()) {
    const row = await readRow(item, `[${index}]`);
    if (row !== null) rows.push(row);
  }
  const classes = options.classes ?? [...new Set(rows.map(({ label }) => label))];
  const masks = rows.map(({ mask }) => mask);
  const sized = masks.find((mask) => mask !== null);
  const ofMasks = sized === undefined ? null : { width: sized.width, height: sized.height };
  return Detections.fromColumns({
    boxes: Float64Array.from(rows.flatMap(({ box }) => box)),
    // A model that gives no scores is sure of what it gives.
    confidence: Float64Array.from(rows, ({ score }) => score),
    classId: Int32Array.from(rows, ({ label }) => idOf(label, classes)),
    classNames: rows.map(({ label }) => label),
    masks: sized === undefined ? null : masks,
    image: options.image ?? ofMasks,
  });
}

interface Row {
  readonly label: string;
  readonly score: number;
  readonly box: readonly number[];
  readonly mask: InstanceMask | null;
}

/** One result; `null` for a segment that covers nothing. */
async function readRow(item: unknown, path: string): Promise<Row | null> {
  assertObject(item, path);
  const { label, score, box, mask } = item;
  if (typeof label !== "string") return refuse(`${path}.label`, "text", label);
  const named = { label, score: typeof score === "number" ? score : 1 };
  if (isJsonObject(box)) {
    const corners = ["xmin", "ymin", "xmax", "ymax"].map((side) => {
      const value = box[side];
      return typeof value === "number" ? value : refuse(`${path}.box.${side}`, "a number", value);
    });
    return { ...named, box: corners, mask: null };
  }
  if (mask === undefined || mask === null) {
    return box === undefined && "mask" in item ? null : refuse(`${path}.box`, "an object", box);
  }
  if (typeof mask !== "string" && !(mask instanceof Uint8Array)) return refuse(`${path}.mask`, "a PNG", mask);
  const grey = await readGreyPng(mask, `${path}.mask`);
  const bitmap = { ...grey, data: grey.data.map((value) => (value >= HALF ? 1 : 0)) };
  const instance = InstanceMask.fromBitmap(bitmap);
  if (instance.area === 0) return null;
  const { x, y, width, height } = instance.box;
  return { ...named, box: [x, y, x + width, y + height], mask: instance };
}

function idOf(label: string, classes: readonly string[]): number {
  const id = classes.indexOf(label);
  if (id >= 0) return id;
  throw new InvalidParameterError(`The label "${label}" is not among the given classes.`, {
    hint: "Give every label of the model, or leave classes out.",
  });
}
