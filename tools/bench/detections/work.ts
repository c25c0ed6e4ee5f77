import { InstanceMask } from "@inference-ts/sdk/predictions";

/** What the contenders do; the same numbers for all of them. */
export interface DetectionsWork {
  readonly nms: {
    readonly boxes: number[][];
    readonly scores: number[];
    readonly classes: number[];
    readonly threshold: number;
  };
  readonly rle: { readonly size: [height: number, width: number]; readonly counts: string }[];
  readonly polygons: { readonly width: number; readonly height: number; readonly points: number[][][] };
  readonly iou: { readonly a: number[][]; readonly b: number[][] };
}

const WIDTH = 1920;
const HEIGHT = 1080;
const CLASSES = 80;

/** Numbers from 0 to 1, the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Boxes around objects, each found several times, as a model's raw output has them. */
function boxes(count: number, random: () => number, timesFound: number): number[][] {
  const objects = Array.from({ length: Math.ceil(count / timesFound) }, () => {
    const [width, height] = [20 + random() * 180, 20 + random() * 180];
    return [random() * (WIDTH - width), random() * (HEIGHT - height), width, height] as const;
  });
  return Array.from({ length: count }, (_, index) => {
    const [x, y, width, height] = objects[index % objects.length] ?? [0, 0, 1, 1];
    const [left, top] = [x + (random() - 0.5) * width * 0.2, y + (random() - 0.5) * height * 0.2];
    return [left, top, left + width * (0.9 + random() * 0.2), top + height * (0.9 + random() * 0.2)];
  });
}

/** The outline of a blob as a model's polygon has it, in whole pixels. */
function outline(random: () => number): number[][] {
  const radius = 40 + random() * 200;
  const [x, y] = [radius + random() * (WIDTH - 2 * radius), radius + random() * (HEIGHT - 2 * radius)];
  const vertices = 20 + Math.floor(random() * 60);
  return Array.from({ length: vertices }, (_, index) => {
    const angle = (index / vertices) * 2 * Math.PI;
    const reach = radius * (0.6 + random() * 0.4);
    return [Math.round(x + Math.cos(angle) * reach), Math.round(y + Math.sin(angle) * reach)];
  });
}

/**
 * The work.
 *
 * @param scale part of the usual numbers, 1 for a real measurement
 */
export function makeWork(scale: number): DetectionsWork {
  const random = randomNumbers(7);
  const many = (count: number) => Math.max(10, Math.round(count * scale));
  const size = { width: WIDTH, height: HEIGHT };
  const points = Array.from({ length: many(1_000) }, () => outline(random));
  const masks = Array.from({ length: many(1_000) }, () =>
    outline(random).map(([x = 0, y = 0]) => ({ x, y })),
  );
  const count = many(10_000);
  return {
    nms: {
      boxes: boxes(count, random, 5),
      scores: Array.from({ length: count }, random),
      classes: Array.from({ length: count }, (_, index) => index % CLASSES),
      threshold: 0.5,
    },
    rle: masks.map((vertices) => InstanceMask.fromPolygons([vertices], size).toRle()),
    polygons: { ...size, points },
    iou: { a: boxes(many(2_000), random, 2), b: boxes(many(2_000), random, 2) },
  };
}
