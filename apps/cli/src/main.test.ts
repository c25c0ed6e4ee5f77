import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { drawShapes, encodeShapes, SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInfer } from "./testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "./testing/workplace.ts";

let sandbox: Sandbox;
let place: Workplace;
let picture: Uint8Array;

beforeAll(async () => {
  sandbox = await startSandbox();
  place = createWorkplace();
  picture = await twoBoxes();
  place.write("shots/a2.png", picture);
  place.write("shots/a10.jpg", await twoBoxes({ format: "jpeg" }));
  place.write("shots/deep/a2.png", picture);
  place.write("mixed/good.png", picture);
  place.write("mixed/bad.png", "not a picture");
  place.write("mixed/empty.jpg", "");
});
afterAll(async () => {
  await sandbox?.close();
  place?.remove();
});

/** Runs in the test's folder, against its sandbox, with the sandbox's key. */
function infer(args: readonly string[], more: { env?: Record<string, string>; input?: Uint8Array } = {}) {
  const env = { INFERENCE_API_URL: sandbox.url, INFERENCE_API_KEY: SANDBOX_KEY, ...more.env };
  return runInfer(args, { ...more, cwd: place.path, env });
}

const boxes = [
  { class: "red", x: 112, y: 144, width: 160, height: 160 },
  { class: "blue", x: 384, y: 352, width: 192, height: 192 },
];

/** Noise of a JPEG decides which of two pure colours is the surer one. */
const inAnyOrder = expect.arrayContaining(boxes.map((box) => expect.objectContaining(box)));

describe("results", () => {
  test("a folder in natural order, as one JSON list on stdout, all else on stderr", async () => {
    const { code, stdout, stderr } = await infer(["run", "shots", "-m", "colours/1"]);
    expect(JSON.parse(stdout)).toMatchObject([
      { input: join("shots", "a2.png"), result: { task: "object-detection", predictions: boxes } },
      {
        input: join("shots", "a10.jpg"),
        result: { task: "object-detection", predictions: inAnyOrder },
      },
    ]);
    expect(stderr).toMatch(/^2 pictures in [\d.]+ s \([\d.]+\/s\): 2 ok, 0 failed\.\n$/);
    expect(code).toBe(0);
  });

  test("standard input as a JSON line, one class only, nothing on stderr", async () => {
    const args = ["run", "-", "-m", "colours/1", "--format", "jsonl", "--class", "blue", "--quiet"];
    const { code, stdout, stderr } = await infer(args, { input: picture });
    expect(JSON.parse(stdout)).toMatchObject({ input: "stdin", result: { predictions: [boxes[1]] } });
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("a pattern as CSV in a file, confidence applied", async () => {
    const args = ["run", "shots/*.png", "-m", "colours/1", "--format", "csv", "--output", "new/rows.csv"];
    const { code, stdout } = await infer([
      ...args,
      "--confidence",
      "0.5",
      "--concurrency",
      "2",
      "--batch",
      "2",
    ]);
    expect([code, stdout]).toEqual([0, ""]);
    const [header, ...rows] = readFileSync(join(place.path, "new/rows.csv"), "utf8").trimEnd().split("\r\n");
    expect(header).toMatch(/^image,task,class,/);
    expect(rows.map((row) => row.split(",").slice(0, 3).join())).toEqual([
      "shots/a2.png,object-detection,red",
      "shots/a2.png,object-detection,blue",
    ]);
  });

  test("COCO with masks", async () => {
    const { code, stdout } = await infer(["run", "shots/a2.png", "-m", "colour-masks/1", "--format", "coco"]);
    const { images, annotations } = JSON.parse(stdout);
    expect(images).toEqual([{ id: 1, file_name: "shots/a2.png", width: 512, height: 512 }]);
    expect(annotations).toMatchObject([{ bbox: [32, 64, 160, 160] }, { bbox: [288, 256, 192, 192] }]);
    expect(annotations[0].segmentation[0].length).toBeGreaterThan(6);
    expect(code).toBe(0);
  });

  test("label files of YOLO and Pascal VOC in place of JSON, failures left out", async () => {
    const run = (format: string) =>
      infer(["run", "mixed", "-m", "colours/1", "--out", `labels-${format}`, "--format", format]);
    const at = (name: string) => readFileSync(join(place.path, name), "utf8");
    expect(await run("yolo")).toMatchObject({ code: 1, stdout: "" });
    expect(at("labels-yolo/good.txt")).toBe(
      "0 0.21875 0.28125 0.31250 0.31250\n2 0.75000 0.68750 0.37500 0.37500\n",
    );
    expect(at("labels-yolo/data.yaml")).toBe('nc: 3\nnames: [red, "1", blue]\n');
    expect(await run("voc")).toMatchObject({ code: 1, stdout: "" });
    const xml = at("labels-voc/good.xml");
    expect(xml).toContain("<filename>good.png</filename>");
    expect(xml.match(/<name>(red|blue)</g)).toHaveLength(2);
    expect(xml).toMatch(/<xmin>33<\/xmin>\s*<ymin>65<\/ymin>\s*<xmax>192<\/xmax>\s*<ymax>224</);
    for (const name of ["labels-yolo/bad.txt", "labels-yolo/good.json", "labels-voc/empty.xml"]) {
      expect([name, existsSync(join(place.path, name))]).toEqual([name, false]);
    }
  });

  test("labels of semantic areas are polygons without the background, those of classes are empty", async () => {
    const run = (model: string) =>
      infer(["run", "shots/a2.png", "-m", model, "--out", "labels-of-areas", "--format", "yolo"]);
    const labels = () => readFileSync(join(place.path, "labels-of-areas/a2.txt"), "utf8");
    expect((await run("colour-areas/1")).code).toBe(0);
    const numbers = labels()
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ").length);
    expect(numbers).toHaveLength(2);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1 + 2 * 4);
    expect((await run("colour-kind/1")).code).toBe(0);
    expect(labels()).toBe("");
  });

  test("one JSON file and one drawn picture for each input, sub-folders kept", async () => {
    const args = ["run", "shots", "--recursive", "-m", "colours/1", "--out", "shots/results", "--draw"];
    for (const time of ["first", "second"]) {
      const { code, stdout } = await infer(args);
      expect([time, code, JSON.parse(stdout).length]).toEqual([time, 0, 3]);
    }
    const at = (name: string) => readFileSync(join(place.path, "shots/results", name));
    expect(JSON.parse(at("deep/a2.json").toString())).toMatchObject({ result: { predictions: boxes } });
    expect([...at("a2.annotated.png").subarray(1, 4)]).toEqual([...Buffer.from("PNG")]);
    expect([...at("a10.annotated.jpg").subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect(at("a2.annotated.png").equals(Buffer.from(picture))).toBe(false);
  });

  test("a URL is fetched once although its picture is also drawn on", async () => {
    let fetched = 0;
    const files = createServer((_request, response) => {
      fetched += 1;
      response.end(picture);
    });
    await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
    const address = files.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const url = `http://127.0.0.1:${port}/camera.png?api_key=a-key-in-the-url`;
    const { code, stdout, stderr } = await infer([
      "run",
      url,
      "-m",
      "colours/1",
      "--out",
      "camera",
      "--draw",
    ]);
    files.close();
    expect([code, fetched]).toEqual([0, 1]);
    expect(JSON.parse(stdout)).toMatchObject([{ result: { predictions: boxes } }]);
    expect(existsSync(join(place.path, "camera/camera.annotated.png"))).toBe(true);
    expect(stdout + stderr).not.toContain("a-key-in-the-url");
  });

  test("pictures are shrunk on request and coordinates brought back", async () => {
    const shapes = [{ kind: "rectangle", colour: "green", x: 320, y: 160, width: 640, height: 480 }] as const;
    place.write("large.png", await encodeShapes(drawShapes({ width: 1920, height: 1280, shapes })));
    const args = ["run", "large.png", "-m", "colours/1", "--downsize", "--verbose", "--format", "jsonl"];
    const { stdout, stderr } = await infer(args);
    const [box] = JSON.parse(stdout).result.predictions;
    expect(box.class).toBe("green");
    expect(Math.abs(box.x - 640)).toBeLessThanOrEqual(30);
    expect(stderr).toMatch(/#\d+ load .*scale=0\.033 /);
  });

  test("with API mode v0", async () => {
    const args = [
      "run",
      "shots/a2.png",
      "-m",
      "colours/1",
      "--api-mode",
      "v0",
      "--format",
      "jsonl",
      "--iou",
      "0.3",
    ];
    expect(JSON.parse((await infer(args)).stdout)).toMatchObject({ result: { predictions: boxes } });
  });
});

describe("failures", () => {
  test("bad pictures among good ones are named and the rest goes on: 1", async () => {
    const { code, stdout, stderr } = await infer([
      "run",
      "mixed",
      "none.png",
      "-m",
      "colours/1",
      "--out",
      "mixed-out",
    ]);
    expect(code).toBe(1);
    const entries: { input: string; error?: { code: string }; result?: object }[] = JSON.parse(stdout);
    expect(entries.map(({ input, error }) => [input, error?.code])).toEqual([
      ["mixed/bad.png", "INVALID_INPUT_FORMAT"],
      ["mixed/empty.jpg", "INVALID_INPUT_FORMAT"],
      ["mixed/good.png", undefined],
      ["none.png", "INVALID_INPUT_FORMAT"],
    ]);
    expect(stderr).toMatch(/^failed mixed\/bad\.png: INVALID_INPUT_FORMAT: .*no picture/m);
    expect(stderr).toContain("4 pictures");
    expect(stderr).not.toContain("    at ");
    expect(JSON.parse(readFileSync(join(place.path, "mixed-out/bad.json"), "utf8"))).toHaveProperty(
      "error.code",
    );
  });

  test.each([
    ["run", ["run", "-", "-m", "colours/1", "--format", "jsonl"]],
    ["run with pictures", ["run", "-", "-m", "colours/1", "--format", "jsonl", "--out", "drawn", "--draw"]],
    ["core", ["core", "clip-image", "-", "--format", "jsonl"]],
    ["hf", ["hf", "image-classification", "-", "-m", "http://127.0.0.1:9/none", "--format", "jsonl"]],
  ])("what is wrong with standard input is said of stdin: infer %s", async (_, args) => {
    const { code, stdout } = await infer(args, { input: Buffer.from("only words, no picture and no sound") });
    expect(code).toBe(1);
    const { error } = JSON.parse(stdout);
    expect(error.code).toBe("INVALID_INPUT_FORMAT");
    expect(error.message).toContain("stdin is no ");
  });

  test("--fail-fast stops at the first: 1", async () => {
    const args = ["run", "mixed", "-m", "colours/1", "--fail-fast", "--concurrency", "1"];
    const { code, stdout, stderr } = await infer(args);
    expect([code, JSON.parse(stdout).length]).toEqual([1, 1]);
    expect(stderr).toContain("2 not tried");
  });

  test.each([
    ["a pattern that matches nothing", ["run", "shots/*.gif", "-m", "colours/1"], "shots/*.gif"],
    ["only missing files", ["run", "none.png", "-m", "colours/1"], "none.png"],
    ["no model", ["run", "shots"], "--model"],
    ["an unknown option", ["run", "shots", "-m", "colours/1", "--colour"], "--colour"],
    ["a value out of range", ["run", "shots", "-m", "colours/1", "--confidence", "-1"], "0 to 1"],
    ["--draw without --out", ["run", "shots", "-m", "colours/1", "--draw"], "--out"],
    [
      "a batch in API mode v0",
      ["run", "shots", "-m", "colours/1", "--batch", "2", "--api-mode", "v0"],
      "--batch 2 needs API v1",
    ],
    ["an address that is none", ["status", "--api-url", "localhost"], "not a URL"],
    ["an empty key", ["status", "--api-key", ""], "empty"],
    ["a model to unload that is not named", ["models", "unload"], "--all"],
    ["an unknown command", ["walk"], "walk"],
    ["no command", [], "Usage"],
  ])("%s is wrong usage: 2", async (_, args, shown) => {
    const { code, stdout, stderr } = await infer(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(shown);
  });

  test.each([
    ["run", ["run", "shots", "-m", "colours/1", "--output", "./shots/a2.png"]],
    ["embed", ["embed", "shots/a2.png", "--model", "clip", "--output", "shots/a2.png"]],
    ["video", ["video", "shots/a2.png", "-m", "colours/1", "--output", "shots/a2.png"]],
    ["benchmark", ["benchmark", "shots/a2.png", "-m", "colours/1", "--json", "shots/a2.png"]],
    ["hf", ["hf", "image-classification", "shots/a2.png", "--output", "shots/a2.png"]],
  ])("infer %s does not write its results over an input: 2", async (_, args) => {
    const { code, stdout, stderr } = await infer(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("a2.png is an input");
    expect(readFileSync(join(place.path, "shots/a2.png")).equals(picture)).toBe(true);
  });

  const LONG = "n".repeat(300);
  const HF = ["hf", "object-detection", "shots/a2.png", "-m", "http://127.0.0.1:9/none"];
  const FLOW = ["workflows", "run", "a/b", "--image", "image=shots/a2.png"];
  test.each([
    ["run --output", ["run", "shots/a2.png", "-m", "colours/1", "--output", "shots"], "it is a folder"],
    ["run --output", ["run", "shots/a2.png", "-m", "colours/1", "--output", LONG], "name is longer"],
    ["run --out", ["run", "shots/a2.png", "-m", "colours/1", "--out", "mixed/good.png"], "it is a file"],
    ["run --out", ["run", "shots/a2.png", "-m", "colours/1", "--out", "r.json"], "--output names a file"],
    ["run --out", ["run", "shots/a2.png", "-m", "colours/1", "--out", LONG], "name is longer"],
    ["run --report", ["run", "shots/a2.png", "-m", "colours/1", "--report", LONG], "name is longer"],
    ["video -o", ["video", "shots/a2.png", "-m", "colours/1", "-o", "shots/"], "it is a folder"],
    ["core --out", ["core", "depth", "shots/a2.png", "--out", "mixed/good.png"], "it is a file"],
    ["workflows run -o", [...FLOW, "-o", "r.jsonl"], "--output names a file"],
    ["workflows run -o", [...FLOW, "-o", "mixed/good.png"], "it is a file"],
    ["workflows types -o", ["workflows", "types", "a/b", "-o", "shots"], "it is a folder"],
    ["hf -o", [...HF, "-o", "mixed/good.png"], "it is a file"],
    ["hf -o", [...HF, "-o", "r.json"], "--output names a file"],
    ["hf -o", [...HF, "-o", LONG], "name is longer"],
    ["hf --output", [...HF, "--output", "shots"], "it is a folder"],
    ["benchmark --json", ["benchmark", "-m", "colours/1", "--json", "shots"], "it is a folder"],
  ])(
    "infer %s: a folder in place of a file or a file in place of a folder is refused: 2",
    async (_, args, shown) => {
      const { code, stdout, stderr } = await infer(args);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(shown);
    },
  );

  test.each([
    ["a misspelt option", ["status", "--apikey=a-secret-of-mine"], "'--apikey'"],
    ["an option of other commands", ["sandbox", "--api-key=a-secret-of-mine"], "'--api-key'"],
    ["a token where a key belongs", ["run", "a.png", "-m", "a/1", "--token=a-secret='of-mine"], "'--token'"],
  ])("%s is named without its value: 2", async (_, args, shown) => {
    const { code, stdout, stderr } = await infer(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`unknown option ${shown}`);
    expect(stderr).not.toContain("of-mine");
  });

  test("a refused key: 3, and neither stream shows it", async () => {
    await using locked = await startSandbox({ apiKey: "the-right-key" });
    const args = ["run", "shots", "-m", "colours/1", "--verbose", "--api-url", locked.url];
    const refused = await infer([...args, "--api-key", "a-wrong-secret"]);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("401");
    expect(refused.stdout + refused.stderr).not.toContain("a-wrong-secret");
    const missing = await infer(args, { env: { INFERENCE_API_KEY: "", ROBOFLOW_API_KEY: "" } });
    expect(missing.code).toBe(3);
    const other = await infer(args, { env: { INFERENCE_API_KEY: "", ROBOFLOW_API_KEY: "the-right-key" } });
    expect(other.code).toBe(0);
    expect(other.stdout + other.stderr).not.toContain("the-right-key");
    const v0 = await infer([...args, "--api-mode", "v0"], { env: { INFERENCE_API_KEY: "" } });
    expect([v0.code, v0.stderr.includes("INFERENCE_API_KEY")]).toEqual([3, true]);
  });

  test("no server: 4, with the way out", async () => {
    const closed = await startSandbox();
    await closed.close();
    const env = { INFERENCE_API_URL: closed.url };
    const ran = await infer(["run", "shots", "-m", "colours/1", "--retries", "0"], { env });
    expect([ran.code, JSON.parse(ran.stdout)]).toEqual([4, []]);
    const asked = await infer(["status", "--retries", "0"], { env });
    expect([asked.code, asked.stdout]).toEqual([4, ""]);
    expect(asked.stderr).toContain("infer sandbox");
    expect(asked.stderr).not.toContain("    at ");
  });

  test("a server that never answers any picture: 4", async () => {
    const faults = { sequence: [null, null, ...Array<{ kind: "stall" }>(8).fill({ kind: "stall" })] };
    await using stalled = await startSandbox({ faults });
    const args = ["run", "shots", "-m", "colours/1", "--api-url", stalled.url, "--timeout", "0.5"];
    const { code, stdout } = await infer(args);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject([
      { error: { code: "TIMEOUT" } },
      { error: { code: "TIMEOUT" } },
    ]);
  });

  test("a model that nobody knows: 1, with the server's answer", async () => {
    const { code, stdout, stderr } = await infer(["run", "shots", "-m", "nothing/1"]);
    expect([code, JSON.parse(stdout)]).toEqual([1, []]);
    expect(stderr).toContain("404");
  });
});

describe("other commands", () => {
  test.each([
    ["status", ["status", "--timeout", "none"]],
    ["run", ["run", "shots/a2.png", "-m", "colours/1", "--timeout", "none"]],
    ["video", ["video", "shots/a2.png", "-m", "colours/1", "--timeout", "none"]],
  ])("infer %s takes a time limit of none", async (_, args) => {
    expect((await infer(args)).stderr).not.toMatch(/timeout/i);
  });

  test("status tells what answers, models what is loaded", async () => {
    expect((await infer(["models", "load", "colour-kind/1"])).stdout).toContain("colour-kind/1");
    const { code, stdout } = await infer(["status"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/server {3}Roboflow Inference Server.* 1\.8\.3/);
    expect(stdout).toContain(`address  ${sandbox.url}`);
    expect(stdout).toMatch(/latency {2}[\d.]+ ms/);
    expect(stdout).toMatch(/colour-kind\/1 +classification +64 x 64/);
    const asJson = JSON.parse((await infer(["status", "--json"])).stdout);
    expect(asJson).toMatchObject({ mode: "v1", server: { version: "1.8.3" } });
    const listed = JSON.parse((await infer(["models", "list", "--json"])).stdout);
    expect(listed.models).toContainEqual(expect.objectContaining({ model_id: "colour-kind/1" }));
    expect((await infer(["models", "unload", "colour-kind/1"])).stdout).not.toContain("colour-kind/1");
    expect((await infer(["models", "unload", "--all"])).stdout).toBe("no model is loaded\n");
  });

  test("version and help", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(await infer(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    const { code, stdout } = await infer(["run", "--help"]);
    expect(code).toBe(0);
    for (const part of ["--concurrency", "Examples:", "Exit codes:"]) expect(stdout).toContain(part);
  });
});
