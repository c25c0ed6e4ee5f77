import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { InvalidParameterError, type Owlv2Box, type Owlv2Example } from "@inference-ts/sdk/node";
import { type CoreTask, pictureTask } from "./core-task.ts";

const CONFIDENCE = {
  kind: "fraction",
  value: "threshold",
  help: "least confidence, 0..1 (default: the server's)",
} as const;
const VERSION = { kind: "text", value: "id", help: "version of the model (default: the server's)" } as const;
const CLASSES = {
  kind: "names",
  value: "names",
  required: true,
  help: "what to look for, in words, separated by commas or given again",
} as const;

/** Finding things that are named or shown with the call. */
export const DETECTION_TASKS: readonly CoreTask[] = [
  pictureTask({
    name: "yolo-world",
    summary: "boxes around what words name, by YOLO-World",
    options: { class: CLASSES, confidence: CONFIDENCE, modelVersion: VERSION },
    work: ({ class: classNames, confidence, modelVersion }) => ({
      run: (client, source, settings) =>
        client.inferFromYoloWorld(source, { ...settings, classNames, confidence, modelVersion }),
    }),
  }),
  pictureTask({
    name: "grounding-dino",
    summary: "boxes around what words name, by Grounding DINO",
    options: {
      class: CLASSES,
      boxThreshold: CONFIDENCE,
      textThreshold: {
        kind: "fraction",
        value: "threshold",
        help: "how well a box must fit a word, 0..1 (default: the server's)",
      },
      classAgnosticNms: { kind: "switch", help: "drop overlapping boxes of different classes too" },
      modelVersion: VERSION,
    },
    work: ({ class: text, modelVersion, ...thresholds }) => ({
      run: (client, source, settings) =>
        client.inferFromGroundingDino(source, { ...settings, ...thresholds, text, modelVersion }),
    }),
  }),
  pictureTask({
    name: "owlv2",
    summary: "boxes around what example boxes show, by OWLv2",
    options: {
      examples: {
        kind: "text",
        value: "file",
        required: true,
        help: 'JSON: [{"image": path or URL, "boxes": [{"x", "y", "w", "h", "cls", "negative"?}]}]; x, y = centre',
      },
      confidence: CONFIDENCE,
      modelVersion: VERSION,
    },
    work: async ({ examples, confidence, modelVersion }) => {
      const trainingData = await readExamples(examples);
      return {
        run: (client, source, settings) =>
          client.inferFromOwlv2(source, { ...settings, trainingData, confidence, modelVersion }),
      };
    },
  }),
];

/** Reads examples; paths of pictures are relative to the file that names them. */
async function readExamples(path: string): Promise<readonly Owlv2Example[]> {
  const data = await readJsonFile(path, "examples");
  if (!Array.isArray(data) || data.length === 0 || !data.every(isExample)) {
    throw new InvalidParameterError(
      `${path} must hold a list of {"image", "boxes"}, where every box has the numbers x, y, w, h and the text cls.`,
    );
  }
  return data.map((example) => ({ ...example, image: pathFrom(dirname(path), example.image) }));
}

/** @throws InvalidParameterError when it cannot be read or is no JSON. */
export async function readJsonFile(path: string, what: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidParameterError(`The file of ${what} ${path} cannot be read: ${reason}`, { cause });
  }
}

function pathFrom(folder: string, image: string): string {
  return /^(https?|data):/i.test(image) || isAbsolute(image) ? image : join(folder, image);
}

function isExample(value: unknown): value is { readonly image: string; readonly boxes: readonly Owlv2Box[] } {
  if (typeof value !== "object" || value === null || !("image" in value && "boxes" in value)) return false;
  return typeof value.image === "string" && Array.isArray(value.boxes) && value.boxes.every(isOwlv2Box);
}

function isOwlv2Box(value: unknown): value is Owlv2Box {
  if (typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const numbers = ["x", "y", "w", "h"].every((name) => typeof fields.get(name) === "number");
  return numbers && typeof fields.get("cls") === "string";
}
