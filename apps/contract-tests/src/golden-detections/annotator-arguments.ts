import {
  type Annotator,
  blurAnnotator,
  boxAnnotator,
  boxCornerAnnotator,
  circleAnnotator,
  colorAnnotator,
  dotAnnotator,
  edgeAnnotator,
  ellipseAnnotator,
  haloAnnotator,
  heatMapAnnotator,
  labelAnnotator,
  maskAnnotator,
  POSITIONS,
  type Position,
  percentageBarAnnotator,
  pixelateAnnotator,
  polygonAnnotator,
  roundBoxAnnotator,
  triangleAnnotator,
  vertexAnnotator,
} from "@inference-ts/sdk/annotators";
import { type Color, formatColor, PALETTES, parseColor } from "@inference-ts/sdk/drawing";
import { isRecord } from "../golden/json.ts";
import { colorByOf } from "./colors.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Python's arguments read as ours; an argument that no annotator here has fails. */
class Arguments {
  readonly #params: Fields;
  readonly #read = new Set<string>();

  constructor(params: Fields) {
    this.#params = params;
  }

  value(name: string): unknown {
    this.#read.add(name);
    return this.#params[name] ?? undefined;
  }

  number(name: string): number | undefined {
    const value = this.value(name);
    return typeof value === "number" ? value : undefined;
  }

  color(name: string): Color | readonly Color[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return value.map((item) => formatColor(parseColor(String(item))));
    const palette = Object.entries(PALETTES).find(([known]) => known.toUpperCase() === value)?.[1];
    return palette ?? formatColor(parseColor(String(value)));
  }

  oneColor(name: string): Color | undefined {
    const color = this.color(name);
    return typeof color === "string" ? color : undefined;
  }

  position(name: string): Position | undefined {
    const value = this.value(name);
    return POSITIONS.find((known) => known === String(value).toLowerCase().replaceAll("_", "-"));
  }

  unread(): readonly string[] {
    return Object.keys(this.#params).filter((name) => !this.#read.has(name));
  }
}

type Make = (params: Arguments, input: Fields) => Annotator;

const lookup = (params: Arguments) => {
  const value = params.value("color_lookup");
  return { color: params.color("color"), colorBy: value === undefined ? undefined : colorByOf(value) };
};
const line = (params: Arguments) => ({ ...lookup(params), thickness: params.number("thickness") });
const fill = (params: Arguments) => ({ ...lookup(params), opacity: params.number("opacity") });
const mark = (params: Arguments) => ({
  ...lookup(params),
  position: params.position("position"),
  outlineThickness: params.number("outline_thickness"),
  outlineColor: params.oneColor("outline_color"),
});

/** Without a text Python writes the class name, or else the class id. */
const textOf = ({ labels }: Fields) =>
  Array.isArray(labels)
    ? labels.map(String)
    : (thing: { readonly class: string; readonly classId: number | null }) =>
        thing.class === "" ? String(thing.classId) : thing.class;

/** Defaults of Python that differ from ours: labels may leave the picture, have white text and wide padding. */
const label: Make = (params, input) =>
  labelAnnotator({
    ...lookup(params),
    text: textOf(input),
    position: params.position("text_position"),
    textColor: params.oneColor("text_color") ?? "#ffffff",
    textPixel: Math.max(1, Math.round((params.number("text_scale") ?? 0.5) * 2)),
    padding: params.number("text_padding") ?? 10,
    borderRadius: params.number("border_radius"),
    overflow: params.value("smart_position") === true ? "keep" : "cut",
  });

const MAKERS: Readonly<Record<string, Make>> = {
  BoxAnnotator: (params) => boxAnnotator(line(params)),
  RoundBoxAnnotator: (params) =>
    roundBoxAnnotator({ ...line(params), roundness: params.number("roundness") }),
  BoxCornerAnnotator: (params) =>
    boxCornerAnnotator({ ...line(params), cornerLength: params.number("corner_length") }),
  LabelAnnotator: label,
  MaskAnnotator: (params) => maskAnnotator(fill(params)),
  PolygonAnnotator: (params) => polygonAnnotator(line(params)),
  ColorAnnotator: (params) => colorAnnotator(fill(params)),
  BlurAnnotator: (params) => blurAnnotator({ size: params.number("kernel_size") }),
  PixelateAnnotator: (params) => pixelateAnnotator({ size: params.number("pixel_size") }),
  DotAnnotator: (params) => dotAnnotator({ ...mark(params), radius: params.number("radius") }),
  CircleAnnotator: (params) => circleAnnotator(line(params)),
  EllipseAnnotator: (params) =>
    ellipseAnnotator({
      ...line(params),
      startAngle: params.number("start_angle"),
      endAngle: params.number("end_angle"),
    }),
  TriangleAnnotator: (params) =>
    triangleAnnotator({ ...mark(params), base: params.number("base"), height: params.number("height") }),
  HaloAnnotator: (params) => haloAnnotator({ ...fill(params), size: params.number("kernel_size") }),
  HeatMapAnnotator: (params) =>
    heatMapAnnotator({
      position: params.position("position"),
      opacity: params.number("opacity"),
      radius: params.number("radius"),
      size: params.number("kernel_size"),
      topHue: params.number("top_hue"),
      lowHue: params.number("low_hue"),
    }),
  PercentageBarAnnotator: (params, input) =>
    percentageBarAnnotator({
      ...lookup(params),
      width: params.number("width"),
      height: params.number("height"),
      position: params.position("position"),
      borderColor: params.oneColor("border_color"),
      borderThickness: params.number("border_thickness"),
      values: Array.isArray(input.custom_values) ? input.custom_values.map(Number) : undefined,
    }),
  VertexAnnotator: (params) => vertexAnnotator({ ...plain(params), radius: params.number("radius") }),
  EdgeAnnotator: (params) =>
    edgeAnnotator({ ...plain(params), thickness: params.number("thickness"), skeleton: bonesOf(params) }),
};

function plain(params: Arguments) {
  const color = params.color("color");
  return color === undefined ? {} : { color };
}

/** Python counts the points from 1. */
function bonesOf(params: Arguments): readonly (readonly [number, number])[] | undefined {
  const edges = params.value("edges");
  if (!Array.isArray(edges)) return undefined;
  return edges.map((edge: unknown) => {
    const [from, to] = Array.isArray(edge) ? edge.map(Number) : [];
    return [(from ?? 0) - 1, (to ?? 0) - 1] as const;
  });
}

/** Our annotator for Python's name and arguments; `undefined` where there is none. */
export function annotatorOf(input: Fields): Annotator | undefined {
  const params = new Arguments(isRecord(input.params) ? input.params : {});
  const annotator = MAKERS[String(input.annotator)]?.(params, input);
  const unread = annotator === undefined ? [] : params.unread();
  if (unread.length > 0) throw new Error(`No counterpart for ${input.annotator}(${unread.join(", ")}).`);
  return annotator;
}
