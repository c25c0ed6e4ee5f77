import type { InferenceResult, Point } from "@inference-ts/predictions";
import type { DisplayList, Shape } from "./display-list.ts";
import { defaultLabel, LabelLayout, type LabelledThing, labelPixel } from "./label.ts";
import { type Color, colorOfClass } from "./palette.ts";
import { type SceneObject, type SceneOptions, sceneOf } from "./scene.ts";
import { bonesOf, type Skeleton } from "./skeleton.ts";

/** What is drawn and how. */
export interface AnnotateOptions extends SceneOptions {
  /** Boxes around objects. Default true. */
  readonly boxes?: boolean | undefined;
  /** `true` (default) = class and confidence; a function gives the text itself, empty text = no label. */
  readonly labels?: boolean | ((object: LabelledThing) => string) | undefined;
  /** Outlines and translucent fillings of polygons and masks. Default true. */
  readonly masks?: boolean | undefined;
  /** Opacity of mask fillings, 0..1. Default 0.4. */
  readonly maskOpacity?: number | undefined;
  /** Key points as dots. Default true. */
  readonly keypoints?: boolean | undefined;
  /** Lines between key points. Default `auto`. */
  readonly skeleton?: Skeleton | undefined;
  /** Line width in pixels; default grows with the picture: 1 up to 360 pixels on the short side, 2 at 480, 4 at 1080. */
  readonly lineWidth?: number | undefined;
  /** Pixels of the picture for one of the 8 pixels of a letter's height; default grows with the picture. */
  readonly textPixel?: number | undefined;
  /** Colour of a class; default by class id from `PALETTE`. */
  readonly colorOf?: ((classId: number | null, className: string) => Color) | undefined;
}

interface Pen {
  readonly lineWidth: number;
  readonly colorOf: (thing: Pick<LabelledThing, "classId" | "class">) => Color;
}

/**
 * The shapes that show a result: fillings lowest, then outlines, boxes, bones and points, labels on top. Answers in a
 * mask grid are brought to the picture first. Classifications and semantic answers get their classes in the top left
 * corner.
 *
 * @throws InvalidParameterError when neither the result nor the options know the picture's size
 * @throws InvalidResponseError when a run-length mask cannot be decoded
 */
export function annotate(result: InferenceResult, options: AnnotateOptions = {}): DisplayList {
  const scene = sceneOf(result, options);
  const { width, height, objects, classes } = scene;
  const { labels = true, colorOf = colorOfClass } = options;
  const pen: Pen = {
    lineWidth: options.lineWidth ?? Math.max(1, Math.round(Math.min(width, height) / 240)),
    colorOf: (thing) => colorOf(thing.classId, thing.class),
  };
  const layout = new LabelLayout(scene, options.textPixel ?? labelPixel(scene));
  const textOf = typeof labels === "function" ? labels : labels ? defaultLabel : () => "";
  // What a semantic answer covers has no frame of its own.
  const framed = result.task === "semantic-segmentation" ? [] : objects;
  const corner = result.task === "semantic-segmentation" ? [...objects, ...classes] : classes;
  const shapes = [
    ...(options.masks === false ? [] : objects.flatMap((object) => drawMask(object, pen, options))),
    ...(options.boxes === false ? [] : framed.map((object) => drawBox(object, pen))),
    ...(options.keypoints === false ? [] : framed.flatMap((object) => drawPoints(object, pen, options))),
    ...framed.flatMap((object) => drawLabel(object, pen, layout, textOf(object))),
    ...corner.flatMap((named, index) => {
      const top = index * layout.height;
      const text = textOf(named);
      if (text === "" || top + layout.height > height) return [];
      return layout.place(text, pen.colorOf(named), () => [[0, top]]).flat();
    }),
  ];
  return { width, height, shapes };
}

function drawMask(object: SceneObject, pen: Pen, { maskOpacity = 0.4 }: AnnotateOptions): readonly Shape[] {
  const rings = object.rings();
  if (rings.length === 0) return [];
  const fill = pen.colorOf(object);
  return [
    {
      kind: "polygon",
      rings,
      fill,
      fillOpacity: maskOpacity,
      stroke: fill,
      strokeWidth: pen.lineWidth,
    },
  ];
}

function drawBox(object: SceneObject, pen: Pen): Shape {
  const { left: x, top: y, right, bottom } = object;
  return {
    kind: "rect",
    ...{ x, y, width: right - x, height: bottom - y },
    stroke: pen.colorOf(object),
    strokeWidth: pen.lineWidth,
  };
}

function drawPoints(
  object: SceneObject,
  { lineWidth, colorOf }: Pen,
  { skeleton = "auto" }: AnnotateOptions,
): readonly Shape[] {
  const color = colorOf(object);
  const at = ({ x, y }: Point) => ({ x, y });
  return [
    ...bonesOf(object.keypoints, skeleton).map(
      ([from, to]): Shape => ({
        kind: "polyline",
        points: [at(from), at(to)],
        stroke: color,
        strokeWidth: lineWidth,
      }),
    ),
    ...object.keypoints.map(
      (point): Shape => ({
        kind: "circle",
        ...at(point),
        radius: lineWidth * 1.5 + 0.5,
        fill: color,
        stroke: "#ffffff",
        strokeWidth: Math.max(0.5, lineWidth / 3),
      }),
    ),
  ];
}

function drawLabel(object: SceneObject, pen: Pen, layout: LabelLayout, text: string): readonly Shape[] {
  if (text === "") return [];
  const left = object.left - pen.lineWidth / 2;
  return layout
    .place(text, pen.colorOf(object), (_, height) => {
      const above = object.top - height;
      const inside = [left, object.top] as const;
      const below = [left, object.bottom] as const;
      return above >= 0 ? [[left, above], inside, below] : [inside, below];
    })
    .flat();
}
