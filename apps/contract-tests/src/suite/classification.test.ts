import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MODELS, MODES } from "./models.ts";
import { asJpeg, asPng, EMPTY, ONLY_BLUE, THREE_SHAPES } from "./pictures.ts";
import { resultOf } from "./results.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

/** Share of the picture that each colour of THREE_SHAPES covers. */
const SHARES = [
  ["red", 48_000 / 307_200],
  ["green", 24_000 / 307_200],
  ["blue", 43_200 / 307_200],
] as const;

/** What the networks make of the shares. */
const softmax = (share: number) =>
  Math.exp(12 * share) / SHARES.reduce((sum, [, other]) => sum + Math.exp(12 * other), 0);
const sigmoid = (share: number) => 1 / (1 + Math.exp(4 - 40 * share));

describe.each(MODES)("in %s", (apiMode) => {
  const classify = async (image: Uint8Array, configuration = {}) => {
    const client = target.client({ apiMode, modelId: MODELS.classification, configuration });
    return resultOf(await client.infer(image), "classification");
  };
  const tag = async (image: Uint8Array, configuration = {}) => {
    const client = target.client({ apiMode, modelId: MODELS["multi-label-classification"], configuration });
    return resultOf(await client.infer(image), "multi-label-classification");
  };

  test.each([
    ["PNG", () => asPng(THREE_SHAPES)],
    ["JPEG turned by EXIF", () => asJpeg(THREE_SHAPES, 6)],
  ])("single label: classes of a %s over the threshold, best first", async (_, image) => {
    const result = await classify(await image(), { confidenceThreshold: 0.01 });
    expect(result.predictions.map((prediction) => prediction.class)).toEqual(["red", "blue", "green"]);
    expect(result.predictions.map((prediction) => prediction.class_id)).toEqual([0, 2, 1]);
    for (const [colour, share] of SHARES) {
      const found = result.predictions.find((prediction) => prediction.class === colour);
      expect(found?.confidence).toBeCloseTo(softmax(share), 2);
    }
    expect(result.top).toBe("red");
    expect(result.confidence).toBe(result.predictions[0]?.confidence);
    expect(result.image).toEqual({ width: THREE_SHAPES.width, height: THREE_SHAPES.height });
  });

  test("single label: nothing over the threshold is an empty list", async () => {
    const result = await classify(await asPng(EMPTY));
    expect(result.predictions).toEqual([]);
  });

  test("multi label: all classes by name, those over the threshold listed", async () => {
    const result = await tag(await asPng(THREE_SHAPES));
    expect(Object.keys(result.predictions)).toEqual(["red", "green", "blue"]);
    for (const [index, [colour, share]] of SHARES.entries()) {
      expect(result.predictions[colour]?.confidence).toBeCloseTo(sigmoid(share), 2);
      expect(result.predictions[colour]?.class_id).toBe(index);
    }
    expect(result.predicted_classes).toEqual(["red", "blue"]);
  });

  test("multi label: the threshold decides what is listed", async () => {
    expect((await tag(await asPng(ONLY_BLUE))).predicted_classes).toEqual(["blue"]);
    expect((await tag(await asPng(EMPTY))).predicted_classes).toEqual([]);
  });

  test("a picture that the client shrank keeps its classes and its own size", async () => {
    const result = await classify(await asPng(ONLY_BLUE), {
      clientDownsizingDisabled: false,
      defaultMaxInputSize: 256,
    });
    expect(result.top).toBe("blue");
    expect(result.image).toEqual({ width: ONLY_BLUE.width, height: ONLY_BLUE.height });
  });
});
