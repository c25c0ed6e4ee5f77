import { isRecord, listAt, recordAt } from "../../golden/json.ts";
import { isError } from "../compare.ts";
import type { Vector } from "../vector.ts";
import type { DetectionRule } from "./rule.ts";

const GROUPS = ["from-inference"];
const REFUSED = { error: "refused" };
const BOX_FIELDS = ["x", "y", "width", "height", "confidence", "class_id"];
const POINT_FIELDS = ["x", "y", "confidence"];

/** Missing fields are refused by the package, too. */
const allNumbers = (item: unknown, fields: readonly string[]) =>
  isRecord(item) && fields.every((field) => typeof (item[field] ?? 0) === "number" && item[field] !== null);

function hasBox(item: Record<string, unknown>): boolean {
  const { class: name = "", class_id: id = 0 } = item;
  return (
    allNumbers(item, BOX_FIELDS) && typeof name === "string" && Math.trunc(Number(id)) === (Number(id) | 0)
  );
}

/** A polygon counts where there are no run lengths; the package refuses `null` in one of three points or more. */
function hasVertices({ points, rle, rle_mask: other }: Record<string, unknown>): boolean {
  if (points === undefined || points === null || isRecord(rle) || isRecord(other)) return true;
  if (!Array.isArray(points)) return false;
  const isNull = (point: unknown) => isRecord(point) && (point.x === null || point.y === null);
  if (points.length > 2 && points.some(isNull)) return true;
  return points.every((point: unknown) => allNumbers(point, ["x", "y"]));
}

function hasKeyPoints(item: Record<string, unknown>): boolean {
  return listAt(item, "keypoints").every(
    (point) => allNumbers(point, POINT_FIELDS) && !(isRecord(point) && Number(point.class_id) < 0),
  );
}

function hasPolygons({ masks }: Record<string, unknown>): boolean {
  if (!Array.isArray(masks)) return true;
  return masks.every((polygon: unknown) => Array.isArray(polygon) && polygon.every(Array.isArray));
}

/** Whether an answer to SAM 3 has polygons where there should be some. */
function isSam3({ input: { result } }: Vector): boolean {
  return (
    isRecord(result) &&
    listAt(result, "prompt_results").every((prompt) =>
      listAt(prompt, "predictions").every((item) => !isRecord(item) || hasPolygons(item)),
    )
  );
}

const otherKinds: DetectionRule = {
  name: "fields of another kind are refused",
  topic: "results",
  groups: GROUPS,
  python:
    "Turns what is no number into one where numpy can (`true`, `null` as `NaN`, text), takes any class name, counts a key point's slot below 0 from the end and cuts class ids to 64 bits.",
  ours: "The answer is refused and the place named, as for a missing field. Class ids have 32 bits.",
  apply: (vector, expected) => {
    const { kind, result } = vector.input;
    if (isError(expected)) return null;
    if (kind === "sam3") return isSam3(vector) ? null : REFUSED;
    const predictions = isRecord(result) ? result.predictions : undefined;
    if (kind === "classification" || predictions === null || predictions === undefined) return null;
    if (!Array.isArray(predictions)) return isRecord(predictions) ? null : REFUSED;
    const items = predictions.filter(isRecord);
    if (kind === "detections")
      return items.every((item) => hasBox(item) && hasVertices(item)) ? null : REFUSED;
    if (!items.every(hasKeyPoints)) return REFUSED;
    return items.every(hasBox) || !isRecord(expected) ? null : { ...expected, boxes: REFUSED };
  },
};

const orderOfNames: DetectionRule = {
  name: "names that are whole numbers come first",
  topic: "results",
  groups: GROUPS,
  python: "Keeps the classes in the order of the text.",
  ours: "`JSON.parse` puts names such as `7` first, by number. `top` goes by confidence and is the same.",
  apply: ({ input }, expected) => {
    const { predictions } = recordAt(input, "result");
    if (input.kind !== "classification" || !isRecord(predictions) || !isRecord(expected)) return null;
    if (!Object.keys(predictions).some((name) => /^\d+$/.test(name))) return null;
    const scores = Object.values(predictions).filter(isRecord);
    const column = (field: string) => scores.map((score) => score[field]);
    return {
      ...expected,
      classifications: { class_id: column("class_id"), confidence: column("confidence") },
    };
  },
};

export const KIND_RULES: readonly DetectionRule[] = [otherKinds, orderOfNames];
