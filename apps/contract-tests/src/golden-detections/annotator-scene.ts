import type { Rle } from "@inference-ts/sdk";
import { createScene, type Scene, type SceneSource } from "@inference-ts/sdk/annotators";
import { isRecord, listAt, numberAt, textAt } from "../golden/json.ts";

/** The scene of a vector: the columns of detections, or a server's answer. */
export function sceneOfVector(source: unknown, size: Pick<Scene, "width" | "height">): Scene {
  if (!isRecord(source)) throw new Error("A vector for annotators has neither detections nor a result.");
  if (!Array.isArray(source.xyxy)) return createScene(size, answered(source));
  const column = (name: string): readonly unknown[] => (Array.isArray(source[name]) ? source[name] : []);
  const names = isRecord(source.data) && Array.isArray(source.data.class_name) ? source.data.class_name : [];
  return createScene(
    size,
    source.xyxy.map((corners: unknown, index): SceneSource => {
      const [left, top, right, bottom] = cornersOf(corners);
      const mask = column("masks")[index];
      return {
        ...{ left, top, right, bottom },
        class: typeof names[index] === "string" ? names[index] : "",
        classId: numberOrNull(column("class_id")[index]),
        confidence: numberOrNull(column("confidence")[index]),
        trackerId: numberOrNull(column("tracker_id")[index]),
        rle: rleOf(mask),
      };
    }),
  );
}

/** The objects of a server's answer with key points. */
function answered(result: Readonly<Record<string, unknown>>): readonly SceneSource[] {
  return listAt(result, "predictions").map((prediction): SceneSource => {
    const side = (name: string) => numberAt(prediction, name) ?? Number.NaN;
    const [x, y, width, height] = [side("x"), side("y"), side("width"), side("height")];
    return {
      ...{ left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 },
      class: textAt(prediction, "class") ?? "",
      classId: numberAt(prediction, "class_id") ?? null,
      confidence: numberAt(prediction, "confidence") ?? null,
      keypoints: listAt(prediction, "keypoints").map((point) => ({
        x: numberAt(point, "x") ?? 0,
        y: numberAt(point, "y") ?? 0,
        confidence: numberAt(point, "confidence") ?? 0,
        class: textAt(point, "class") ?? "",
        class_id: numberAt(point, "class_id") ?? 0,
      })),
    };
  });
}

function rleOf(value: unknown): Rle | undefined {
  const [height, width] = listAt(value, "size").map(Number);
  const counts = textAt(value, "counts") ?? listAt(value, "counts").map(Number);
  return height === undefined || width === undefined ? undefined : { size: [height, width], counts };
}

function cornersOf(value: unknown): readonly [number, number, number, number] {
  const [left, top, right, bottom] = Array.isArray(value) ? value.map(Number) : [];
  return [left ?? Number.NaN, top ?? Number.NaN, right ?? Number.NaN, bottom ?? Number.NaN];
}

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
