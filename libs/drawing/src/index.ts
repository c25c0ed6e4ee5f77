export { type AnnotateOptions, annotate, defaultLabel, type LabelledThing } from "./annotate.ts";
export { type Canvas2D, drawOnCanvas } from "./canvas.ts";
export type {
  CircleShape,
  DisplayList,
  PolygonShape,
  PolylineShape,
  RectShape,
  Shape,
  Style,
  TextShape,
} from "./display-list.ts";
export { type Color, colorOfClass, PALETTE, readableOn } from "./palette.ts";
export { PERSON_SKELETON, type Skeleton, type SkeletonEdge } from "./skeleton.ts";
export { escapeXml, type SvgOptions, toSvg } from "./svg.ts";
