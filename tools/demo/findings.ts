import { countByClass, detectionsOf, type InferenceResult } from "@inference-ts/sdk/node";
import { classOfColour, type Sample } from "./samples.ts";

/** What a result says, in a few words: `2 red, 1 blue`, `blue 67%`, `areas of red, green`. */
export function describeFindings(result: InferenceResult): string {
  if (result.task === "classification") {
    const { top, confidence } = result;
    if (!top) return "nothing";
    return confidence === undefined ? top : `${top} ${Math.round(confidence * 100)}%`;
  }
  const counts = [...countByClass(result)].filter(([name]) => name !== "background");
  if (counts.length === 0) return "nothing";
  return result.task === "semantic-segmentation"
    ? `areas of ${counts.map(([name]) => name).join(", ")}`
    : counts.map(([name, count]) => `${count} ${name}`).join(", ");
}

/** How many of a sample's shapes the result has at their place, all four edges within `tolerance` pixels. */
export function countPlaced({ picture }: Sample, result: InferenceResult, tolerance: number): number {
  const boxes = detectionsOf(result).map(({ class: name, box }) => ({
    name,
    edges: [
      box.x - box.width / 2,
      box.y - box.height / 2,
      box.x + box.width / 2,
      box.y + box.height / 2,
    ] as const,
  }));
  return picture.shapes.filter(({ colour, x, y, width, height }) => {
    const drawn = [x, y, x + width, y + height];
    return boxes.some(
      ({ name, edges }) =>
        name === classOfColour(colour) &&
        edges.every((edge, index) => Math.abs(edge - (drawn[index] ?? Number.NaN)) <= tolerance),
    );
  }).length;
}
