import { isWorkflowImage, type WorkflowImage } from "@inference-ts/sdk/node";
import type { ResultFile, SplitResult } from "../core/core-task.ts";

/** Of the place of a picture in the name of its file, which stands behind the name of the input. */
const MOST_LETTERS = 48;

const ENDINGS: Readonly<Record<string, string>> = { jpeg: "jpg" };

/**
 * Takes the pictures out of the outputs of a run: each becomes a file whose name ends with its place, such as `.crops-0.jpg`, and
 * leaves its facts behind with the path of the file. The outputs as JSON are a file too.
 *
 * @param target Beginning of the paths of the files.
 */
export function splitOutputs(answer: object, target: string): SplitResult {
  const files: ResultFile[] = [];
  const taken = new Set<string>();
  const endingOf = (place: readonly string[], { format }: WorkflowImage): string => {
    const name = place
      .join("-")
      .replaceAll(/[^\w-]/g, "_")
      .slice(0, MOST_LETTERS);
    const extension = ENDINGS[format] ?? format;
    let ending = `.${name}.${extension}`;
    for (let count = 2; taken.has(ending.toLowerCase()); count++) ending = `.${name}-${count}.${extension}`;
    taken.add(ending.toLowerCase());
    return ending;
  };
  const split = (value: unknown, place: readonly string[]): unknown => {
    if (isWorkflowImage(value)) {
      const ending = endingOf(place, value);
      files.push({ ending, bytes: value.value });
      return { ...value, type: "file", value: target + ending };
    }
    if (Array.isArray(value)) return value.map((item, index) => split(item, [...place, String(index)]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, split(item, [...place, key])]),
    );
  };
  const outputs: readonly unknown[] =
    "outputs" in answer && Array.isArray(answer.outputs) ? answer.outputs : [];
  // One picture gives one object of outputs: its number would tell nothing.
  const result = {
    ...answer,
    outputs: outputs.map((output, index) => split(output, outputs.length === 1 ? [] : [String(index)])),
  };
  const text = `${JSON.stringify(result, null, 2)}\n`;
  return { result, files: [...files, { ending: ".json", bytes: Buffer.from(text) }] };
}
