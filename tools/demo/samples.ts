import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  drawShapes,
  encodeShapes,
  type Shape,
  type ShapeColour,
  type ShapeEncoding,
  type ShapePicture,
} from "@inference-ts/sdk/testing";

/** A sample picture whose shapes are known. */
export interface Sample {
  readonly fileName: string;
  readonly picture: ShapePicture;
  readonly encoding: ShapeEncoding;
}

const RED: ShapeColour = [222, 48, 48];
const GREEN: ShapeColour = [30, 190, 60];
const BLUE: ShapeColour = [48, 92, 214];
const PAPER: ShapeColour = [238, 236, 230];
const SLATE: ShapeColour = [58, 62, 66];

/** The class that a model gives to a colour: the name of its strongest part. */
export function classOfColour(colour: ShapeColour): string {
  if (typeof colour === "string") return colour;
  return ["red", "green", "blue"][colour.indexOf(Math.max(...colour))] ?? "red";
}

function shape(
  kind: Shape["kind"],
  colour: ShapeColour,
  x: number,
  y: number,
  width: number,
  height: number,
): Shape {
  return { kind, colour, x, y, width, height };
}

/** Rows of balls, half of them red. */
function balls(columns: number, rows: number, size: number, gap: number): Shape[] {
  const colours = [RED, BLUE, RED, GREEN];
  return Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const colour = colours[(column + row) % colours.length] ?? RED;
    return shape("ellipse", colour, gap + column * (size + gap), gap + row * (size + gap), size, size);
  });
}

/** The pictures of the demo: PNG and JPEG, light and dark, upright and lying on the side as phones store them. */
export const SAMPLES: readonly Sample[] = [
  {
    fileName: "three-shapes.png",
    encoding: { format: "png" },
    picture: {
      width: 640,
      height: 480,
      background: PAPER,
      shapes: [
        shape("rectangle", RED, 60, 90, 180, 140),
        shape("ellipse", BLUE, 330, 60, 220, 180),
        shape("triangle", GREEN, 220, 270, 220, 170),
      ],
    },
  },
  {
    fileName: "skyline.jpg",
    encoding: { format: "jpeg", quality: 92 },
    picture: {
      width: 960,
      height: 540,
      background: SLATE,
      shapes: [
        shape("rectangle", BLUE, 60, 200, 140, 300),
        shape("rectangle", RED, 250, 120, 120, 380),
        shape("rectangle", GREEN, 430, 260, 200, 240),
        shape("rectangle", BLUE, 700, 300, 190, 200),
        shape("ellipse", RED, 720, 60, 120, 120),
      ],
    },
  },
  {
    fileName: "phone-on-its-side.jpg",
    encoding: { format: "jpeg", quality: 92, orientation: 6 },
    picture: {
      width: 480,
      height: 640,
      background: PAPER,
      shapes: [
        shape("ellipse", GREEN, 70, 80, 160, 160),
        shape("triangle", RED, 240, 260, 190, 150),
        shape("rectangle", BLUE, 80, 450, 320, 110),
      ],
    },
  },
  {
    fileName: "balls.png",
    encoding: { format: "png" },
    picture: { width: 620, height: 374, background: PAPER, shapes: balls(5, 3, 100, 18) },
  },
  {
    fileName: "mostly-blue.png",
    encoding: { format: "png" },
    picture: {
      width: 512,
      height: 512,
      background: SLATE,
      shapes: [
        shape("ellipse", BLUE, 96, 40, 380, 330),
        shape("rectangle", RED, 40, 400, 160, 80),
        shape("triangle", GREEN, 360, 400, 110, 90),
      ],
    },
  },
];

/** Writes the sample pictures into a folder. */
export async function writeSamples(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const { fileName, picture, encoding } of SAMPLES) {
    writeFileSync(join(folder, fileName), await encodeShapes(drawShapes(picture), encoding));
  }
}
