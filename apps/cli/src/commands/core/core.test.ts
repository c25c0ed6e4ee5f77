import { readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type AnsweringServer, startAnsweringServer } from "../../testing/answering-server.ts";
import { runInfer, startInfer } from "../../testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "../../testing/workplace.ts";
import { CORE_TASKS } from "./tasks.ts";

let server: AnsweringServer;
let place: Workplace;
let picture: Uint8Array;

beforeAll(async () => {
  server = await startAnsweringServer();
  place = createWorkplace();
  picture = await twoBoxes();
  for (const name of ["a", "b", "deep/a"]) place.write(`shots/${name}.png`, picture);
  place.write("bad.png", "not a picture");
  place.write("clip.mp4", Buffer.from("000000186674797069736f6d00000000", "hex"));
  place.write(
    "shelf.json",
    JSON.stringify([{ image: "shots/a.png", boxes: [{ x: 5, y: 6, w: 3, h: 4, cls: "can" }] }]),
  );
  place.write("mask.json", "[[1, 1, 5, 1, 5, 5]]");
  place.write("list.json", "[]");
});
afterEach(() => {
  server.received.length = 0;
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  place?.remove();
});

const settings = () => ({
  cwd: place.path,
  env: { INFERENCE_API_URL: server.url, INFERENCE_API_KEY: "a-secret-key" },
});

const infer = (args: readonly string[], input?: Uint8Array) =>
  runInfer(args, { ...settings(), ...(input === undefined ? {} : { input }) });

const PICTURE = "shots/a.png";
const image = { type: "base64", value: expect.any(String) };

/** Task and its options, route, request, result. */
const CASES: readonly [args: readonly string[], path: string, body: object, result: object][] = [
  [
    ["core", "clip-image", PICTURE, "--model-version", "ViT-B-32"],
    "/clip/embed_image",
    { clip_version_id: "ViT-B-32", image },
    { embeddings: [[0.1, 0.2]] },
  ],
  [
    ["core", "clip-compare", PICTURE, "--prompt", "a fox, red", "--prompt", "a dog"],
    "/clip/compare",
    { subject_type: "image", prompt_type: "text", prompt: ["a fox, red", "a dog"] },
    { similarity: [0.9] },
  ],
  [
    ["core", "clip-compare", PICTURE, "--prompt-image", "shots/b.png"],
    "/clip/compare",
    { prompt_type: "image", prompt: image },
    { similarity: [0.9] },
  ],
  [["core", "pe-image", PICTURE], "/perception_encoder/embed_image", { image }, { embeddings: [[0.1, 0.2]] }],
  [
    ["core", "pe-compare", PICTURE, "--prompt", "a fox"],
    "/perception_encoder/compare",
    { prompt: ["a fox"] },
    { similarity: [0.9] },
  ],
  [
    ["core", "yolo-world", PICTURE, "--class", "bus,dog", "--class", "cat", "--confidence", "0.3"],
    "/yolo_world/infer",
    { text: ["bus", "dog", "cat"], confidence: 0.3, image },
    { task: "object-detection", predictions: [{ class: "cat" }, {}] },
  ],
  [
    ["core", "grounding-dino", PICTURE, "--class", "bus", "--box-threshold", "0.3", "--class-agnostic-nms"],
    "/grounding_dino/infer",
    { text: ["bus"], box_threshold: 0.3, class_agnostic_nms: true },
    { task: "object-detection" },
  ],
  [
    ["core", "owlv2", PICTURE, "--examples", "shelf.json"],
    "/owlv2/infer",
    { training_data: [{ image, boxes: [{ x: 5, y: 6, w: 3, h: 4, cls: "can" }] }] },
    { task: "object-detection" },
  ],
  [
    ["core", "sam", PICTURE, "--point", "3,4", "--outside-point", "5.5,6"],
    "/sam/segment_image",
    {
      point_coords: [
        [3, 4],
        [5.5, 6],
      ],
      point_labels: [1, 0],
    },
    {
      masks: [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
    },
  ],
  [
    ["core", "sam2", PICTURE, "--box", "10,20,5,6", "--point", "9,19", "--masks", "rle", "--image-id", "a"],
    "/sam2/segment_image",
    {
      prompts: {
        prompts: [{ box: { x: 10, y: 20, width: 5, height: 6 }, points: [{ x: 9, y: 19, positive: true }] }],
      },
      format: "rle",
      image_id: "a",
      sam2_version_id: "hiera_tiny",
    },
    { predictions: [{ confidence: 0.8 }] },
  ],
  [
    ["core", "sam2-embed", PICTURE, "--image-id", "i"],
    "/sam2/embed_image",
    { image_id: "i" },
    { image_id: "i" },
  ],
  [
    ["core", "sam3-concept", PICTURE, "--text", "a cat", "--box", "1,2,3,4", "--threshold", "0.2"],
    "/sam3/concept_segment",
    {
      prompts: [
        { type: "text", text: "a cat" },
        { type: "visual", boxes: [{ x: 1, y: 2, width: 3, height: 4 }], box_labels: [1] },
      ],
      output_prob_thresh: 0.2,
    },
    { prompt_results: [{ prompt_index: 0 }] },
  ],
  [
    ["core", "sam3-visual", PICTURE, "--box", "1,2,3,4", "--box", "5,6,7,8"],
    "/sam3/visual_segment",
    { prompts: { prompts: [{ box: { x: 1 } }, { box: { x: 5 } }] } },
    { predictions: [] },
  ],
  [["core", "sam3-embed", PICTURE], "/sam3/embed_image", { image }, { image_id: "i" }],
  [
    ["core", "sam3-3d", PICTURE, "--mask", "mask.json", "--quick"],
    "/sam3_3d/infer",
    { mask_input: [[1, 1, 5, 1, 5, 5]], use_distillations: true },
    { gaussian_ply: "YWJj", objects: [] },
  ],
  [
    ["core", "depth", PICTURE, "-m", "depth-anything-v2/small"],
    "/infer/depth-estimation",
    { model_id: "depth-anything-v2/small", depth_map_format: "png16" },
    { normalized_depth: expect.stringMatching(/^iVBOR/) },
  ],
  [
    ["core", "lmm", PICTURE, "-m", "florence-2-base", "--prompt", "<CAPTION>", "--max-new-tokens", "9"],
    "/infer/lmm",
    { model_id: "florence-2-base", prompt: "<CAPTION>", max_new_tokens: 9 },
    { response: { "<CAPTION>": "a cat" } },
  ],
  [
    ["core", "cogvlm", PICTURE, "--prompt", "how many?"],
    "/llm/cogvlm",
    { prompt: "how many?" },
    { response: "two" },
  ],
  [
    ["core", "actions", "clip.mp4", "-m", "proj/1"],
    "/infer/action_recognition",
    { model_id: "proj/1", video: { type: "base64" } },
    { timeline: [{ class: "wave" }], source_fps: 10 },
  ],
  [["ocr", PICTURE], "/doctr/ocr", { image }, { result: "hello" }],
  [
    ["ocr", PICTURE, "--model", "easy_ocr", "--language", "en,de", "--boxes"],
    "/easy_ocr/ocr",
    { language_codes: ["en", "de"], generate_bounding_boxes: true },
    { result: "hello" },
  ],
  [["ocr", PICTURE, "-m", "trocr"], "/ocr/trocr", { image }, { result: "hello" }],
  [
    ["ocr", PICTURE, "-m", "pp_ocr", "--detection", "none", "--recognition", "tiny"],
    "/ocr/pp-ocr",
    { text_detection: "none", text_recognition: "tiny" },
    { result: "hello" },
  ],
  [
    ["embed", PICTURE, "-m", "clip/RN50"],
    "/clip/embed_image",
    { clip_version_id: "RN50" },
    { embeddings: [[0.1, 0.2]] },
  ],
  [
    ["embed", PICTURE, "-m", "perception-encoder"],
    "/perception_encoder/embed_image",
    { image },
    { embeddings: [[0.1, 0.2]] },
  ],
  [
    ["embed", PICTURE, "-m", "resnet101", "--layer", "logits"],
    "/infer/embeddings",
    { model_id: "resnet101", output_type: "logits" },
    { embedding_info: { space_id: "s-1" } },
  ],
];

describe("requests and results", () => {
  test.each(CASES)("infer %j", async (args, path, body, result) => {
    const { code, stdout, stderr } = await infer(args);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/1 ok, 0 failed\.\n$/)]);
    expect(JSON.parse(stdout)).toMatchObject([{ input: args.find((arg) => arg.includes(".")), result }]);
    expect(server.received.at(-1)).toMatchObject({ path, body });
    expect(stdout + stderr).not.toContain("a-secret-key");
  });

  test.each([
    ["clip-text", "/clip/embed_text"],
    ["pe-text", "/perception_encoder/embed_text"],
  ])("%s: all texts in one request, a line each", async (task, path) => {
    const { code, stdout } = await infer(["core", task, "a cat", "a dog", "--format", "jsonl"]);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect([code, server.received.map((request) => request.path)]).toEqual([0, [path]]);
    expect(lines).toMatchObject([
      { input: "a cat", result: { embeddings: [[0.1]] } },
      { input: "a dog", result: { embeddings: [[0.2]] } },
    ]);
  });

  test("every task of the table has been tried here", () => {
    const tried = new Set([...CASES.map(([args]) => args[1]), "clip-text", "pe-text"]);
    expect(CORE_TASKS.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  test("a folder and standard input, in order", async () => {
    const { code, stdout } = await infer(["ocr", "shots", "--recursive", "-", "--concurrency", "2"], picture);
    const inputs = JSON.parse(stdout).map(({ input }: { input: string }) => input);
    expect([code, inputs]).toEqual([0, ["shots/a.png", "shots/b.png", "shots/deep/a.png", "stdin"]]);
  });

  test("depth maps as grey PNGs of 16 bits, no longer in the JSON", async () => {
    const { code, stdout } = await infer(["core", "depth", "shots", "--recursive", "--out", "depths"]);
    const file = join("depths", "deep", "a.depth.png");
    const entry = JSON.parse(stdout)[2];
    expect([code, entry]).toEqual([
      0,
      { input: "shots/deep/a.png", result: { image: "ffd8", width: 4, height: 3, files: [file] } },
    ]);
    const { data, info } = await sharp(readFileSync(join(place.path, file)))
      .toColourspace("grey16")
      .raw({ depth: "ushort" })
      .toBuffer({ resolveWithObject: true });
    const values = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
    expect([info.width, info.height, values[0], values[11]]).toEqual([4, 3, 0, 65_527]);
  });

  test("3D objects as files", async () => {
    const { stdout } = await infer(["core", "sam3-3d", PICTURE, "--mask", "mask.json", "--out", "3d"]);
    expect(JSON.parse(stdout)[0].result).toEqual({
      mesh_glb: null,
      objects: [],
      time: 1,
      files: [join("3d", "a.ply")],
    });
    expect(readFileSync(join(place.path, "3d/a.ply"), "utf8")).toBe("abc");
  });

  test("vectors as a NumPy file, a failed input as a row of NaN", async () => {
    const args = [
      "embed",
      PICTURE,
      "bad.png",
      "shots/b.png",
      "-m",
      "clip",
      "--format",
      "npy",
      "--output",
      "v.npy",
    ];
    const { code, stdout, stderr } = await infer(args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^failed bad\.png: INVALID_INPUT_FORMAT: /m);
    const bytes = readFileSync(join(place.path, "v.npy"));
    expect(bytes.toString("latin1")).toContain("'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)");
    const numbers = Array.from({ length: 6 }, (_, index) => bytes.readFloatLE(bytes.length - 24 + index * 4));
    const [low, high] = [Math.fround(0.1), Math.fround(0.2)];
    expect(numbers).toEqual([low, high, Number.NaN, Number.NaN, low, high]);
  });
});

describe("failures", () => {
  test("one input fails, the others go on: 1", async () => {
    server.failWith(400);
    const { code, stdout, stderr } = await infer(["ocr", "shots", "--concurrency", "1"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { input: "shots/a.png", error: { code: "HTTP_ERROR", status: 400 } },
      { input: "shots/b.png", result: { result: "hello" } },
    ]);
    expect(stderr).toMatch(/^failed shots\/a\.png: HTTP_ERROR: /m);
    server.failWith(400);
    const stopped = await infer(["ocr", "shots", "--concurrency", "1", "--fail-fast"]);
    expect([stopped.code, JSON.parse(stopped.stdout).length]).toEqual([1, 1]);
  });

  test.each([
    [["ocr", PICTURE], 401, 3],
    [["core", "clip-text", "a cat"], 401, 3],
    [["core", "clip-text", "a cat"], 500, 1],
  ])("%j, answered with %d: %d", async (args, status, expected) => {
    server.failWith(status);
    const { code, stderr } = await infer(args);
    expect([code, stderr.includes(String(status))]).toEqual([expected, true]);
  });

  test("no server: 4", async () => {
    const args = ["ocr", PICTURE, "--api-url", "http://127.0.0.1:9", "--retries", "0"];
    const { code, stdout } = await infer(args);
    expect([code, JSON.parse(stdout)[0].error.code]).toEqual([4, "CONNECTION_FAILED"]);
  });

  test.each([
    ["no prompt", ["core", "clip-compare", PICTURE], "--prompt"],
    [
      "prompts of two kinds",
      ["core", "clip-compare", PICTURE, "--prompt", "a", "--prompt-image", PICTURE],
      "not both",
    ],
    ["no class", ["core", "yolo-world", PICTURE], "--class"],
    ["a box of three numbers", ["core", "sam2", PICTURE, "--box", "1,2,3"], "x,y,width,height"],
    ["no point", ["core", "sam", PICTURE], "--point"],
    ["no concept", ["core", "sam3-concept", PICTURE], "--text"],
    ["one id for two pictures", ["core", "sam2", "shots", "--image-id", "a"], "one input"],
    ["examples that are none", ["core", "owlv2", PICTURE, "--examples", "list.json"], "list.json"],
    ["a file that is missing", ["core", "sam3-3d", PICTURE, "--mask", "none.json"], "none.json"],
    ["a clip on standard input", ["core", "actions", "-", "-m", "proj/1"], "standard input"],
    ["an option of another model", ["ocr", PICTURE, "--language", "en"], "--language"],
    ["an unknown model", ["ocr", PICTURE, "--model", "eyes"], "doctr"],
    ["a layer of CLIP", ["embed", PICTURE, "-m", "clip", "--layer", "logits"], "--layer"],
    ["no such file", ["ocr", "none.png"], "none.png"],
    ["an unknown task", ["core", "gaze", PICTURE], "gaze"],
  ])("%s is wrong usage: 2, and nothing is sent", async (_, args, shown) => {
    const { code, stdout, stderr } = await infer(args);
    expect([code, stdout, server.received]).toEqual([2, "", []]);
    expect(stderr).toContain(shown);
  });

  test("Ctrl-C leaves a whole JSON list and ends with 130", async () => {
    await using own = await startAnsweringServer();
    const arrived = Promise.withResolvers<void>();
    own.stall(arrived.resolve);
    const { child, finished } = startInfer(["ocr", "shots", "--api-url", own.url], settings());
    await arrived.promise;
    child.kill("SIGINT");
    const { code, stdout, stderr } = await finished;
    expect([code, JSON.parse(stdout)]).toEqual([130, []]);
    expect(stderr).toContain("interrupted; 0 of 2 were done.");
  });
});
