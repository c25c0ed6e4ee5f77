import { createScene } from "@inference-ts/sdk/annotators";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ANNOTATOR_TYPES } from "./annotator-types.ts";
import { PRESET_NAMES, readDrawingOptions, readDrawingPlan } from "./drawing-plan.ts";
import { readYamlSubset } from "./yaml-subset.ts";

const scene = createScene({ width: 200, height: 100 }, [
  { left: 20, top: 40, right: 80, bottom: 90, class: "cat", classId: 3, confidence: 0.9 },
]);
const shapesOf = (options: string) => readDrawingOptions(options)().flatMap((annotator) => annotator(scene));

test("the options files of Python's command line are taken as they are", () => {
  const shapes = shapesOf(`annotators:
  - type: "bounding_box"
    params:
      thickness: 2
  - type: "label"
    params:
      text_scale: 0.5
      text_thickness: 2
      text_padding: 5
`);
  expect(shapes).toMatchObject([
    { kind: "rect", stroke: "#ff7633", strokeWidth: 3 },
    { kind: "rect", fill: "#ff7633", height: 2 * 5 + 16 },
    { kind: "text", text: "cat 90%", pixel: 2 },
  ]);
  expect(shapesOf('annotators:\n- type: "polygons"\n  params:\n    thickness: 2\n')).toEqual([]);
});

test("JSON, with our spelling or Python's", () => {
  const options = (name: string, value: string) =>
    JSON.stringify({ annotators: [{ type: "box", params: { [name]: value, color: ["#ff0000", "blue"] } }] });
  for (const [name, value] of [
    ["color_lookup", "INDEX"],
    ["colorLookup", "index"],
    ["colorBy", "index"],
  ] as const) {
    expect(shapesOf(options(name, value))).toMatchObject([{ stroke: "#ff0000" }]);
  }
});

test.each([...ANNOTATOR_TYPES.keys()])("%s needs no parameters", (type) => {
  expect(readDrawingOptions(JSON.stringify({ annotators: [{ type }] }))()).toHaveLength(1);
});

test.each(PRESET_NAMES)("the preset %s", async (name) => {
  const plan = await readDrawingPlan(name);
  expect(plan().length).toBeGreaterThan(0);
});

test("every picture has annotators of its own", async () => {
  const plan = readDrawingOptions("annotators:\n  - type: heat_map\n");
  const [first] = plan().flatMap((annotator) => annotator(scene));
  const [second] = plan().flatMap((annotator) => annotator(scene));
  expect(first).toMatchObject({ kind: "heat" });
  expect(second).toEqual(first);
});

test.each([
  ["{", "no JSON"],
  ["annotators: []", "must have a list"],
  ["other: 1", "must have a list"],
  ["annotators:\n  - type: trace\n", "frames of a video"],
  ["annotators:\n  - type: sparkle\n", "Known: box, bounding_box"],
  ["annotators:\n  - box\n", "must be {type, params}"],
  ["annotators:\n  - type: box\ntracking:\n  frame_rate: 30\n", "leave it out"],
  ["annotators:\n  - type: box\n    params:\n      thicknes: 2\n", 'no parameter "thicknes"'],
  ["annotators:\n  - type: box\n    params:\n      thickness: thick\n", "must be a whole number from 1"],
  ["annotators:\n  - type: mask\n    params:\n      opacity: 2\n", "from 0 to 1"],
  ["annotators:\n  - type: dot\n    params:\n      position: MIDDLE\n", "one of center"],
  ["annotators:\n  - type: dot\n    params:\n      color: nice\n", "a colour"],
])("%j is refused", (options, reason) => {
  expect(() => readDrawingOptions(options)).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
  expect(() => readDrawingOptions(options)).toThrow(reason);
});

test.each(["no-such-thing", "constructor"])("%s is neither a preset nor a file", async (name) => {
  await expect(readDrawingPlan(name)).rejects.toMatchObject({
    code: "INVALID_PARAMETER",
    message: expect.stringContaining("Presets: boxes, "),
  });
});

describe("YAML", () => {
  test("maps, lists, values, comments", () => {
    expect(
      readYamlSubset(`---
# a comment
a: 1 # behind
b: "x # y"
c:
  - 'one'
  - two words
  - [1, -2.5, "a,b", [3, 4]]
  -
    d: true
    e: ~
  - f: .5
    g:
h: []
i:
- j: 1e3
`),
    ).toEqual({
      a: 1,
      b: "x # y",
      c: ["one", "two words", [1, -2.5, "a,b", [3, 4]], { d: true, e: null }, { f: 0.5, g: null }],
      h: [],
      i: [{ j: 1000 }],
    });
  });

  test.each([
    ["a: 1\n   b: 2", "Line 2", "indentation"],
    ["a:\n\t- 1", "Line 2", "spaces"],
    ["a: &anchor 1", "Line 1", "no plain value"],
    ["a: *anchor", "Line 1", "no plain value"],
    ["a: {b: 1}", "Line 1", "no plain value"],
    ["a: |\n  text", "Line 1", "no plain value"],
    ["a: 1\na: 2", "Line 2", "twice"],
    ["just text", "Line 1", "a name with a colon"],
    ["a: [1, [2, [3]]]", "Line 1", "brackets"],
  ])("%j is refused with its line", (text, line, reason) => {
    expect(() => readYamlSubset(text)).toThrow(line);
    expect(() => readYamlSubset(text)).toThrow(reason);
  });

  test("never fails in another way", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab:-[]\"' #\n1.,~{}") }), (text) => {
        try {
          readYamlSubset(text);
        } catch (error) {
          expect(error).toMatchObject({ code: "INVALID_PARAMETER" });
        }
      }),
      { numRuns: 500 },
    );
  });
});
