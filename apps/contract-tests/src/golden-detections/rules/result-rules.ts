import { InstanceMask } from "@inference-ts/sdk/predictions";
import { isRecord, listAt, numberAt, recordAt } from "../../golden/json.ts";
import { isError } from "../compare.ts";
import { hashOf, numbersOf, toRle } from "../masks.ts";
import type { Vector } from "../vector.ts";
import type { DetectionRule } from "./rule.ts";

const GROUPS = ["from-inference"];

function predictionsOf({ input }: Vector): readonly Record<string, unknown>[] {
  return listAt(input.result, "predictions").filter(isRecord);
}

function cornersOf({ x, y, width, height }: Record<string, unknown>): number[] {
  const [centreX, centreY, sideX, sideY] = [x, y, width, height].map(Number);
  const [left, top] = [(centreX ?? 0) - (sideX ?? 0) / 2, (centreY ?? 0) - (sideY ?? 0) / 2];
  return [left, top, left + (sideX ?? 0), top + (sideY ?? 0)];
}

const VERTICES = 3;

/** Whether a prediction has something that a mask can be made of. */
function maskOf(prediction: Record<string, unknown>, vector: Vector): InstanceMask | null {
  const image = recordAt(vector.input.result, "image");
  const size = { width: Math.trunc(Number(image.width)), height: Math.trunc(Number(image.height)) };
  for (const field of ["rle", "rle_mask"]) {
    const rle = prediction[field];
    if (!isRecord(rle) || !("size" in rle && "counts" in rle)) continue;
    try {
      return InstanceMask.fromRle(toRle(rle)).resize(size);
    } catch {
      break;
    }
  }
  const points = listAt(prediction, "points").filter(isRecord);
  if (points.length < VERTICES) return null;
  return InstanceMask.fromPolygons([points.map(({ x, y }) => ({ x: Number(x), y: Number(y) }))], size);
}

/** What is expected of predictions that are good but for something that boxes do not need; `null` where there are others. */
function boxesAlone(vector: Vector): Record<string, unknown> | null {
  const predictions = predictionsOf(vector);
  const fields = ["x", "y", "width", "height", "confidence", "class_id"];
  const isWhole = predictions.every(
    (item) =>
      fields.every((field) => Number.isFinite(numberAt(item, field))) &&
      typeof item.class === "string" &&
      (item.points ?? null) === null,
  );
  if (!isWhole || predictions.length === 0) return null;
  return {
    count: predictions.length,
    xyxy: predictions.map(cornersOf),
    confidence: predictions.map(({ confidence }) => confidence),
    class_id: predictions.map((item) => item.class_id),
    class_name: predictions.map((item) => item.class),
  };
}

const nullPoints: DetectionRule = {
  name: "points of null are none",
  topic: "results",
  groups: GROUPS,
  python: "Refuses an answer with `points` of null.",
  ours: "The prediction has no polygon. The boxes are expected.",
  apply: (vector, expected) => {
    const isMeant = predictionsOf(vector).some(({ points }) => points === null);
    return isMeant && isError(expected) && vector.input.kind === "detections" ? boxesAlone(vector) : null;
  },
};

const withoutSize: DetectionRule = {
  name: "boxes without the picture's size",
  topic: "results",
  groups: GROUPS,
  python: "Refuses an answer without `image`, or with a size of null, also where nothing is filled.",
  ours: "Only a polygon needs the size. The boxes are expected.",
  apply: (vector, expected) => {
    const { kind, result } = vector.input;
    const { width, height } = recordAt(result, "image");
    const isKnown = [width, height].every((side) => /^\s*\d+(?:\.\d*)?\s*$/.test(String(side)));
    const isText = [width, height].some((side) => /\./.test(typeof side === "string" ? side : ""));
    if (isKnown && !isText) return null;
    if (kind === "detections" && isError(expected)) return boxesAlone(vector);
    if (kind !== "keypoints" || !isRecord(expected) || !isError(expected.boxes)) return null;
    const boxes = boxesAlone(vector);
    return boxes && { ...expected, boxes };
  },
};

const maskGrid: DetectionRule = {
  name: "answers in a mask grid",
  topic: "results",
  groups: GROUPS,
  python: "Ignores `mask_metadata`, so everything is too small by its scales.",
  ours: "Coordinates times `scale_x` and `scale_y`, masks at the size of `original_image`.",
  apply: (vector, expected) => {
    const grid = recordAt(vector.input.result, "mask_metadata");
    const [scaleX, scaleY] = [numberAt(grid, "scale_x"), numberAt(grid, "scale_y")];
    if (scaleX === undefined || scaleY === undefined || !isRecord(expected) || isError(expected)) return null;
    const original = recordAt(vector.input.result, "original_image");
    const masks = Array.isArray(expected.masks)
      ? expected.masks.map((mask: unknown) =>
          mask === null ? null : { size: [original.height, original.width] },
        )
      : expected.masks;
    return {
      ...expected,
      masks,
      xyxy: listAt(expected, "xyxy").map((box) =>
        (Array.isArray(box) ? box : []).map(
          (value: unknown, at) => Number(value) * (at % 2 === 0 ? scaleX : scaleY),
        ),
      ),
    };
  },
};

const ownMask: DetectionRule = {
  name: "a mask that cannot be read costs only itself",
  topic: "results",
  groups: GROUPS,
  python: "One prediction without a readable mask drops the masks of all.",
  ours: "The others keep theirs.",
  apply: (vector, expected) => {
    if (!isRecord(expected) || expected.masks !== null || vector.input.kind !== "detections") return null;
    if (isRecord(recordAt(vector.input.result, "mask_metadata").scale_x)) return null;
    const predictions = predictionsOf(vector);
    const masks = predictions.map((prediction) => maskOf(prediction, vector));
    if (masks.every((mask) => mask === null) || masks.every((mask) => mask !== null)) return null;
    return {
      ...expected,
      masks: masks.map(
        (mask) => mask && { size: [mask.height, mask.width], area: mask.area, sha256: hashOf(mask) },
      ),
    };
  },
};

const ownTracker: DetectionRule = {
  name: "a missing tracker id costs only itself",
  topic: "results",
  groups: GROUPS,
  python:
    "One prediction without a tracker id drops the ids of all; one of text is read as a number or refused.",
  ours: "The others keep theirs; the missing one is `null` in an object and `NaN` in the column.",
  apply: (vector, expected) => {
    if (vector.input.kind !== "detections") return null;
    const given = predictionsOf(vector).map((item) => item.tracker_id ?? null);
    const isOther = given.some((id) => id !== null && typeof id !== "number");
    const base = isOther && isError(expected) ? boxesAlone(vector) : expected;
    if (!isRecord(base) || isError(base) || (base.tracker_id === null && given.every((id) => id === null)))
      return null;
    const ids = given.map((id) => (typeof id === "number" ? Math.trunc(id) : Number.NaN));
    if (!ids.some((id) => Number.isNaN(id))) return null;
    return { ...base, tracker_id: ids.every((id) => Number.isNaN(id)) ? null : ids };
  },
};

const classifications: DetectionRule = {
  name: "classification answers",
  topic: "results",
  groups: GROUPS,
  python: "`Classifications` has no way from an answer.",
  ours: "`Classifications.from` reads both forms; values in the order of the answer, `top` by confidence.",
  apply: (vector, expected) => (vector.input.kind === "classification" ? expected : null),
};

const sam3RunLengths: DetectionRule = {
  name: "run lengths of SAM 3",
  topic: "results",
  groups: GROUPS,
  python: "Skips every prediction whose `format` is not `polygon`: the objects vanish.",
  ours: "Whatever the format, run lengths and polygons are read; box around the mask at the picture's size, class id the index of the prompt, confidence 1 where it is missing or `null`.",
  apply: (vector, expected) => {
    const { kind, result, resolution_wh: resolution } = vector.input;
    if (kind !== "sam3" || !isRecord(expected) || isError(expected)) return null;
    const [width, height] = numbersOf(resolution);
    if (width === undefined || height === undefined) return null;
    const prompts = listAt(result, "prompt_results").filter(isRecord);
    const found = prompts.flatMap((prompt, index) =>
      listAt(prompt, "predictions")
        .filter(isRecord)
        .filter(({ masks }) => isRecord(masks) || (Array.isArray(masks) && masks.length > 0))
        .map((item) => ({ item, promptIndex: numberAt(prompt, "prompt_index") ?? index })),
    );
    const isSkipped = ({ format }: Record<string, unknown>) => Boolean(format) && format !== "polygon";
    if (!found.some(({ item }) => isSkipped(item) || item.confidence === null)) return null;
    const stated = listAt(expected, "masks");
    let next = 0;
    return {
      count: found.length,
      class_id: found.map(({ promptIndex }) => promptIndex),
      confidence: found.map(({ item }) => item.confidence ?? 1),
      masks: found.map(({ item }) => {
        if (!isSkipped(item)) return stated[next++];
        if (!isRecord(item.masks)) return { size: [height, width] };
        const mask = InstanceMask.fromRle(toRle(item.masks)).resize({ width, height });
        return { size: [height, width], area: mask.area, sha256: hashOf(mask) };
      }),
    };
  },
};

export const RESULT_RULES: readonly DetectionRule[] = [
  withoutSize,
  nullPoints,
  maskGrid,
  ownMask,
  ownTracker,
  classifications,
  sam3RunLengths,
];
