/** Draws the pictures of docs/drawing.md anew, one for each annotator. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Annotator,
  blurAnnotator,
  boxAnnotator,
  boxCornerAnnotator,
  circleAnnotator,
  colorAnnotator,
  compose,
  createScene,
  dotAnnotator,
  drawOnPixels,
  edgeAnnotator,
  ellipseAnnotator,
  haloAnnotator,
  heatMapAnnotator,
  labelAnnotator,
  maskAnnotator,
  percentageBarAnnotator,
  pixelateAnnotator,
  polygonAnnotator,
  type Ring,
  roundBoxAnnotator,
  type SceneSource,
  triangleAnnotator,
  vertexAnnotator,
} from "@inference-ts/sdk/annotators";
import { drawShapes } from "@inference-ts/sdk/testing";
import sharp from "sharp";

const WIDTH = 240;
const HEIGHT = 150;
const folder = join(import.meta.dirname, "..", "..", "docs", "pictures", "annotators");

/** Points of an egg: wide below, so that its outline differs from a circle. */
function egg(left: number, top: number, width: number, height: number): Ring {
  return Array.from({ length: 48 }, (_, step) => {
    const angle = (step / 48) * 2 * Math.PI;
    const narrow = 1 - 0.22 * Math.max(0, -Math.sin(angle));
    return {
      x: left + (width / 2) * (1 + Math.cos(angle) * narrow),
      y: top + (height / 2) * (1 + Math.sin(angle)),
    };
  });
}

function thing(left: number, top: number, width: number, height: number, classId: number): SceneSource {
  const at = (name: string, id: number, x: number, y: number) => ({
    class: name,
    class_id: id,
    confidence: 0.9,
    x: left + x * width,
    y: top + y * height,
  });
  return {
    ...{ left, top, right: left + width, bottom: top + height },
    class: ["egg", "stone", "wood", "leaf"][classId] ?? "",
    classId,
    confidence: 0.92 - 0.2 * classId,
    polygon: egg(left, top, width, height),
    keypoints: [
      at("tip", 0, 0.5, 0.12),
      at("left", 1, 0.2, 0.6),
      at("right", 2, 0.8, 0.6),
      at("foot", 3, 0.5, 0.88),
    ],
  };
}

const things = [thing(28, 46, 64, 84, 0), thing(112, 62, 52, 60, 1), thing(176, 38, 46, 76, 3)];
const scene = createScene({ width: WIDTH, height: HEIGHT }, things);
const bones = [
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 3],
] as const;

const PICTURES: Readonly<Record<string, readonly Annotator[]>> = {
  box: [boxAnnotator()],
  "round-box": [roundBoxAnnotator()],
  "box-corner": [boxCornerAnnotator()],
  label: [labelAnnotator()],
  mask: [maskAnnotator()],
  polygon: [polygonAnnotator()],
  color: [colorAnnotator()],
  halo: [haloAnnotator()],
  vertex: [vertexAnnotator()],
  edge: [edgeAnnotator({ skeleton: bones })],
  dot: [dotAnnotator()],
  triangle: [triangleAnnotator()],
  circle: [circleAnnotator()],
  ellipse: [ellipseAnnotator()],
  "percentage-bar": [percentageBarAnnotator({ width: 50, height: 10 })],
  blur: [blurAnnotator({ size: 15 })],
  pixelate: [pixelateAnnotator({ size: 12 })],
  "heat-map": [heatMapAnnotator({ position: "center", radius: 30, opacity: 0.6 })],
};

const base = drawShapes({
  width: WIDTH,
  height: HEIGHT,
  background: [196, 203, 190],
  shapes: things.flatMap(({ left, top, right, bottom }, index) => {
    const [width, height] = [right - left, bottom - top];
    const shade = 90 + index * 30;
    const part = (whole: number, share: number) => Math.round(whole * share);
    const inner = {
      x: left + part(width, 0.35),
      y: top + part(height, 0.3),
      width: part(width, 0.3),
      height: part(height, 0.3),
    };
    return [
      { kind: "ellipse", colour: [shade, shade, shade + 20], x: left, y: top, width, height },
      { kind: "ellipse", colour: [shade + 45, shade + 40, shade + 35], ...inner },
    ] as const;
  }),
});
const plain = await sharp(base.data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
  .ensureAlpha()
  .raw()
  .toBuffer();

mkdirSync(folder, { recursive: true });
for (const [name, annotators] of Object.entries(PICTURES)) {
  const picture = { width: WIDTH, height: HEIGHT, data: new Uint8ClampedArray(plain) };
  drawOnPixels(picture, compose(scene, annotators));
  const bytes = await sharp(picture.data, { raw: { width: WIDTH, height: HEIGHT, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
  writeFileSync(join(folder, `${name}.png`), bytes);
  console.log(`docs/pictures/annotators/${name}.png ${bytes.byteLength} bytes`);
}
