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
  percentageBarAnnotator,
  pixelateAnnotator,
  polygonAnnotator,
  roundBoxAnnotator,
  triangleAnnotator,
  vertexAnnotator,
} from "@inference-ts/sdk/annotators";
import type { Params } from "./params.ts";

/** Reads the parameters of an annotator and makes it. */
export type MakeAnnotator = (params: Params) => Annotator;

const colors = (params: Params) => {
  const colorBy = params.colorBy("color_lookup") ?? params.colorBy("color_by");
  return { color: params.palette("color"), colorBy };
};

const line = (params: Params) => ({ ...colors(params), thickness: params.whole("thickness", 1) });

const fill = (params: Params) => ({ ...colors(params), opacity: params.number("opacity", 0, 1) });

const mark = (params: Params) => ({
  ...colors(params),
  position: params.position("position"),
  outlineThickness: params.whole("outline_thickness", 0),
  outlineColor: params.color("outline_color"),
});

/** A colour of its own only where one is given: key points have one that does not depend on the class. */
const pointColors = (params: Params) => {
  const { color, colorBy } = colors(params);
  return color === undefined && colorBy === undefined ? {} : { color, colorBy };
};

const label: MakeAnnotator = (params) => {
  // The built-in letters have one weight.
  params.ignore("text_thickness");
  // Labels are always kept in the picture and off each other.
  params.ignore("smart_position");
  const scale = params.number("text_scale", 0.1, 20);
  return labelAnnotator({
    ...colors(params),
    position: params.position("text_position") ?? params.position("position"),
    textColor: params.color("text_color"),
    // OpenCV's letters are 22 pixels high at scale 1, ours 8 at one pixel.
    textPixel: params.whole("text_pixel", 1) ?? (scale && Math.max(1, Math.round(scale * 3))),
    padding: params.whole("text_padding", 0) ?? params.whole("padding", 0),
    borderRadius: params.whole("border_radius", 0),
  });
};

const box: MakeAnnotator = (params) => boxAnnotator(line(params));
const polygon: MakeAnnotator = (params) => polygonAnnotator(line(params));

/** Annotators by the names of Python's command line, and those it has no name for. */
export const ANNOTATOR_TYPES: ReadonlyMap<string, MakeAnnotator> = new Map(
  Object.entries({
    box,
    bounding_box: box,
    round_box: (params: Params) =>
      roundBoxAnnotator({ ...line(params), roundness: params.number("roundness", 0, 1) }),
    box_corner: (params: Params) =>
      boxCornerAnnotator({ ...line(params), cornerLength: params.whole("corner_length", 1) }),
    label,
    mask: (params: Params) => maskAnnotator(fill(params)),
    polygon,
    // The name in the preset that Python's package ships.
    polygons: polygon,
    color: (params: Params) => colorAnnotator(fill(params)),
    halo: (params: Params) => haloAnnotator({ ...fill(params), size: sizeOf(params, "kernel_size") }),
    blur: (params: Params) => blurAnnotator({ size: sizeOf(params, "kernel_size") }),
    pixelate: (params: Params) => pixelateAnnotator({ size: sizeOf(params, "pixel_size") }),
    dot: (params: Params) => dotAnnotator({ ...mark(params), radius: params.whole("radius", 0) }),
    triangle: (params: Params) =>
      triangleAnnotator({
        ...mark(params),
        base: params.whole("base", 1),
        height: params.whole("height", 1),
      }),
    circle: (params: Params) => circleAnnotator(line(params)),
    ellipse: (params: Params) =>
      ellipseAnnotator({
        ...line(params),
        startAngle: params.number("start_angle", -360, 360),
        endAngle: params.number("end_angle", -360, 720),
      }),
    heat_map: (params: Params) =>
      heatMapAnnotator({
        position: params.position("position"),
        opacity: params.number("opacity", 0, 1),
        radius: params.whole("radius", 1),
        size: sizeOf(params, "kernel_size"),
        topHue: params.number("top_hue", 0, 180),
        lowHue: params.number("low_hue", 0, 180),
      }),
    percentage_bar: (params: Params) =>
      percentageBarAnnotator({
        ...colors(params),
        width: params.whole("width", 1),
        height: params.whole("height", 1),
        position: params.position("position"),
        borderColor: params.color("border_color"),
        borderThickness: params.whole("border_thickness", 0),
      }),
    vertex: (params: Params) =>
      vertexAnnotator({ ...pointColors(params), radius: params.whole("radius", 1) }),
    edge: (params: Params) =>
      edgeAnnotator({
        ...pointColors(params),
        thickness: params.whole("thickness", 1),
        skeleton: params.edges("edges"),
      }),
  }),
);

function sizeOf(params: Params, pythonName: string): number | undefined {
  return params.whole(pythonName, 1) ?? params.whole("size", 1);
}
