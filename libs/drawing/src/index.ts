export { type AnnotateOptions, annotate } from "./annotate.ts";
export { type Canvas2D, type ChangePixels, drawOnCanvas } from "./canvas.ts";
export type {
  CircleShape,
  DisplayList,
  GlowShape,
  HeatShape,
  LayerShape,
  PixelShape,
  PolygonShape,
  PolylineShape,
  RectShape,
  Shape,
  Style,
  TextShape,
  VectorShape,
  VeilShape,
} from "./display-list.ts";
export { defaultLabel, type LabelledThing } from "./label.ts";
export {
  type Color,
  colorAt,
  colorOfClass,
  formatColor,
  NAMED_COLORS,
  PALETTE,
  PALETTES,
  parseColor,
  type Rgba,
  readableOn,
} from "./palette.ts";
export { PERSON_SKELETON, type Skeleton, type SkeletonEdge } from "./skeleton.ts";
export { escapeXml, type SvgOptions, toSvg } from "./svg.ts";
