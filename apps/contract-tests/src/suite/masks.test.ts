import { isRlePrediction } from "@inference-ts/sdk/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeCocoText } from "./coco-rle.ts";
import { DIFFERENCES } from "./differences.ts";
import { areaOf, edgesOfPixels, edgesOfPoints, expectEdges, predictionOf } from "./geometry.ts";
import { MODELS, MODES } from "./models.ts";
import { asJpeg, asPng, BIG, type Picture, readGrey, THREE_SHAPES } from "./pictures.ts";
import { resultOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

describe.each(MODES)("in %s", (apiMode) => {
  const segment = async (image: Uint8Array, configuration = {}) => {
    const client = target.client({ apiMode, modelId: MODELS["instance-segmentation"] });
    return resultOf(await client.infer(image, { configuration }), "instance-segmentation");
  };

  test.each([
    ["PNG", asPng],
    ["JPEG turned by EXIF", (picture: Picture) => asJpeg(picture, 6)],
  ])("polygons reach the edges of the shapes of a %s within a pixel", async (_, encode) => {
    const { predictions } = await segment(await encode(THREE_SHAPES));
    for (const shape of THREE_SHAPES.shapes) {
      const prediction = predictionOf(predictions, shape);
      if (isRlePrediction(prediction)) throw new Error("a polygon was expected");
      expectEdges(edgesOfPoints(prediction.points), shape, 1);
    }
  });

  test("run-length masks cover the shapes within a pixel", async () => {
    const { predictions } = await segment(await asPng(THREE_SHAPES), { responseMaskFormat: "rle" });
    for (const shape of THREE_SHAPES.shapes) {
      const prediction = predictionOf(predictions, shape);
      if (!isRlePrediction(prediction)) throw new Error("a run-length mask was expected");
      const { size, counts } = prediction.rle;
      expect(size).toEqual([THREE_SHAPES.height, THREE_SHAPES.width]);
      if (typeof counts !== "string") throw new Error("compressed text was expected");
      const covered = edgesOfPixels(decodeCocoText(counts, size), (value) => value === 1);
      expectEdges(covered, shape, 1);
      expectNearlyFull(covered.area, areaOf(shape));
    }
  });

  test("polygons of a picture that the client shrank are brought back to its own size", async () => {
    const { predictions, image } = await segment(await asPng(BIG), { clientDownsizingDisabled: false });
    expect(image).toEqual({ width: BIG.width, height: BIG.height });
    // A polygon point names a pixel of the picture that was sent: at the model's size where that is known (v1), else 1024.
    const sentWidth = apiMode === "v1" ? (DIFFERENCES.inputSize.of(target) ?? 1024) : 1024;
    const pixel = BIG.width / sentWidth;
    for (const shape of BIG.shapes) {
      const prediction = predictionOf(predictions, shape);
      if (isRlePrediction(prediction)) throw new Error("a polygon was expected");
      expectEdges(edgesOfPoints(prediction.points, pixel), shape, 2);
    }
  });

  test("run-length masks of a picture that the client shrank are brought back to its own size", async () => {
    const configuration = { clientDownsizingDisabled: false, responseMaskFormat: "rle" };
    const { predictions } = await segment(await asPng(BIG), configuration);
    for (const shape of BIG.shapes) {
      const prediction = predictionOf(predictions, shape);
      if (!isRlePrediction(prediction)) throw new Error("a run-length mask was expected");
      const { size, counts } = prediction.rle;
      expect(size).toEqual([BIG.height, BIG.width]);
      if (typeof counts !== "string") throw new Error("compressed text was expected");
      expectEdges(
        edgesOfPixels(decodeCocoText(counts, size), (value) => value === 1),
        shape,
        2,
      );
    }
  });

  test("semantic masks of a picture that the client shrank keep the size that was sent", async () => {
    const client = target.client({ apiMode, modelId: MODELS["semantic-segmentation"] });
    const configuration = { clientDownsizingDisabled: false };
    const { predictions, image } = resultOf(
      await client.infer(await asPng(BIG), { configuration }),
      "semantic-segmentation",
    );
    expect(image).toEqual({ width: BIG.width, height: BIG.height });
    const mask = await readGrey(Buffer.from(predictions.segmentation_mask, "base64"));
    const pixel = BIG.width / mask.width;
    expect(pixel).toBe(BIG.width / (apiMode === "v1" ? (DIFFERENCES.inputSize.of(target) ?? 1024) : 1024));
    for (const shape of BIG.shapes) {
      const value = Object.keys(predictions.class_map).find(
        (key) => predictions.class_map[key] === shape.colour,
      );
      const { left, top, right, bottom } = edgesOfPixels(mask, (grey) => grey === Number(value));
      const inPicture = {
        left: left * pixel,
        top: top * pixel,
        right: right * pixel,
        bottom: bottom * pixel,
      };
      expectEdges(inPicture, shape, 2);
    }
  });

  test("semantic masks give every pixel its class", async () => {
    const client = target.client({ apiMode, modelId: MODELS["semantic-segmentation"] });
    for (const bytes of [await asPng(THREE_SHAPES), await asJpeg(THREE_SHAPES, 6)]) {
      const { predictions } = resultOf(await client.infer(bytes), "semantic-segmentation");
      expect(predictions.class_map).toEqual({ 0: "background", 1: "red", 2: "green", 3: "blue" });
      const mask = await readGrey(Buffer.from(predictions.segmentation_mask, "base64"));
      expect(mask).toMatchObject({ width: THREE_SHAPES.width, height: THREE_SHAPES.height });
      for (const shape of THREE_SHAPES.shapes) {
        const value = Object.keys(predictions.class_map).find(
          (key) => predictions.class_map[key] === shape.colour,
        );
        const covered = edgesOfPixels(mask, (pixel) => pixel === Number(value));
        expectEdges(covered, shape, 1);
        expectNearlyFull(covered.area, areaOf(shape));
      }
      const confidence = await readGrey(Buffer.from(predictions.confidence_mask, "base64"));
      expect(confidence).toMatchObject({ width: THREE_SHAPES.width, height: THREE_SHAPES.height });
    }
  });
});

/** The real networks round the corners of a mask. */
function expectNearlyFull(area: number, fullArea: number): void {
  expect(area / fullArea).toBeGreaterThan(0.95);
  expect(area / fullArea).toBeLessThanOrEqual(1.01);
}
