import { encodeRle } from "@inference-ts/predictions";
import sharp from "sharp";
import { expect, test } from "vitest";
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
  labelAnnotator,
  maskAnnotator,
  percentageBarAnnotator,
  polygonAnnotator,
  roundBoxAnnotator,
  triangleAnnotator,
  vertexAnnotator,
} from "./annotators/index.ts";
import { toSvg } from "./svg.ts";

const WIDTH = 160;
const HEIGHT = 120;

function rle(left: number, top: number, right: number, bottom: number) {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let row = top; row < bottom; row++) data.fill(1, row * WIDTH + left, row * WIDTH + right);
  data.fill(0, (top + 9) * WIDTH + left + 9, (top + 9) * WIDTH + left + 15);
  return encodeRle({ width: WIDTH, height: HEIGHT, data });
}

const point = (x: number, y: number, id: number) => ({ x, y, class_id: id, class: `p${id}`, confidence: 1 });
const scene = createScene({ width: WIDTH, height: HEIGHT }, [
  {
    ...{ left: 20, top: 30, right: 80, bottom: 90, class: "cat", classId: 0, confidence: 0.9 },
    rle: rle(22, 32, 78, 88),
    keypoints: [point(30, 40, 0), point(60, 70, 1)],
  },
  {
    ...{ left: 60, top: 50, right: 130, bottom: 100, class: "dog", classId: 1, confidence: 0.4 },
    rle: rle(62, 52, 128, 98),
  },
]);

/** Colours that change softly and sharply, so that a blur shows. */
function picture() {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
    data.set([x, 2 * y, (x >> 4) % 2 === 0 ? 60 : 160], pixel * 4);
  }
  return { width: WIDTH, height: HEIGHT, data };
}

const rawOptions = { raw: { width: WIDTH, height: HEIGHT, channels: 4 } } as const;
const encoded = await sharp(picture().data, rawOptions).png().toBuffer();
const pictureUrl = `data:image/png;base64,${encoded.toString("base64")}`;

/** Mean difference of a colour's part, 0..255, and the share of pixels that differ visibly. */
async function difference(annotator: Annotator) {
  const list = compose(scene, [annotator]);
  const ours = picture();
  drawOnPixels(ours, list);
  const theirs = await sharp(Buffer.from(toSvg(list, { pictureUrl })))
    .ensureAlpha()
    .raw()
    .toBuffer();
  let [sum, visible] = [0, 0];
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    const parts = [0, 1, 2].map((part) =>
      Math.abs((ours.data[pixel * 4 + part] ?? 0) - (theirs[pixel * 4 + part] ?? 0)),
    );
    sum += parts.reduce((total, part) => total + part, 0) / 3;
    if (Math.max(...parts) > 48) visible++;
  }
  return { mean: sum / (WIDTH * HEIGHT), visible: visible / (WIDTH * HEIGHT) };
}

test.each<[string, Annotator]>([
  ["box", boxAnnotator()],
  ["round box", roundBoxAnnotator()],
  ["corner", boxCornerAnnotator()],
  ["label", labelAnnotator()],
  ["round label", labelAnnotator({ borderRadius: 4, padding: 6 })],
  ["mask", maskAnnotator()],
  ["polygon", polygonAnnotator()],
  ["color", colorAnnotator()],
  ["dot", dotAnnotator({ outlineThickness: 1 })],
  ["triangle", triangleAnnotator()],
  ["circle", circleAnnotator()],
  ["ellipse", ellipseAnnotator()],
  ["bar", percentageBarAnnotator()],
  ["vertex", vertexAnnotator()],
  ["edge", edgeAnnotator({ skeleton: [[0, 1]] })],
])("SVG and pixels show the same %s", async (_, annotator) => {
  const { mean, visible } = await difference(annotator);
  expect(mean).toBeLessThan(0.35);
  expect(visible).toBeLessThan(0.002);
});

test.each<[string, Annotator]>([
  ["blur", blurAnnotator({ size: 9 })],
  ["halo", haloAnnotator({ size: 16 })],
])("SVG and pixels show much the same %s", async (_, annotator) => {
  const { mean, visible } = await difference(annotator);
  expect(mean).toBeLessThan(4);
  expect(visible).toBeLessThan(0.02);
});
