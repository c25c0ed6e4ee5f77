import { fc, test as property } from "@fast-check/vitest";
import { type InferenceResult, InvalidInputFormatError } from "@inference-ts/sdk/node";
import { expect, test } from "vitest";
import type { Entry } from "./entry.ts";
import { createFormat, type FormatName, isText } from "./formats.ts";
import { LabelFiles } from "./label-files.ts";

const result: InferenceResult = {
  task: "object-detection",
  image: { width: 100, height: 50 },
  predictions: [{ x: 20, y: 10, width: 8, height: 4, confidence: 0.5, class: "red", class_id: 0 }],
};
const input = (name: string) => ({ kind: "file", name, source: name, base: "." }) as const;
const good = (name: string): Entry => ({ input: input(name), ok: true, result });
const bad = (name: string): Entry => ({
  input: input(name),
  ok: false,
  error: new InvalidInputFormatError("No picture."),
});

async function write(name: FormatName, entries: readonly Entry[]): Promise<string> {
  const format = createFormat(name);
  let text = format.begin();
  for (const entry of entries) text += await format.add(entry);
  return text + (await format.end());
}

const entry = fc.tuple(fc.string(), fc.boolean()).map(([name, ok]) => (ok ? good(name) : bad(name)));

property.prop([fc.array(entry, { maxLength: 5 })])(
  "json is one valid list, jsonl one object a line",
  async (entries) => {
    const expected = entries.map((each) =>
      each.ok
        ? { input: each.input.name, result }
        : { input: each.input.name, error: { code: "INVALID_INPUT_FORMAT", message: "No picture." } },
    );
    expect(JSON.parse(await write("json", entries))).toEqual(expected);
    const lines = (await write("jsonl", entries)).split("\n").slice(0, -1);
    expect(lines.map((line) => JSON.parse(line))).toEqual(expected);
  },
);

test("json is written entry by entry", () => {
  const format = createFormat("json");
  expect(format.begin()).toBe("[");
  expect(format.add(good("a"))).toMatch(/^\n\{.*\}$/);
  expect(format.add(bad("b"))).toMatch(/^,\n\{.*\}$/);
  expect(format.end()).toBe("\n]\n");
});

test("csv has a header and a row for each object, none for failures", async () => {
  expect(await write("csv", [good("a,b.png"), bad("c.png")])).toBe(
    "image,task,class,class_id,confidence,x_min,y_min,x_max,y_max,detection_id\r\n" +
      '"a,b.png",object-detection,red,0,0.5,16,8,24,12,\r\n',
  );
});

test("coco is one data set of the pictures that succeeded", async () => {
  const dataset = JSON.parse(await write("coco", [good("a.png"), bad("b.png"), good("c.png")]));
  expect(dataset.images.map((image: { file_name: string }) => image.file_name)).toEqual(["a.png", "c.png"]);
  expect(dataset.annotations[1]).toMatchObject({ image_id: 2, bbox: [16, 8, 8, 4] });
  expect(JSON.parse(await write("coco", []))).toMatchObject({ images: [], annotations: [] });
});

test("coco is written object by object", async () => {
  const format = createFormat("coco");
  let text = format.begin();
  for (const name of ["a.png", "b.png", "c.png"]) text += await format.add(good(name));
  const objects = text.match(/"bbox"/g)?.length ?? 0;
  expect(objects).toBeGreaterThanOrEqual(2);
  expect((text + (await format.end())).match(/"bbox"/g)).toHaveLength(3);
});

test.each(["none", "yolo", "voc"] as const)("%s writes no text", async (name) => {
  expect(await write(name, [good("a.png"), bad("b.png")])).toBe("");
  expect(isText(name)).toBe(false);
});

test.each([
  ["file", "shots/street.jpg", "street.jpg"],
  ["file", "shots/street", "street"],
  ["url", "http://camera/street.jpg", "street.jpg"],
  ["stdin", "stdin", "stdin"],
] as const)("Pascal VOC names the %s %s as %s", async (kind, name, shown) => {
  const text = await new LabelFiles("voc").textOf({
    input: { kind, name, source: name, base: "" },
    ok: true,
    result,
  });
  expect(text).toContain(`<filename>${shown}</filename>`);
});
