import {
  InstanceMask,
  type Point,
  pointInPolygon,
  polygonArea,
  polygonBox,
} from "@inference-ts/sdk/predictions";
import { isRecord } from "../../golden/json.ts";
import { checkOutcome, differences, isClose } from "../compare.ts";
import { boxesOf } from "../detections.ts";
import { filled, maskDifferences, numbersOf, toMask } from "../masks.ts";
import type { Vector } from "../vector.ts";
import type { Checker } from "./checker.ts";

type Input = Vector["input"];

/** OpenCV measures areas in float32. */
const CONTOUR_TOLERANCE = 1e-4;

function pointsOf(value: unknown): Point[] {
  return boxesOf(value).map(([x = 0, y = 0]) => ({ x, y }));
}

function area({ polygon }: Input, expected: unknown): string[] {
  const actual = polygonArea(pointsOf(polygon));
  if (!isRecord(expected)) return ["the vector expects no area"];
  return [
    ...differences(actual, expected.contour_area, "contour_area", CONTOUR_TOLERANCE),
    ...differences(actual, expected.shapely_area, "shapely_area"),
  ];
}

/** This function of the package cuts vertices off to whole pixels. */
function polygonToMask({ polygon, resolution_wh: resolution }: Input): InstanceMask {
  const [width = 0, height = 0] = numbersOf(resolution);
  const whole = pointsOf(polygon).map(({ x, y }) => ({ x: Math.trunc(x), y: Math.trunc(y) }));
  return InstanceMask.fromPolygons([whole], { width, height });
}

function maskToPolygons({ mask: input }: Input, expected: unknown): string[] {
  if (!isRecord(expected)) return ["the vector expects no polygons"];
  const mask = toMask(input);
  const polygons = mask.toPolygons();
  const areas = polygons.map(({ points }) => polygonArea(points));
  const bounds = polygons.map(({ points }) => {
    const { x, y, width, height } = polygonBox(points);
    return [x, y, x + width, y + height];
  });
  const sum = areas.reduce((total, value) => total + value, 0);
  const all = polygons.map(({ points }) => points);
  const summary = {
    count: polygons.length,
    areas: areas.sort((a, b) => a - b),
    total_area: sum,
    bounds: bounds.sort(byNumbers),
    filled_back_area: filled(all, mask).area,
  };
  const { polygons: vertices, ...wanted } = expected;
  return [
    ...differences(summary, { ...wanted, bounds: boxesOf(wanted.bounds).sort(byNumbers) }, "polygons"),
    ...(Array.isArray(vertices) ? outlineDifferences(mask, all, vertices.map(pointsOf)) : []),
    ...holeProblems(mask),
  ];
}

function byNumbers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** Outlines are compared by the pixels that each fills, in any order. */
function outlineDifferences(
  mask: InstanceMask,
  actual: readonly Point[][] | readonly (readonly Point[])[],
  expected: readonly Point[][],
): string[] {
  const shapes = (polygons: readonly (readonly Point[])[]) =>
    polygons.map((points) => filled([points], mask).toRle().counts).sort();
  return differences(shapes(actual), shapes(expected), "outlines");
}

/** Holes are marked: with them joined to their outlines the polygons fill the mask, but for parts too thin for an outline. */
function holeProblems(mask: InstanceMask): string[] {
  const joined = mask.toPolygons({ holes: "bridge" }).map(({ points }) => points);
  const back = filled(joined, mask);
  const problems: string[] = [];
  if (back.sharedArea(mask) !== back.area)
    problems.push("polygons with their holes fill pixels that the mask does not cover");
  const thin = mask.area - back.area;
  if (thin > 0 && joined.length === mask.countSegments(8))
    problems.push(`${thin} pixels of the mask are not filled`);
  const marked = mask.toPolygons().filter(({ hole }) => hole).length;
  const left = mask.toPolygons({ holes: "fill" }).length;
  if (marked + left !== mask.toPolygons().length) problems.push("holes and outlines do not add up");
  if (marked > 0 && !mask.hasHoles) problems.push("a hole is marked where there is none");
  return problems;
}

function maskToXyxy({ mask }: Input, expected: unknown): string[] {
  const { x, y, width, height } = toMask(mask).box;
  const empty = width === 0;
  return differences(
    {
      inclusive: empty ? [0, 0, 0, 0] : [x, y, x + width - 1, y + height - 1],
      exclusive: [x, y, x + width, y + height],
    },
    expected,
    "box",
  );
}

function topology({ mask: input }: Input, expected: unknown): string[] {
  const mask = toMask(input);
  const several = { 4: mask.countSegments(4) > 1, 8: mask.countSegments(8) > 1 };
  return differences(
    { contains_holes: mask.hasHoles, contains_multiple_segments: several },
    expected,
    "topology",
  );
}

const PLACES = { inside: 1, edge: 0, outside: -1 } as const;

/** Zones, which look a rounded point up in a mask, have no counterpart. */
function points({ polygon, points: list }: Input, expected: unknown): string[] {
  if (!isRecord(expected)) return ["the vector expects no places"];
  const { zone: _, ...wanted } = expected;
  const places = pointsOf(list).map((point) => pointInPolygon(point, pointsOf(polygon)));
  const actual = {
    inside: places.map((place) => place === "inside"),
    inside_or_on_edge: places.map((place) => place !== "outside"),
    cv2: places.map((place) => PLACES[place]),
  };
  return differences(actual, wanted, "points");
}

function filterByArea({ polygons, min_area: least, max_area: most }: Input): number[] {
  const list = Array.isArray(polygons) ? polygons.map(pointsOf) : [];
  return list.flatMap((polygon, index) => {
    const size = polygonArea(polygon);
    const inside =
      (typeof least !== "number" || size >= least || isClose(size, least)) &&
      (typeof most !== "number" || size <= most || isClose(size, most));
    return inside ? [index] : [];
  });
}

const OPERATIONS: Readonly<
  Record<string, (input: Input, expected: unknown) => string[] | Promise<string[]>>
> = {
  area,
  polygon_to_xyxy: ({ polygon }, expected) => {
    const { x, y, width, height } = polygonBox(pointsOf(polygon));
    return differences([x, y, x + width, y + height], expected, "box");
  },
  polygon_to_mask: (input, expected) =>
    checkOutcome(
      expected,
      () => polygonToMask(input),
      (mask) => maskDifferences(mask, expected, "mask"),
    ),
  filter_by_area: (input, expected) => differences(filterByArea(input), expected, "kept"),
  mask_to_polygons: maskToPolygons,
  mask_to_xyxy: maskToXyxy,
  mask_topology: topology,
  point_in_polygon: points,
};

/** Polygons: measuring, filling, outlining. */
export const checkPolygons: Checker = ({ input }, expected) => {
  const operation = OPERATIONS[String(input.op)];
  return operation === undefined ? [`no counterpart for ${String(input.op)}`] : operation(input, expected);
};
