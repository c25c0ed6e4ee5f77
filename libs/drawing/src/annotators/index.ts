export { type ColorBy, type ColorOptions, chooseColors } from "../color-choice.ts";
export { changePixels, drawOnPixels, type PixelOptions } from "../pixels/draw-on-pixels.ts";
export type { Pixels } from "../pixels/pixels.ts";
export { POSITIONS, type Position } from "../position.ts";
export {
  createScene,
  type Ring,
  type Scene,
  type SceneObject,
  type SceneOptions,
  type SceneSource,
  sceneOf,
} from "../scene.ts";
export { sceneOfDetections } from "../scene-of-detections.ts";
export { type Annotator, compose } from "./annotator.ts";
export { boxAnnotator, type LineOptions } from "./box.ts";
export { type BoxCornerOptions, boxCornerAnnotator } from "./box-corner.ts";
export { circleAnnotator } from "./circle.ts";
export { colorAnnotator } from "./color.ts";
export { type DotOptions, dotAnnotator, type MarkOptions } from "./dot.ts";
export { type EllipseOptions, ellipseAnnotator } from "./ellipse.ts";
export { type HaloOptions, haloAnnotator } from "./halo.ts";
export { type HeatMapOptions, heatMapAnnotator } from "./heat-map.ts";
export { type EdgeOptions, edgeAnnotator, type VertexOptions, vertexAnnotator } from "./keypoints.ts";
export { type LabelOptions, labelAnnotator } from "./label.ts";
export { type FillOptions, maskAnnotator } from "./mask.ts";
export { type PercentageBarOptions, percentageBarAnnotator } from "./percentage-bar.ts";
export { polygonAnnotator } from "./polygon.ts";
export { type RoundBoxOptions, roundBoxAnnotator } from "./round-box.ts";
export { type TriangleOptions, triangleAnnotator } from "./triangle.ts";
export { blurAnnotator, pixelateAnnotator, type VeilOptions } from "./veil.ts";
