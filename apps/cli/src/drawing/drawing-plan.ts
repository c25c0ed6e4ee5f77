import { readFile } from "node:fs/promises";
import type { Annotator } from "@inference-ts/sdk/annotators";
import { InvalidParameterError } from "@inference-ts/sdk/node";
import { ANNOTATOR_TYPES } from "./annotator-types.ts";
import { Params } from "./params.ts";
import { type Plain, readYamlSubset } from "./yaml-subset.ts";

/** Makes the annotators of one picture; fresh ones for each, because a heat map remembers. */
export type DrawingPlan = () => readonly Annotator[];

type Step = readonly [type: string, params: Readonly<Record<string, Plain>>];

/** Python's command line has three of these names: `bounding_boxes`, `masks` and `polygons`. */
const PRESETS: Readonly<Record<string, readonly Step[]>> = {
  boxes: [
    ["box", {}],
    ["label", {}],
  ],
  bounding_boxes: [
    ["box", {}],
    ["label", {}],
  ],
  masks: [
    ["mask", {}],
    ["label", {}],
  ],
  polygons: [
    ["polygon", {}],
    ["label", {}],
  ],
  keypoints: [
    ["edge", {}],
    ["vertex", {}],
    ["label", {}],
  ],
  blur: [["blur", {}]],
  pixelate: [["pixelate", {}]],
};

/** The names that `--draw` takes. */
export const PRESET_NAMES = Object.keys(PRESETS);

/**
 * What to draw: a preset, or a file of options.
 *
 * @param name a preset or the path of a JSON or YAML file `{annotators: [{type, params}]}`
 * @throws InvalidParameterError when there is neither, or the file says something that cannot be drawn
 */
export async function readDrawingPlan(name: string): Promise<DrawingPlan> {
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  if (preset !== undefined) return planOf(preset);
  const text = await readFile(name, "utf8").catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidParameterError(
      `--draw knows no preset "${name}" and cannot read a file of this name (${reason}). Presets: ${PRESET_NAMES.join(", ")}.`,
      { cause },
    );
  });
  return readDrawingOptions(text);
}

/**
 * Reads a file of drawing options.
 *
 * @throws InvalidParameterError when it says something that cannot be drawn
 */
export function readDrawingOptions(text: string): DrawingPlan {
  const options = /^\s*[{[]/.test(text) ? readJson(text) : readYamlSubset(text);
  if (!isMap(options) || !isList(options.annotators) || options.annotators.length === 0) {
    throw new InvalidParameterError('Drawing options must have a list "annotators" of {type, params}.');
  }
  const unknown = Object.keys(options).find((name) => name !== "annotators");
  if (unknown !== undefined) {
    const reason =
      unknown === "tracking" ? "pictures have no tracks, leave it out" : 'only "annotators" is known';
    throw new InvalidParameterError(`Drawing options have "${unknown}": ${reason}.`);
  }
  return planOf(options.annotators.map(readStep));
}

function readStep(step: Plain): Step {
  const { type, params } = isMap(step) ? step : {};
  if (typeof type !== "string" || !(params === undefined || params === null || isMap(params))) {
    throw new InvalidParameterError(
      `An annotator must be {type, params}, with a name and a map, got ${JSON.stringify(step)}.`,
    );
  }
  return [type, params ?? {}];
}

function planOf(steps: readonly Step[]): DrawingPlan {
  const make = () =>
    steps.map(([type, values]) => {
      const makeAnnotator = ANNOTATOR_TYPES.get(type);
      if (makeAnnotator === undefined) {
        const reason = type === "trace" ? "traces need the frames of a video" : "there is none of this name";
        throw new InvalidParameterError(
          `The annotator "${type}" cannot be drawn: ${reason}. Known: ${[...ANNOTATOR_TYPES.keys()].join(", ")}.`,
        );
      }
      const params = new Params(type, values);
      const annotator = makeAnnotator(params);
      params.finish();
      return annotator;
    });
  // What is wrong is said before anything is sent.
  make();
  return make;
}

function readJson(text: string): Plain {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidParameterError(`The drawing options are no JSON: ${reason}.`, { cause });
  }
}

function isMap(value: Plain | undefined): value is { readonly [name: string]: Plain } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}
