import { describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./sandbox.ts";
import {
  drawShapes,
  type ExifOrientation,
  encodeShapes,
  type Shape,
  type ShapePicture,
} from "./shape-pictures.ts";
import { boundsOf, greyPixels, runLengthPixels } from "./testing/masks.ts";
import { at, imageField, postJson, postLegacy, type Reply, rows } from "./testing/requests.ts";

const PICTURES: Readonly<Record<string, ShapePicture>> = {
  "rectangles on black": {
    width: 320,
    height: 240,
    shapes: [
      { kind: "rectangle", colour: "red", x: 13, y: 17, width: 71, height: 90 },
      { kind: "rectangle", colour: "blue", x: 170, y: 101, width: 96, height: 83 },
    ],
  },
  "three kinds on white": {
    width: 400,
    height: 300,
    background: "white",
    shapes: [
      { kind: "ellipse", colour: "red", x: 20, y: 30, width: 101, height: 80 },
      { kind: "triangle", colour: "green", x: 151, y: 60, width: 120, height: 95 },
      { kind: "rectangle", colour: "blue", x: 300, y: 200, width: 60, height: 55 },
    ],
  },
  "at the edges, on grey": {
    width: 251,
    height: 333,
    background: "grey",
    shapes: [
      { kind: "rectangle", colour: "green", x: 0, y: 0, width: 60, height: 70 },
      { kind: "rectangle", colour: "red", x: 171, y: 233, width: 80, height: 100 },
    ],
  },
  "two of one colour": {
    width: 300,
    height: 200,
    shapes: [
      { kind: "rectangle", colour: "blue", x: 20, y: 20, width: 60, height: 60 },
      { kind: "ellipse", colour: "blue", x: 180, y: 90, width: 81, height: 70 },
    ],
  },
};

const ENCODINGS = {
  PNG: { format: "png" },
  "JPEG q90": { format: "jpeg", quality: 90 },
  "JPEG q90, EXIF 6": { format: "jpeg", quality: 90, orientation: 6 },
} as const;

const boxOf = (shape: Shape) => [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];

/** Corners of a prediction, which is centre based on the wire. */
function corners(row: Record<string, unknown>): number[] {
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(row[name]));
  return [x! - width! / 2, y! - height! / 2, x! + width! / 2, y! + height! / 2];
}

const byPlace = (a: readonly number[], b: readonly number[]) => a[1]! - b[1]! || a[0]! - b[0]!;

function expectWithinOnePixel(found: readonly (readonly number[])[], shapes: readonly Shape[]): void {
  const expected = shapes.map(boxOf).sort(byPlace);
  const actual = [...found].sort(byPlace);
  expect(actual).toHaveLength(expected.length);
  for (const [index, box] of expected.entries()) {
    for (const [edge, value] of box.entries()) {
      expect(
        Math.abs(actual[index]![edge]! - value),
        `box ${index}, edge ${edge}: ${actual[index]}`,
      ).toBeLessThanOrEqual(1);
    }
  }
}

/** Sends a picture on v1 and on v0 and hands both answers to the check. */
async function onBothApis(
  sandbox: Sandbox,
  model: { readonly id: string; readonly route: string; readonly options?: Record<string, string> },
  bytes: Uint8Array,
  check: (reply: Reply) => void | Promise<void>,
): Promise<void> {
  const body = { model_id: model.id, api_key: "test-key", image: imageField(bytes), ...model.options };
  await check(await postJson(sandbox, `/infer/${model.route}`, body));
  const query = new URLSearchParams({ api_key: "test-key", ...model.options });
  await check(await postLegacy(sandbox, `/${model.id}?${query}`, bytes));
}

describe.each(Object.entries(PICTURES))("%s", (_name, picture) => {
  describe.each(Object.entries(ENCODINGS))("%s", (_encoding, encoding) => {
    const encoded = () => encodeShapes(drawShapes(picture), encoding);

    test("boxes", async () => {
      await using sandbox = await startSandbox();
      await onBothApis(
        sandbox,
        { id: "colours/1", route: "object_detection" },
        await encoded(),
        ({ json }) => {
          expect(at(json, "image")).toEqual({ width: picture.width, height: picture.height });
          expectWithinOnePixel(rows(json, "predictions").map(corners), picture.shapes);
        },
      );
    });

    test("polygons", async () => {
      await using sandbox = await startSandbox();
      const model = { id: "colour-masks/1", route: "instance_segmentation" };
      await onBothApis(sandbox, model, await encoded(), ({ json }) => {
        expectWithinOnePixel(rows(json, "predictions").map(corners), picture.shapes);
        const outlines = rows(json, "predictions").map((row) => {
          const points = rows(row, "points");
          const [xs, ys] = [points.map((point) => Number(point.x)), points.map((point) => Number(point.y))];
          return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
        });
        expectWithinOnePixel(outlines, picture.shapes);
      });
    });

    test("run-length masks", async () => {
      await using sandbox = await startSandbox();
      const model = {
        id: "colour-masks/1",
        route: "instance_segmentation",
        options: { response_mask_format: "rle" },
      };
      await onBothApis(sandbox, model, await encoded(), ({ json }) => {
        const masks = rows(json, "predictions").map((row) => {
          expect(at(row, "rle.size")).toEqual([picture.height, picture.width]);
          const isSet = runLengthPixels(String(at(row, "rle.counts")), picture.height);
          const bounds = boundsOf(picture.width, picture.height, isSet);
          return [bounds.left, bounds.top, bounds.right, bounds.bottom];
        });
        expectWithinOnePixel(masks, picture.shapes);
      });
    });

    test("keypoints", async () => {
      await using sandbox = await startSandbox();
      const model = { id: "colour-points/1", route: "keypoints_detection" };
      await onBothApis(sandbox, model, await encoded(), ({ json }) => {
        const spans = rows(json, "predictions").map((row) => {
          const [first, centre, last] = rows(row, "keypoints").map((point) => [
            Number(point.x),
            Number(point.y),
          ]);
          expect(centre).toEqual([row.x, row.y]);
          return [...first!, ...last!];
        });
        expectWithinOnePixel(spans, picture.shapes);
      });
    });

    test("class map", async () => {
      await using sandbox = await startSandbox();
      const model = { id: "colour-areas/1", route: "semantic_segmentation" };
      await onBothApis(sandbox, model, await encoded(), async ({ json }) => {
        const mask = await greyPixels(String(at(json, "predictions.segmentation_mask")));
        expect([mask.width, mask.height]).toEqual([picture.width, picture.height]);
        for (const [index, colour] of ["red", "green", "blue"].entries()) {
          const wanted = picture.shapes.filter((shape) => shape.colour === colour);
          const present = rows(json, "predictions.present_class_ids").map(Number);
          expect(present.includes(index + 1)).toBe(wanted.length > 0);
          if (wanted.length === 0) continue;
          const bounds = boundsOf(mask.width, mask.height, (x, y) => mask.at(x, y) === index + 1);
          const all = wanted.map(boxOf);
          const least = (edge: number) => Math.min(...all.map((box) => box[edge]!));
          const most = (edge: number) => Math.max(...all.map((box) => box[edge]!));
          const found = [bounds.left, bounds.top, bounds.right, bounds.bottom];
          for (const [edge, value] of [least(0), least(1), most(2), most(3)].entries()) {
            expect(Math.abs(found[edge]! - value)).toBeLessThanOrEqual(1);
          }
        }
      });
    });

    test("labels", async () => {
      await using sandbox = await startSandbox();
      const areas = new Map<string, number>();
      for (const shape of picture.shapes) {
        const name = String(shape.colour);
        const factor = { rectangle: 1, ellipse: Math.PI / 4, triangle: 0.5 }[shape.kind];
        areas.set(name, (areas.get(name) ?? 0) + shape.width * shape.height * factor);
      }
      const [largest] = [...areas].sort((a, b) => b[1] - a[1])[0]!;
      const bytes = await encoded();
      const single = { id: "colour-kind/1", route: "classification", options: { confidence: "0.01" } };
      await onBothApis(sandbox, single, bytes, ({ json }) => expect(at(json, "top")).toBe(largest));
      const multi = { id: "colour-tags/1", route: "classification" };
      await onBothApis(sandbox, multi, bytes, ({ json }) => {
        const confidence = (name: string) => Number(at(json, `predictions.${name}.confidence`));
        for (const name of ["red", "green", "blue"]) {
          const share = (areas.get(name) ?? 0) / (picture.width * picture.height);
          expect(Math.abs(confidence(name) - 1 / (1 + Math.exp(4 - 40 * share)))).toBeLessThan(0.1);
        }
      });
    });
  });
});

test("boxes are exact in a lossless picture", async () => {
  await using sandbox = await startSandbox();
  const picture = PICTURES["three kinds on white"]!;
  const body = {
    model_id: "colours/1",
    api_key: "test-key",
    image: imageField(await encodeShapes(drawShapes(picture))),
  };
  const { json } = await postJson(sandbox, "/infer/object_detection", body);
  expect(rows(json, "predictions").map(corners).sort(byPlace)).toEqual(
    picture.shapes.map(boxOf).sort(byPlace),
  );
});

test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
  "EXIF orientation %i is followed, unless it is switched off",
  async (value) => {
    const orientation: ExifOrientation = value;
    await using sandbox = await startSandbox();
    const shape: Shape = { kind: "rectangle", colour: "green", x: 20, y: 10, width: 50, height: 30 };
    const bytes = await encodeShapes(drawShapes({ width: 160, height: 100, shapes: [shape] }), {
      format: "jpeg",
      orientation,
    });
    const body = { model_id: "colours/1", api_key: "test-key", image: imageField(bytes) };
    const upright = (await postJson(sandbox, "/infer/object_detection", body)).json;
    expect(at(upright, "image")).toEqual({ width: 160, height: 100 });
    expectWithinOnePixel(rows(upright, "predictions").map(corners), [shape]);

    const asStored = (
      await postJson(sandbox, "/infer/object_detection", { ...body, disable_preproc_auto_orient: true })
    ).json;
    const turned = orientation >= 5;
    expect(at(asStored, "image")).toEqual(turned ? { width: 100, height: 160 } : { width: 160, height: 100 });
    const box = rows(asStored, "predictions").map(corners)[0]!;
    const size = [box[2]! - box[0]!, box[3]! - box[1]!];
    for (const [index, wanted] of (turned ? [30, 50] : [50, 30]).entries()) {
      expect(Math.abs(size[index]! - wanted)).toBeLessThanOrEqual(2);
    }
    const legacy = (await postLegacy(sandbox, "/colours/1?disable_preproc_auto_orient=true", bytes)).json;
    expect(at(legacy, "image")).toEqual(at(asStored, "image"));
  },
);
