import { InvalidParameterError } from "@inference-ts/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { planInputs, type WorkflowImageInput } from "./run-inputs.ts";

const batches = fc.letrec<{ input: WorkflowImageInput }>((tie) => ({
  input: fc.oneof({ maxDepth: 3 }, fc.string(), fc.array(tie("input"), { maxLength: 4 })),
})).input;

test("every image is taken out once, in order, and put back where it stood", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 3 }), batches), (images) => {
      const plan = planInputs(images);
      expect(plan.images).toEqual(Object.values(images).flatMap(leaves));
      const loaded = plan.images.map((image) => ({ loaded: image }));
      expect(plan.inputs(loaded)).toEqual(
        Object.fromEntries(Object.entries(images).map(([name, value]) => [name, mark(value)])),
      );
    }),
  );
});

test("bytes are one image, not a batch of numbers", () => {
  const bytes = Uint8Array.of(1, 2);
  expect(planInputs({ image: bytes }).images).toEqual([bytes]);
});

test("parameters stand behind the images, untouched", () => {
  const parameters = { confidence: 0.5, classes: ["a"], nothing: null };
  const inputs = planInputs({ image: [] }, parameters).inputs([]);
  expect(inputs).toEqual({ image: [], ...parameters });
  expect(Object.keys(inputs)).toEqual(["image", "confidence", "classes", "nothing"]);
});

test.each([
  ["one name twice", { image: "a.jpg" }, { image: "text" }, '"image"'],
  ["bytes as a parameter", {}, { file: Uint8Array.of(1) }, '"file"'],
  ["a number that JSON has no word for", {}, { limit: Number.NaN }, '"limit"'],
  ["bytes inside a parameter", {}, { given: { files: [Uint8Array.of(1)] } }, '"given.files[0]"'],
  ["such a number inside a parameter", {}, { zone: [[0, 1, Number.NaN]] }, '"zone[0][2]"'],
])("%s is refused by name", (_what, images, parameters, named) => {
  expect(() => planInputs(images, parameters)).toThrow(InvalidParameterError);
  expect(() => planInputs(images, parameters)).toThrow(named);
});

test("a parameter that holds itself is no stack overflow", () => {
  const parameter: unknown[] = [];
  parameter.push(parameter, { parameter }, [parameter], [parameter]);
  expect(planInputs({}, { parameter }).images).toEqual([]);
});

test("images without names are refused", () => {
  expect(() => Reflect.apply(planInputs, undefined, [["a.jpg"]])).toThrow("images must be an object");
  expect(() => Reflect.apply(planInputs, undefined, [{}, 5])).toThrow("parameters must be an object");
});

test("a batch that holds itself is refused, not a stack overflow", () => {
  const batch: WorkflowImageInput[] = [];
  batch.push(batch);
  expect(() => planInputs({ image: batch })).toThrow("nested too deeply");
});

function leaves(value: WorkflowImageInput): unknown[] {
  return Array.isArray(value) ? value.flatMap(leaves) : [value];
}

function mark(value: WorkflowImageInput): unknown {
  return Array.isArray(value) ? value.map(mark) : { loaded: value };
}
