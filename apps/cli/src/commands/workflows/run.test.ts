import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInfer, startInfer } from "../../testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "../../testing/workplace.ts";

const IMAGE = { type: "WorkflowImage", name: "image" };
const output = (name: string, selector: string) => ({ type: "JsonField", name, selector });

/** Counts and crops what the detector finds. */
const CROPS = {
  version: "1.4.0",
  inputs: [IMAGE, { type: "WorkflowParameter", name: "confidence", default_value: 0.4 }],
  steps: [
    {
      type: "roboflow_core/roboflow_object_detection_model@v2",
      name: "model",
      images: "$inputs.image",
      model_id: "colours/1",
      confidence: "$inputs.confidence",
    },
    {
      type: "roboflow_core/dynamic_crop@v1",
      name: "crop",
      images: "$inputs.image",
      predictions: "$steps.model.predictions",
    },
    {
      type: "roboflow_core/property_definition@v1",
      name: "count",
      data: "$steps.model.predictions",
      operations: [{ type: "SequenceLength" }],
    },
  ],
  outputs: [output("count", "$steps.count.output"), output("crops", "$steps.crop.crops")],
};

/** Gives back its two pictures. */
const TWO = {
  version: "1.4.0",
  inputs: [IMAGE, { type: "WorkflowImage", name: "reference" }],
  steps: [],
  outputs: [output("image", "$inputs.image"), output("reference", "$inputs.reference")],
};

const NUMBERS = {
  version: "1.4.0",
  inputs: [{ type: "WorkflowParameter", name: "n", default_value: 1 }],
  steps: [],
  outputs: [output("n", "$inputs.n")],
};

let sandbox: Sandbox;
let place: Workplace;

beforeAll(async () => {
  sandbox = await startSandbox();
  place = createWorkplace();
  const picture = await twoBoxes();
  for (const name of ["a", "b", "deep/a"]) place.write(`shots/${name}.png`, picture);
  const small = sharp({ create: { width: 8, height: 4, channels: 3, background: "#fff" } });
  place.write("small.png", await small.png().toBuffer());
  place.write("bad.png", "not a picture");
  for (const [name, specification] of Object.entries({ crops: CROPS, two: TWO, numbers: NUMBERS })) {
    place.write(`${name}.json`, JSON.stringify(specification));
  }
});
afterAll(async () => {
  await sandbox?.close();
  place?.remove();
});

const settings = (url: string) => ({
  cwd: place.path,
  env: { INFERENCE_API_URL: url, INFERENCE_API_KEY: "test-key" },
});
const infer = (...args: string[]) => runInfer(["workflows", "run", ...args], settings(sandbox.url));

const readJson = (path: string) => JSON.parse(readFileSync(join(place.path, path), "utf8"));

test("one picture: outputs as JSON, pictures in base64", async () => {
  const { code, stdout, stderr } = await infer("crops.json", "--image", "image=shots/a.png");
  const [entry] = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(entry.input).toBe("shots/a.png");
  expect(entry.result.outputs).toMatchObject([{ count: 2, crops: [{ type: "base64" }, { type: "base64" }] }]);
  expect(stderr).toContain("1 ok, 0 failed");
});

test("a folder is run picture by picture; -o leaves JSON and pictures, with their places in it", async () => {
  const args = ["--recursive", "--image", "image=shots", "-o", "results", "--format", "jsonl"];
  const { code, stdout } = await infer("crops.json", ...args);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line).input)).toEqual([
    "shots/a.png",
    "shots/b.png",
    "shots/deep/a.png",
  ]);
  const files = ["crops-0.jpg", "crops-1.jpg", "json"];
  const of = (name: string) => files.map((ending) => `${name}.${ending}`);
  const written = readdirSync(join(place.path, "results")).sort();
  expect(written).toEqual([...of("a"), ...of("b"), "deep"]);
  expect(readdirSync(join(place.path, "results/deep")).sort()).toEqual(of("a"));
  const { outputs } = readJson("results/b.json");
  expect(outputs).toMatchObject([{ count: 2, crops: [{ type: "file" }, { type: "file" }] }]);
  for (const { value, width, height } of outputs[0].crops) {
    expect(await sharp(join(place.path, value)).metadata()).toMatchObject({ format: "jpeg", width, height });
  }
});

test("a parameter reaches the workflow, an excluded output does not come back", async () => {
  const args = ["--image", "image=shots/a.png", "--param", "confidence=0.99", "--exclude", "crops"];
  const { stdout } = await infer("crops.json", ...args);
  expect(JSON.parse(stdout)[0].result.outputs).toEqual([{ count: 0 }]);
});

test("a second image goes along with every picture of the first", async () => {
  const args = ["--image", "reference=small.png", "--image", "image=shots/*.png", "-o", "pairs", "--quiet"];
  const { code, stderr } = await infer("two.json", ...args);
  expect([code, stderr]).toEqual([0, ""]);
  for (const name of ["a", "b"]) {
    const [{ image, reference }] = readJson(`pairs/${name}.json`).outputs;
    expect([image.width, image.height]).toEqual([512, 512]);
    expect([reference.width, reference.height]).toEqual([8, 4]);
    const own = readFileSync(join(place.path, `shots/${name}.png`));
    expect(readFileSync(join(place.path, image.value)).equals(own)).toBe(true);
  }
});

test("a workflow without pictures runs once; a stored one by its names", async () => {
  const numbers = await infer("numbers.json", "--param", "n=[1,2]", "-o", "numbers");
  expect([numbers.code, JSON.parse(numbers.stdout)[0].result.outputs]).toEqual([0, [{ n: [1, 2] }]]);
  expect(readJson("numbers/outputs.json").outputs).toEqual([{ n: [1, 2] }]);
  const stored = await infer("colour-lab/detect-colours", "--image", "image=shots/a.png");
  expect(JSON.parse(stored.stdout)[0].result.outputs[0].count).toBe(2);
});

test("a picture that fails is an entry of its own", async () => {
  const args = ["--image", "image=bad.png", "--image", "image=shots/a.png", "--image", "image=absent.png"];
  const { code, stdout } = await infer("crops.json", ...args);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([
    { input: "bad.png", error: { code: "INVALID_INPUT_FORMAT" } },
    { input: "shots/a.png", result: { outputs: [{ count: 2 }] } },
    { input: "absent.png", error: { code: "INVALID_INPUT_FORMAT" } },
  ]);
});

test("a server that refuses the workflow is told with the name of the block", async () => {
  place.write(
    "broken.json",
    JSON.stringify({ ...CROPS, steps: [{ ...CROPS.steps[1], images: "$steps.x.y" }] }),
  );
  const { code, stderr } = await infer("broken.json", "--image", "image=shots/a.png");
  expect(code).toBe(1);
  expect(stderr).toContain("non-existent block");
});

test.each([
  [
    ["two.json", "--image", "image=shots/*.png", "--image", "reference=shots"],
    "Only one image input can have",
  ],
  [
    ["two.json", "--image", "image=small.png", "--image", "reference=-"],
    "Standard input can be the picture of",
  ],
  [["absent.json", "--image", "image=small.png"], "There is no file absent.json"],
  [["two.json", "--image", "small.png"], "a name and a value with ="],
  [
    ["two.json", "--image", "image=small.png", "--param", "image=5"],
    '"image" is given as --image and as --param',
  ],
])("%j is refused", async (args, message) => {
  const before = sandbox.requests.total;
  const { code, stderr } = await infer(...args);
  expect([code, sandbox.requests.total - before]).toEqual([2, 0]);
  expect(stderr).toContain(message);
});

test("Ctrl-C keeps what was done and ends with 130", async () => {
  await using slow = await startSandbox({ latencyMs: (request) => (request === 2 ? 60_000 : 0) });
  const args = ["--recursive", "--image", "image=shots", "-o", "kept", "--concurrency", "1", "--verbose"];
  const { child, finished, stderrHas } = startInfer(
    ["workflows", "run", "crops.json", ...args],
    settings(slow.url),
  );
  await stderrHas((text) => text.split(" call ").length > 3 && text.split(" endpoint ").length > 3);
  const startedAt = performance.now();
  child.kill("SIGINT");
  const { code, stdout, stderr } = await finished;
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(code).toBe(130);
  expect(JSON.parse(stdout).map(({ input }: { input: string }) => input)).toEqual([
    "shots/a.png",
    "shots/b.png",
  ]);
  expect(stderr).toContain("interrupted; 2 of 3 were done.");
  expect(readdirSync(join(place.path, "kept")).filter((name) => name.endsWith(".json"))).toEqual([
    "a.json",
    "b.json",
  ]);
});
