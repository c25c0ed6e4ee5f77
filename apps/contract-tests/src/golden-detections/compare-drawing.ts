import { isRecord } from "../golden/json.ts";
import type { DrawingFacts } from "./drawing-facts.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What the two renderers of the Python package differ by. */
const BBOX_PIXELS = 1;
const CHANGED_SHARE = 0.11;
const SMALL_CHANGED_SHARE = 0.25;
const SMALL_PIXELS = 300;
const MEAN_RGB = 0.9;

/** Ours blends pure colours where Python's glow goes over black, so colours differ. */
const PURE_GLOW = "HaloAnnotator";
const FONT_DEPENDENT = "LabelAnnotator";

/** Differences between a drawing and the facts of a vector, within the vectors' own tolerances. */
export function compareDrawing(drawn: DrawingFacts, expected: Fields, golden: Fields): readonly string[] {
  const annotator = isRecord(golden.input) ? golden.input.annotator : undefined;
  if (annotator === FONT_DEPENDENT) return compareLabel(drawn, expected);
  if (annotator === PURE_GLOW) {
    return [...compareBbox(drawn, expected), ...compareUntouched(drawn, expected)];
  }
  return [
    ...compareBbox(drawn, expected),
    ...compareCount("changed_pixels", drawn.changedPixels, expected.changed_pixels),
    ...compareColor("mean_rgb_changed", drawn.meanRgbChanged, expected.mean_rgb_changed),
    ...compareCommonest(drawn, expected),
    ...compareRegions(drawn, expected),
  ];
}

function compareBbox({ changedBbox }: DrawingFacts, { changed_bbox: wanted }: Fields): readonly string[] {
  if (wanted === null || changedBbox === null) {
    return wanted === changedBbox ? [] : [`changed_bbox: ${changedBbox} is not ${wanted}`];
  }
  const sides = numbers(wanted);
  const isNear = changedBbox.every((side, index) => Math.abs(side - (sides[index] ?? 0)) <= BBOX_PIXELS);
  return isNear ? [] : [`changed_bbox: ${changedBbox} is not ${sides}`];
}

function compareCount(what: string, ours: number, wanted: unknown): readonly string[] {
  if (typeof wanted !== "number") return [];
  const share = wanted < SMALL_PIXELS ? SMALL_CHANGED_SHARE : CHANGED_SHARE;
  return Math.abs(ours - wanted) <= wanted * share ? [] : [`${what}: ${ours} is not ${wanted}`];
}

function compareColor(what: string, ours: readonly number[], wanted: unknown): readonly string[] {
  const rgb = numbers(wanted);
  const isNear = rgb.every((part, index) => Math.abs(part - (ours[index] ?? Number.NaN)) <= MEAN_RGB);
  return isNear ? [] : [`${what}: ${ours.map((part) => part.toFixed(2))} is not ${rgb}`];
}

function compareCommonest(
  { colors }: DrawingFacts,
  { commonest_new_rgb: wanted }: Fields,
): readonly string[] {
  return list(wanted).flatMap((color) => {
    if (!isRecord(color)) return [];
    const rgb = numbers(color.rgb).join();
    const count = colors.get(rgb) ?? 0;
    return count === 0
      ? [`commonest_new_rgb: ${rgb} is nowhere`]
      : compareCount(`pixels of ${rgb}`, count, color.pixels);
  });
}

function compareRegions(drawn: DrawingFacts, expected: Fields): readonly string[] {
  const next = { box: 0, mask: 0 };
  return list(expected.regions).flatMap((region) => {
    if (!isRecord(region) || (region.of !== "box" && region.of !== "mask")) return [];
    const kind = region.of;
    const facts = (kind === "box" ? drawn.boxes : drawn.masks)[next[kind]++];
    if (facts === undefined) return [];
    return compareColor(`mean_rgb of ${kind} ${next[kind] - 1}`, facts.meanRgb, region.mean_rgb);
  });
}

/** The picture inside a mask is the same before and after. */
function compareUntouched(drawn: DrawingFacts, expected: Fields): readonly string[] {
  const inside = list(expected.regions).filter((region) => isRecord(region) && region.of === "mask");
  return inside.flatMap((_, index) => {
    const changed = drawn.masks[index]?.changedFraction ?? 0;
    return changed === 0 ? [] : [`mask ${index}: ${changed} of its inside was changed`];
  });
}

/** Sides on the anchor and sides symmetric to it; the flat colour of the plate. The rest depends on the font. */
function compareLabel(drawn: DrawingFacts, expected: Fields): readonly string[] {
  if (expected.changed_bbox === null || drawn.changedBbox === null) return compareBbox(drawn, expected);
  const { changedBbox } = drawn;
  const anchor = numbers(expected.anchor);
  const wanted = numbers(expected.bbox_minus_anchor);
  const ours = changedBbox.map((side, index) => side - (anchor[index % 2] ?? 0));
  const onAnchor = wanted.flatMap((side, index) => {
    const distance = Math.abs((ours[index] ?? 0) - side);
    return side === 0 && distance > BBOX_PIXELS ? [`side ${index} is ${ours[index]} from the anchor`] : [];
  });
  const symmetric = [0, 1].flatMap((axis) => {
    if (wanted[axis] === undefined || wanted[axis] === 0 || wanted[axis] !== -(wanted[axis + 2] ?? 0))
      return [];
    const sum = (ours[axis] ?? 0) + (ours[axis + 2] ?? 0);
    return Math.abs(sum) <= BBOX_PIXELS ? [] : [`sides ${axis} and ${axis + 2} are not symmetric: ${sum}`];
  });
  const [commonest] = [...drawn.colors].sort((a, b) => b[1] - a[1]);
  const plate = list(expected.commonest_new_rgb)[0];
  const rgb = isRecord(plate) ? numbers(plate.rgb).join() : undefined;
  return [
    ...onAnchor,
    ...symmetric,
    ...(rgb === undefined || commonest?.[0] === rgb ? [] : [`the plate is ${commonest?.[0]}, not ${rgb}`]),
  ];
}

function numbers(value: unknown): readonly number[] {
  return list(value).filter((item) => typeof item === "number");
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
