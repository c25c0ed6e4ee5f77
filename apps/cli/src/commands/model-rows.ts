import type { ModelDescription } from "@inference-ts/sdk/node";
import { visiblePart } from "../visible-text.ts";

/** Models as aligned lines: id, task, input size. */
export function modelRows(models: readonly ModelDescription[]): string[] {
  const rows = models.map((model) => [model.model_id, model.task_type, sizeOf(model)].map(visiblePart));
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function sizeOf({ input_width: width, input_height: height }: ModelDescription): string {
  return width == null || height == null ? "any size" : `${width} x ${height}`;
}
