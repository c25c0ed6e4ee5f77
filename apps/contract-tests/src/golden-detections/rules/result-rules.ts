import { InstanceMask } from "@inference-ts/sdk/predictions";
import { isRecord, listAt, numberAt, recordAt } from "../../golden/json.ts";
import { isError } from "../compare.ts";
import { hashOf, toRle } from "../masks.ts";
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

const withoutSize: DetectionRule = {
  name: "boxes without the picture's size",
  topic: "results",
  groups: GROUPS,
  python: "Refuses an answer without `image`, or with a size of null, also where nothing is filled.",
  ours: "Only a polygon needs the size. The boxes are expected.",
  apply: (vector, expected) => {
    const { result } = vector.input;
    const { width, height } = recordAt(result, "image");
    const known = [width, height].every((side) => side !== undefined && side !== null);
    const predictions = predictionsOf(vector);
    if (!isRecord(result) || known || !isError(expected) || vector.input.kind !== "detections") return null;
    const fields = ["x", "y", "width", "height", "confidence", "class_id"];
    const whole = predictions.every((item) => fields.every((field) => numberAt(item, field) !== undefined));
    if (!whole || predictions.length === 0 || predictions.some((item) => "points" in item)) return null;
    return {
      count: predictions.length,
      xyxy: predictions.map(cornersOf),
      confidence: predictions.map(({ confidence }) => confidence),
      class_id: predictions.map((item) => item.class_id),
      class_name: predictions.map((item) => item.class),
    };
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
  python: "One prediction without a tracker id drops the ids of all.",
  ours: "The others keep theirs; the missing one is `null` in an object and `NaN` in the column.",
  apply: (vector, expected) => {
    if (!isRecord(expected) || expected.tracker_id !== null || vector.input.kind !== "detections")
      return null;
    const ids = predictionsOf(vector).map((item) => numberAt(item, "tracker_id") ?? Number.NaN);
    return ids.every((id) => Number.isNaN(id)) ? null : { ...expected, tracker_id: ids };
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
  ours: "Run lengths are decoded; box around the mask, class id the index of the prompt.",
  apply: (vector) => {
    if (vector.input.kind !== "sam3") return null;
    const prompts = listAt(vector.input.result, "prompt_results").filter(isRecord);
    const found = prompts.flatMap((prompt, index) =>
      listAt(prompt, "predictions")
        .filter(isRecord)
        .map((item) => ({ item, promptIndex: numberAt(prompt, "prompt_index") ?? index })),
    );
    if (found.length === 0 || !found.every(({ item }) => item.format === "rle" && isRecord(item.masks)))
      return null;
    const masks = found.map(({ item }) => InstanceMask.fromRle(toRle(item.masks)));
    return {
      count: found.length,
      class_id: found.map(({ promptIndex }) => promptIndex),
      confidence: found.map(({ item }) => item.confidence ?? 1),
      masks: masks.map((mask) => ({
        size: [mask.height, mask.width],
        area: mask.area,
        sha256: hashOf(mask),
      })),
    };
  },
};

export const RESULT_RULES: readonly DetectionRule[] = [
  withoutSize,
  maskGrid,
  ownMask,
  ownTracker,
  classifications,
  sam3RunLengths,
];
