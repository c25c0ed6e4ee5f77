import { isInferenceError } from "@inference-ts/sdk";
import { type ColorBy, chooseColors } from "@inference-ts/sdk/annotators";
import {
  type Color,
  colorAt,
  formatColor,
  NAMED_COLORS,
  PALETTES,
  parseColor,
} from "@inference-ts/sdk/drawing";
import { isRecord } from "../golden/json.ts";

/**
 * What is wrong with our answer to a vector of `colors.json`, one line for each; nothing where all is right.
 *
 * @param golden one case: `{id, input, expected}`
 */
export function colorProblems(golden: unknown): readonly string[] {
  if (!isRecord(golden) || !isRecord(golden.input) || !isRecord(golden.expected)) {
    return ["this is no case with an input and an expected answer"];
  }
  const { input, expected } = golden;
  let answer: Readonly<Record<string, unknown>>;
  try {
    answer = answerTo(input);
  } catch (error) {
    if (isInferenceError(error) && "error" in expected) return [];
    throw error;
  }
  if ("error" in expected) return [`it is not refused, the Python package raises ${expected.error}`];
  return Object.entries(expected).flatMap(([name, value]) => {
    const [ours, theirs] = [JSON.stringify(answer[name]), JSON.stringify(value)];
    return ours === theirs ? [] : [`${name}: ${ours} is not ${theirs}`];
  });
}

function answerTo(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof input.hex === "string") {
    const rgba = parseColor(input.hex);
    return { rgb: rgba.slice(0, 3), rgba, hex: formatColor(rgba) };
  }
  if (typeof input.name === "string") return listed(NAMED_COLORS[input.name.toLowerCase()]);
  const palette = paletteOf(input.palette);
  if (typeof input.index === "number") return listed(colorAt(input.index, palette));
  if (input.lookup === undefined) return listed(palette);
  const objects = numbersOrLists(input.xyxy).map((_, index) => ({
    class: "",
    classId: numbers(input.class_id)[index] ?? null,
    trackerId: numbers(input.tracker_id)[index] ?? null,
  }));
  return listed(chooseColors(objects, { color: palette, colorBy: colorByOf(input.lookup) }));
}

/** `hex` and `rgb` of one colour or of several. */
function listed(colors: Color | readonly Color[] | undefined): Readonly<Record<string, unknown>> {
  if (colors === undefined) return {};
  return typeof colors === "string"
    ? { hex: colors, rgb: parseColor(colors).slice(0, 3) }
    : { hex: colors, rgb: colors.map((color) => parseColor(color).slice(0, 3)) };
}

function paletteOf(name: unknown): readonly Color[] {
  const palette = Object.entries(PALETTES).find(([known]) => known === String(name).toLowerCase())?.[1];
  if (palette === undefined) throw new Error(`The vectors name a palette that is not known here: ${name}.`);
  return palette;
}

/** Python's names of a choice of colours, or a list of indices. */
export function colorByOf(lookup: unknown): ColorBy {
  if (lookup === "CLASS") return "class";
  if (lookup === "INDEX") return "index";
  if (lookup === "TRACK") return "track";
  if (Array.isArray(lookup)) return numbers(lookup);
  throw new Error(`The vectors name a choice of colours that is not known here: ${lookup}.`);
}

function numbers(value: unknown): readonly number[] {
  return numbersOrLists(value).filter((item) => typeof item === "number");
}

function numbersOrLists(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
