import { InvalidParameterError } from "@inference-ts/errors";
import {
  classesOf,
  type DetectedObject,
  decodeRle,
  detectionsOf,
  type ImageDimensions,
  type InferenceResult,
  type Keypoint,
  type Mask,
  maskBox,
  maskRings,
  type NamedClass,
  type Point,
  type Rle,
  type SemanticMask,
} from "@inference-ts/predictions";

/** A closed line of points. */
export type Ring = readonly Point[];

/** One object in the pixels of the picture that is drawn on. */
export interface SceneObject {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Empty where the source has no names. */
  readonly class: string;
  readonly classId: number | null;
  /** 0..1 */
  readonly confidence: number | null;
  /** -1 = a track that is not confirmed yet. */
  readonly trackerId: number | null;
  readonly keypoints: readonly Keypoint[];
  /** Outlines of the covered area for the even-odd rule, made when they are asked for; empty where there is none. */
  readonly rings: () => readonly Ring[];
  /** Whether `rings` run along the edges of covered pixels. */
  readonly isPixelMask: boolean;
}

/** What annotators draw from. */
export interface Scene extends ImageDimensions {
  readonly objects: readonly SceneObject[];
  /** The classes of an answer about the whole picture. */
  readonly classes: readonly NamedClass[];
}

/** An object from any source; coordinates in pixels of the picture. */
export interface SceneSource extends Pick<SceneObject, "left" | "top" | "right" | "bottom"> {
  readonly class?: string | null | undefined;
  readonly classId?: number | null | undefined;
  readonly confidence?: number | null | undefined;
  readonly trackerId?: number | null | undefined;
  readonly keypoints?: readonly Keypoint[] | undefined;
  readonly polygon?: Ring | undefined;
  /** A mask of another size than the picture is brought to it. */
  readonly rle?: Rle | undefined;
  readonly mask?: Mask | (() => Mask) | undefined;
}

/** Where the picture and the masks of a result come from. */
export interface SceneOptions {
  /** Size of the picture that is drawn on; default `image` of the result. Coordinates are scaled to it. */
  readonly size?: ImageDimensions | undefined;
  /** The decoded masks of a semantic segmentation answer (`readSemanticMask`); without them only its classes are named. */
  readonly semanticMask?: SemanticMask | undefined;
}

/**
 * A scene from objects of any source.
 *
 * @throws InvalidParameterError when a side of the picture is not above 0
 */
export function createScene(
  { width, height }: ImageDimensions,
  sources: Iterable<SceneSource>,
  classes: readonly NamedClass[] = [],
): Scene {
  if (!(width > 0 && height > 0)) {
    throw new InvalidParameterError(`A picture's sides must be above 0, got ${width} x ${height}.`);
  }
  const objects = Array.from(sources, (source): SceneObject => {
    const { left, top, right, bottom, polygon, rle, mask } = source;
    return {
      ...{ left, top, right, bottom },
      class: source.class ?? "",
      classId: source.classId ?? null,
      confidence: source.confidence ?? null,
      trackerId: source.trackerId ?? null,
      keypoints: source.keypoints ?? [],
      isPixelMask: polygon === undefined && (rle ?? mask) !== undefined,
      rings: once(() => {
        if (polygon !== undefined) return polygon.length === 0 ? [] : [polygon];
        const covered = rle !== undefined ? decodeRle(rle) : typeof mask === "function" ? mask() : mask;
        if (covered === undefined) return [];
        return scaleRings(maskRings(covered), width / covered.width, height / covered.height);
      }),
    };
  });
  return { width, height, objects, classes };
}

/**
 * The scene of a result of any task. Answers in a mask grid are brought to the picture first; the areas of a semantic
 * answer become objects; a classification has classes and no objects.
 *
 * @throws InvalidParameterError when neither the result nor the options know the picture's size
 */
export function sceneOf(result: InferenceResult, options: SceneOptions = {}): Scene {
  const grid = result.task === "instance-segmentation" ? result.mask_metadata : undefined;
  const whole = result.task === "instance-segmentation" ? result.original_image : undefined;
  const from = result.image ?? options.size;
  const size = options.size ?? (grid ? whole : undefined) ?? result.image;
  if (from === undefined || size === undefined) {
    throw new InvalidParameterError(
      "The size of the picture is not known: the result has no `image`, give `size`.",
    );
  }
  // Coordinates in a mask grid are brought to the picture by the grid's own scale.
  const toWhole = { x: grid?.scale_x ?? 1, y: grid?.scale_y ?? 1 };
  const sent = (grid ? whole : undefined) ?? from;
  const scaleX = toWhole.x * (size.width / (sent.width || size.width));
  const scaleY = toWhole.y * (size.height / (sent.height || size.height));
  const found = detectionsOf(result).map((object, index) => ({
    ...sourceOf(object, scaleX, scaleY),
    trackerId: trackerIdOf(result, index),
  }));
  const areas = options.semanticMask === undefined ? [] : areasOf(options.semanticMask, size);
  const named = found.length > 0 || areas.length > 0 ? [] : classesOf(result);
  const classes = named.filter((one) => result.task !== "semantic-segmentation" || isArea(one.class));
  return createScene(size, [...found, ...areas], classes);
}

/** The track of an object; only some servers and workflow steps give one. */
function trackerIdOf({ predictions }: InferenceResult, index: number): number | null {
  const prediction: unknown = Array.isArray(predictions) ? predictions[index] : undefined;
  const isNamed = typeof prediction === "object" && prediction !== null && "tracker_id" in prediction;
  return isNamed && typeof prediction.tracker_id === "number" ? prediction.tracker_id : null;
}

function sourceOf({ box, ...object }: DetectedObject, scaleX: number, scaleY: number): SceneSource {
  const scaled = <Place extends Point>(point: Place) => ({
    ...point,
    x: point.x * scaleX,
    y: point.y * scaleY,
  });
  return {
    ...object,
    left: (box.x - box.width / 2) * scaleX,
    top: (box.y - box.height / 2) * scaleY,
    right: (box.x + box.width / 2) * scaleX,
    bottom: (box.y + box.height / 2) * scaleY,
    polygon: object.polygon?.map(scaled),
    keypoints: object.keypoints?.map(scaled),
  };
}

/** The areas of a semantic answer; its background is what is left. */
function areasOf(
  { width, height, classIds, classNames }: SemanticMask,
  size: ImageDimensions,
): SceneSource[] {
  return [...classNames].flatMap(([id, name]): SceneSource[] => {
    const mask: Mask = { width, height, data: classIds.map((value) => (value === id ? 1 : 0)) };
    const box = isArea(name) ? maskBox(mask) : undefined;
    if (box === undefined || box.width === 0) return [];
    const [scaleX, scaleY] = [size.width / width, size.height / height];
    const corners = {
      left: box.x * scaleX,
      top: box.y * scaleY,
      right: (box.x + box.width) * scaleX,
      bottom: (box.y + box.height) * scaleY,
    };
    return [{ ...corners, class: name, classId: id, mask }];
  });
}

/** The background of a semantic answer is what is left when the areas are drawn. */
function isArea(className: string): boolean {
  return className !== "background";
}

function scaleRings(rings: readonly Ring[], scaleX: number, scaleY: number): readonly Ring[] {
  if (scaleX === 1 && scaleY === 1) return rings;
  return rings.map((ring) => ring.map(({ x, y }) => ({ x: x * scaleX, y: y * scaleY })));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
