import { type DetectionBatch, detectionRows } from "./detection-rows.ts";

/** JSON Lines of batches of detections: one object a line for each detection. Keeps one batch at a time. */
export function jsonLinesStream(): TransformStream<DetectionBatch, string> {
  return new TransformStream<DetectionBatch, string>({
    transform(batch, controller) {
      const text = detectionRows(batch)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join("");
      if (text !== "") controller.enqueue(text);
    },
  });
}

/** One JSON array of batches of detections, an object for each detection. Keeps one batch at a time. */
export function jsonArrayStream(): TransformStream<DetectionBatch, string> {
  let opening = "[\n";
  return new TransformStream<DetectionBatch, string>({
    transform(batch, controller) {
      for (const row of detectionRows(batch)) {
        controller.enqueue(`${opening}${JSON.stringify(row)}`);
        opening = ",\n";
      }
    },
    flush(controller) {
      controller.enqueue(opening === "[\n" ? "[]\n" : "\n]\n");
    },
  });
}
