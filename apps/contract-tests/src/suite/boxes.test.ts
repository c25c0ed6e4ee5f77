import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { edgesOfBox, expectBoxes, predictionOf } from "./geometry.ts";
import { MODELS, MODES } from "./models.ts";
import { asJpeg, asPng, BIG, EMPTY, THREE_SHAPES } from "./pictures.ts";
import { resultOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

/** The tasks whose answers are boxes. */
const BOX_TASKS = ["object-detection", "instance-segmentation", "keypoint-detection"] as const;

const upright = { width: THREE_SHAPES.width, height: THREE_SHAPES.height };

describe.each(MODES)("in %s", (apiMode) => {
  describe.each(BOX_TASKS)("%s", (task) => {
    const inferOne = async (image: Uint8Array | string, options = {}) => {
      const client = target.client({ apiMode, modelId: MODELS[task] });
      return resultOf(await client.infer(image, { task, ...options }), task);
    };

    test("finds the shapes of a PNG within a pixel", async () => {
      const result = await inferOne(await asPng(THREE_SHAPES));
      expect(result.image).toEqual(upright);
      expectBoxes(result.predictions, THREE_SHAPES, 1);
    });

    test("finds the shapes of a JPEG within a pixel", async () => {
      const result = await inferOne(await asJpeg(THREE_SHAPES));
      expect(result.image).toEqual(upright);
      expectBoxes(result.predictions, THREE_SHAPES, 1);
    });

    test.each([1, 3, 6, 8] as const)("follows EXIF orientation %i", async (orientation) => {
      const result = await inferOne(await asJpeg(THREE_SHAPES, orientation));
      expect(result.image).toEqual(upright);
      expectBoxes(result.predictions, THREE_SHAPES, 1);
    });

    test("brings the boxes of a picture that the client shrank back to its own size", async () => {
      const result = await inferOne(await asPng(BIG), { configuration: { clientDownsizingDisabled: false } });
      expect(result.image).toEqual({ width: BIG.width, height: BIG.height });
      expectBoxes(result.predictions, BIG, 2);
    });

    test("answers an empty list for a picture without shapes", async () => {
      expect((await inferOne(await asPng(EMPTY))).predictions).toEqual([]);
    });
  });

  test("shrinking and EXIF orientation work together", async () => {
    const client = target.client({ apiMode, modelId: MODELS["object-detection"] });
    const shrink = { clientDownsizingDisabled: false, defaultMaxInputSize: 512 };
    const image = await asJpeg(BIG, 6);
    const result = resultOf(await client.infer(image, { configuration: shrink }), "object-detection");
    expect(result.image).toEqual({ width: BIG.width, height: BIG.height });
    expectBoxes(result.predictions, BIG, 2);
  });

  test("a picture may be a file, base64 text, a data URL or a Blob", async () => {
    const folder = await mkdtemp(join(tmpdir(), "inference-contract-"));
    try {
      const bytes = await asPng(THREE_SHAPES);
      const base64 = Buffer.from(bytes).toString("base64");
      const file = join(folder, "shapes.png");
      await writeFile(file, bytes);
      const client = target.client({ apiMode, modelId: MODELS["object-detection"] });
      for (const image of [file, base64, `data:image/png;base64,${base64}`, new Blob([Buffer.from(bytes)])]) {
        const result = resultOf(await client.infer(image), "object-detection");
        expectBoxes(result.predictions, THREE_SHAPES, 1);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("key points lie at the corners and the centre of their box", async () => {
    const client = target.client({ apiMode, modelId: MODELS["keypoint-detection"] });
    for (const [picture, tolerancePx] of [
      [THREE_SHAPES, 1],
      [BIG, 2],
    ] as const) {
      const configuration = { clientDownsizingDisabled: tolerancePx === 1 };
      const answer = await client.infer(await asPng(picture), { configuration });
      const result = resultOf(answer, "keypoint-detection");
      for (const shape of picture.shapes) {
        const { keypoints, ...box } = predictionOf(result.predictions, shape);
        const { left, top, right, bottom } = edgesOfBox(box);
        const expected = [
          { class: "top-left", class_id: 0, confidence: 0.9, x: left, y: top },
          { class: "centre", class_id: 1, confidence: 0.8, x: box.x, y: box.y },
          { class: "bottom-right", class_id: 2, confidence: 0.3, x: right, y: bottom },
        ];
        expect(keypoints).toHaveLength(expected.length);
        for (const [index, point] of expected.entries()) {
          expect(keypoints[index]).toMatchObject({ class: point.class, class_id: point.class_id });
          expect(keypoints[index]?.confidence).toBeCloseTo(point.confidence, 5);
          expect(Math.abs((keypoints[index]?.x ?? Number.NaN) - point.x)).toBeLessThanOrEqual(tolerancePx);
          expect(Math.abs((keypoints[index]?.y ?? Number.NaN) - point.y)).toBeLessThanOrEqual(tolerancePx);
        }
      }
    }
  });
});
