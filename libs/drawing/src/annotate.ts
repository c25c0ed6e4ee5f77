import { InvalidParameterError } from "@inference-ts/errors";
import {
  classesOf,
  type DetectedObject,
  decodeRle,
  detectionsOf,
  type ImageDimensions,
  type InferenceResult,
  type Mask,
  maskRings,
  type Point,
  type SemanticMask,
  toImageCoordinates,
} from "@inference-ts/predictions";
import type { DisplayList, Shape } from "./display-list.ts";
import { GLYPH_HEIGHT } from "./glyphs.ts";
import { LabelLayout } from "./label.ts";
import { type Color, colorOfClass } from "./palette.ts";
import { bonesOf, type Skeleton } from "./skeleton.ts";

/** What is drawn and how. */
export interface AnnotateOptions {
  /** Size of the picture that is drawn on; default `image` of the result. Coordinates are scaled to it. */
  readonly size?: ImageDimensions | undefined;
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
  /** The decoded masks of a semantic segmentation answer (`readSemanticMask`); without them only its classes are named. */
  readonly semanticMask?: SemanticMask | undefined;
}

/** What a label names. */
export interface LabelledThing {
  readonly class: string;
  readonly classId: number | null;
  /** 0..1; `null` where the server gives none. */
  readonly confidence: number | null;
}

interface Pen {
  readonly size: ImageDimensions;
  readonly lineWidth: number;
  readonly textPixel: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly colorOf: (classId: number | null, className: string) => Color;
  readonly textOf: (thing: LabelledThing) => string;
  readonly labels: LabelLayout;
}

/** `red 72%` */
export function defaultLabel({ class: name, confidence }: LabelledThing): string {
  return confidence === null ? name : `${name} ${Math.round(confidence * 100)}%`;
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
  const inPicture = toImageCoordinates(result);
  const from = inPicture.image ?? options.size;
  const size = options.size ?? inPicture.image;
  if (from === undefined || size === undefined || !(size.width > 0 && size.height > 0)) {
    throw new InvalidParameterError(
      "The size of the picture is not known: the result has no `image`, give `size`.",
    );
  }
  const shortSide = Math.min(size.width, size.height);
  const textPixel = options.textPixel ?? Math.max(1, Math.round(shortSide / 270));
  const { labels = true } = options;
  const pen: Pen = {
    size,
    lineWidth: options.lineWidth ?? Math.max(1, Math.round(shortSide / 240)),
    textPixel,
    scaleX: size.width / (from.width || size.width),
    scaleY: size.height / (from.height || size.height),
    colorOf: options.colorOf ?? colorOfClass,
    textOf: typeof labels === "function" ? labels : labels ? defaultLabel : () => "",
    labels: new LabelLayout(size, textPixel),
  };
  const objects = detectionsOf(inPicture);
  const shapes =
    objects.length > 0
      ? [
          ...(options.masks === false
            ? []
            : objects.flatMap((object) => drawMask(object, pen, options.maskOpacity))),
          ...(options.boxes === false ? [] : objects.map((object) => drawBox(object, pen))),
          ...(options.keypoints === false
            ? []
            : objects.flatMap((object) => drawPoints(object, pen, options.skeleton))),
          ...objects.flatMap((object) => drawLabel(object, pen)),
        ]
      : [...drawAreas(options.semanticMask, pen, options.maskOpacity), ...drawClasses(inPicture, pen)];
  return { width: size.width, height: size.height, shapes };
}

function drawMask({ class: name, classId, polygon, rle }: DetectedObject, pen: Pen, opacity = 0.4): Shape[] {
  const rings = polygon !== undefined ? [polygon] : rle !== undefined ? maskRings(decodeRle(rle)) : [];
  if (rings.every((ring) => ring.length === 0)) return [];
  const color = pen.colorOf(classId, name);
  const [scaleX, scaleY] =
    rle === undefined
      ? [pen.scaleX, pen.scaleY]
      : [pen.size.width / rle.size[1], pen.size.height / rle.size[0]];
  return [fillRings(rings, color, opacity, pen.lineWidth, scaleX, scaleY)];
}

function fillRings(
  rings: readonly (readonly Point[])[],
  color: Color,
  fillOpacity: number,
  strokeWidth: number,
  scaleX: number,
  scaleY: number,
): Shape {
  const scaled = rings.map((ring) => ring.map(({ x, y }) => ({ x: x * scaleX, y: y * scaleY })));
  return { kind: "polygon", rings: scaled, fill: color, fillOpacity, stroke: color, strokeWidth };
}

/** Corners of an object's box in the picture that is drawn on. */
function cornersOf({ box }: DetectedObject, { scaleX, scaleY }: Pen) {
  return {
    x: (box.x - box.width / 2) * scaleX,
    y: (box.y - box.height / 2) * scaleY,
    width: box.width * scaleX,
    height: box.height * scaleY,
  };
}

function drawBox(object: DetectedObject, pen: Pen): Shape {
  const stroke = pen.colorOf(object.classId, object.class);
  return { kind: "rect", ...cornersOf(object, pen), stroke, strokeWidth: pen.lineWidth };
}

function drawPoints(
  { classId, class: name, keypoints }: DetectedObject,
  pen: Pen,
  skeleton: Skeleton = "auto",
): Shape[] {
  if (keypoints === undefined) return [];
  const color = pen.colorOf(classId, name);
  const at = ({ x, y }: Point) => ({ x: x * pen.scaleX, y: y * pen.scaleY });
  return [
    ...bonesOf(keypoints, skeleton).map(
      ([from, to]): Shape => ({
        kind: "polyline",
        points: [at(from), at(to)],
        stroke: color,
        strokeWidth: pen.lineWidth,
      }),
    ),
    ...keypoints.map(
      (point): Shape => ({
        kind: "circle",
        ...at(point),
        radius: pen.lineWidth * 1.5 + 0.5,
        fill: color,
        stroke: "#ffffff",
        strokeWidth: Math.max(0.5, pen.lineWidth / 3),
      }),
    ),
  ];
}

function drawLabel(object: DetectedObject, pen: Pen): Shape[] {
  const { x, y, height: boxHeight } = cornersOf(object, pen);
  const left = x - pen.lineWidth / 2;
  return pen.labels.place(pen.textOf(object), pen.colorOf(object.classId, object.class), (_, height) => {
    const above = y - height;
    const inside: [number, number] = [left, y];
    const below: [number, number] = [left, y + boxHeight];
    return above >= 0 ? [[left, above], inside, below] : [inside, below];
  });
}

function drawClasses(result: InferenceResult, pen: Pen): Shape[] {
  const lineHeight = (GLYPH_HEIGHT + 2) * pen.textPixel;
  const shown = classesOf(result).filter(
    (named) => result.task !== "semantic-segmentation" || isArea(named.class),
  );
  return shown.flatMap((named, index) => {
    const top = index * lineHeight;
    if (top + lineHeight > pen.size.height) return [];
    return pen.labels.place(pen.textOf(named), pen.colorOf(named.classId, named.class), () => [[0, top]]);
  });
}

function drawAreas(areas: SemanticMask | undefined, pen: Pen, opacity = 0.4): Shape[] {
  if (areas === undefined) return [];
  const { width, height, classIds, classNames } = areas;
  return [...classNames].flatMap(([id, name]): Shape[] => {
    if (!isArea(name)) return [];
    const mask: Mask = { width, height, data: classIds.map((value) => (value === id ? 1 : 0)) };
    const rings = maskRings(mask);
    if (rings.length === 0) return [];
    const color = pen.colorOf(id, name);
    return [
      fillRings(rings, color, opacity, pen.lineWidth, pen.size.width / width, pen.size.height / height),
    ];
  });
}

/** The background of a semantic answer is what is left when the areas are drawn. */
function isArea(className: string): boolean {
  return className !== "background";
}
