import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import { readPaintedNumber, writeNumberedVideo } from "@inference-ts/testing";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { runInfer, startInfer } from "../../testing/run-infer.ts";
import { createWorkplace, type Workplace } from "../../testing/workplace.ts";

const FRAMES = 40;
const FPS = 20;
const SIZE = { width: 256, height: 192 } as const;
const squareOf = (frame: number) => ({ x: (frame % 13) * 16, y: 96, size: 48 });

const WORKFLOW = {
  version: "1.4.0",
  inputs: [
    { type: "WorkflowImage", name: "image" },
    { type: "WorkflowParameter", name: "confidence", default_value: 0.4 },
  ],
  steps: [
    {
      type: "roboflow_core/roboflow_object_detection_model@v2",
      name: "model",
      images: "$inputs.image",
      model_id: "colours/1",
      confidence: "$inputs.confidence",
    },
    {
      type: "roboflow_core/property_definition@v1",
      name: "count",
      data: "$steps.model.predictions",
      operations: [{ type: "SequenceLength" }],
    },
  ],
  outputs: [
    { type: "JsonField", name: "count", selector: "$steps.count.output" },
    { type: "JsonField", name: "picture", selector: "$inputs.image" },
  ],
};

let sandbox: Sandbox;
let place: Workplace;

beforeAll(async () => {
  sandbox = await startSandbox();
  place = createWorkplace();
  place.write("words.txt", "Only words.\n".repeat(50));
  place.write("detect.json", JSON.stringify(WORKFLOW));
  const video = { ...SIZE, frames: FRAMES, fps: FPS, square: squareOf, codec: "libx264" } as const;
  await writeNumberedVideo(`${place.path}/clip.mp4`, video);
  await writeNumberedVideo(`${place.path}/long.mp4`, { ...video, frames: 400 });
});
afterAll(async () => {
  await sandbox?.close();
  place?.remove();
});
// Whatever happens to the command, its worker is told.
afterEach(() => vi.waitFor(() => expect(sandbox.liveSessions).toBe(0), { timeout: 1_000, interval: 10 }));

const settings = () => ({
  cwd: place.path,
  env: { INFERENCE_API_URL: sandbox.url, INFERENCE_API_KEY: SANDBOX_KEY },
});
const infer = (...args: string[]) => runInfer(["video", ...args], settings());
const live = (...args: string[]) => infer(...args, "--webrtc");

interface Line {
  readonly frame: number;
  readonly timestampMs: number;
  readonly result: {
    readonly task: string;
    readonly predictions: { readonly x: number; readonly class: string }[];
  };
}
const linesOf = (text: string) => {
  const lines = text.split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line));
};
const read = (...path: string[]) => readFileSync(join(place.path, ...path));

describe("a file and a model", () => {
  test("every frame is a line with number, time and the result that belongs to it", async () => {
    const { code, stdout, stderr } = await live("clip.mp4", "-m", "colours/1");
    const lines: Line[] = linesOf(stdout);
    expect(lines.map(({ frame }) => frame)).toEqual(Array.from({ length: FRAMES }, (_, frame) => frame));
    for (const { frame, timestampMs, result } of lines) {
      expect(timestampMs).toBeCloseTo((frame * 1000) / FPS, 1);
      expect(result.task).toBe("object-detection");
      const { x, size } = squareOf(frame);
      expect(result.predictions).toMatchObject([{ class: "red" }]);
      expect(Math.abs((result.predictions[0]?.x ?? 0) - (x + size / 2))).toBeLessThan(8);
    }
    expect(stderr).toMatch(
      /^(?:\w+: .*\n)*40 frames in [\d.]+ s: 40 ok, 0 failed, 0 dropped, [\d.]+\/s\.\n$/,
    );
    expect(code).toBe(0);
  });

  test("pictures are saved with their results, each with the number of its line", async () => {
    const args = ["-m", "colours/1", "--save", "pictures", "-o", "out/lines.jsonl", "--quiet"];
    const { code, stdout, stderr } = await live("clip.mp4", ...args);
    expect([code, stdout, stderr]).toEqual([0, "", ""]);
    expect(linesOf(read("out/lines.jsonl").toString())).toHaveLength(FRAMES);
    const names = readdirSync(join(place.path, "pictures")).sort();
    expect(names).toEqual(
      Array.from({ length: FRAMES }, (_, at) => `frame-${String(at).padStart(6, "0")}.jpg`),
    );
    for (const at of [0, 17, 39]) {
      const picture = sharp(read("pictures", names[at] ?? "")).removeAlpha();
      const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
      expect(readPaintedNumber(data, info.width)).toBe(at);
      // The upper edge of the box is no longer red.
      const { x, y } = squareOf(at);
      const pixel = data.subarray((y * info.width + x + 24) * 3, (y * info.width + x + 24) * 3 + 3);
      expect(pixel[2]).toBeGreaterThan(60);
    }
  });

  test("or as a video, which the command itself can read again", async () => {
    const args = ["-m", "colours/1", "--save", "out/drawn.avi", "--quiet", "--max-frames", "30"];
    const { code, stderr } = await live("clip.mp4", ...args);
    expect([code, stderr]).toEqual([0, ""]);
    const again = await infer("out/drawn.avi", "-m", "colours/1", "--quiet");
    expect([again.code, again.stderr]).toEqual([0, ""]);
    const times = linesOf(again.stdout).map(({ timestampMs }: Line) => timestampMs);
    expect(times).toHaveLength(30);
    for (const [index, time] of times.entries()) expect(time).toBeCloseTo((index * 1000) / FPS, 0);
  });

  test.each([
    ["four a second", ["--max-fps", "4"], [0, 5, 10, 15, 20, 25, 30, 35]],
    ["the first three", ["--max-frames", "3"], [0, 1, 2]],
  ])("lines are chosen: %s", async (_, options, expected) => {
    const { code, stdout, stderr } = await live("clip.mp4", "-m", "colours/1", "--quiet", ...options);
    expect([code, linesOf(stdout).map(({ frame }) => frame), stderr]).toEqual([0, expected, ""]);
  });

  test("only named classes are kept", async () => {
    const { stdout } = await live("clip.mp4", "-m", "colours/1", "--class", "blue", "--max-frames", "2");
    for (const { result } of linesOf(stdout)) expect(result.predictions).toEqual([]);
  });
});

describe("a file and a workflow", () => {
  test("outputs by name, without pictures", async () => {
    const { code, stdout } = await live("clip.mp4", "--workflow", "detect.json", "--max-frames", "5");
    expect(code).toBe(0);
    expect(linesOf(stdout).map(({ result }) => result)).toEqual(Array(5).fill({ count: 1 }));
  });

  test("parameters reach it, named outputs come back, its picture is saved as it is", async () => {
    const args = ["--param", "confidence=0.999", "--data-output", "count", "--stream-output", "picture"];
    const { code, stdout } = await live("clip.mp4", "--workflow", "detect.json", ...args, "--save", "plain");
    expect(code).toBe(0);
    expect(linesOf(stdout).map(({ result }) => result)).toEqual(Array(FRAMES).fill({ count: 0 }));
    expect(readdirSync(join(place.path, "plain"))).toHaveLength(FRAMES);
  });

  test("an output that it has not is refused", async () => {
    const { code, stderr } = await live("clip.mp4", "--workflow", "detect.json", "--data-output", "nothing");
    expect(code).toBe(1);
    expect(stderr).toContain("nothing");
  });
});

describe("wrong usage is refused before anything is sent", () => {
  test.each([
    ["a stride", ["-m", "colours/1", "--stride", "2"], "--stride"],
    ["a threshold", ["-m", "colours/1", "--confidence", "0.5"], "--confidence"],
    ["neither model nor workflow", [], "either --model or --workflow"],
    ["both", ["-m", "colours/1", "--workflow", "detect.json"], "either --model or --workflow"],
    ["the task of a workflow", ["--workflow", "detect.json", "--task", "classification"], "--task"],
    ["parameters of a model", ["-m", "colours/1", "--param", "a=1"], "--param"],
    [
      "pictures of a workflow without a name",
      ["--workflow", "detect.json", "--save", "x"],
      "--stream-output",
    ],
    ["a video of another kind", ["-m", "colours/1", "--save", "out.mp4"], ".avi"],
    ["a workflow that is not there", ["--workflow", "none.json"], "none.json"],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await live("clip.mp4", ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  test.each([["--workflow", "detect.json"], ["--save", "x"], ["--realtime"], ["--task", "classification"]])(
    "%s without --webrtc",
    async (...option) => {
      const { code, stderr } = await infer("clip.mp4", "-m", "colours/1", ...option);
      expect(code).toBe(2);
      expect(stderr).toContain(`${option[0]} needs --webrtc`);
    },
  );

  test.each([
    ["a missing file", "none.mp4", 2],
    ["a folder", ".", 2],
    ["an unknown protocol", "gopher://host/clip", 2],
  ])("%s", async (_, source, expected) => {
    const { code, stdout, stderr } = await live(source, "-m", "colours/1");
    expect([code, stdout]).toEqual([expected, ""]);
    expect(stderr).toMatch(/^infer: /);
  });
});

test("a camera that the server cannot open", async () => {
  const { code, stderr } = await live("rtsp://127.0.0.1:9/none", "-m", "colours/1");
  expect(code).toBe(1);
  expect(stderr).toContain("500");
});

test("a camera of this machine that is not there", async () => {
  const { code, stdout, stderr } = await live("17", "-m", "colours/1");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/webcam 17/);
});

test("a file that is no video ends without a line", async () => {
  const { code, stdout, stderr } = await live("words.txt", "-m", "colours/1");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("no frame");
});

test("a reader that leaves early ends it well", async () => {
  const { child, finished } = startInfer(["video", "long.mp4", "-m", "colours/1", "--webrtc"], settings());
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.destroy();
  expect((await finished).code).toBe(0);
});

test("Ctrl-C: exit 130 within two seconds, the worker knows, the finished lines are in the file", async () => {
  const args = ["video", "long.mp4", "-m", "colours/1", "--webrtc", "--realtime", "-o", "cut.jsonl"];
  const { child, finished, stderrHas } = startInfer(args, settings());
  await stderrHas((text) => /streaming: [1-9]\d* frames/.test(text));
  expect(sandbox.liveSessions).toBe(1);
  const before = performance.now();
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  expect(performance.now() - before).toBeLessThan(2_000);
  expect(code).toBe(130);
  expect(stderr).toContain("interrupted");
  const lines = linesOf(read("cut.jsonl").toString());
  expect(lines.length).toBeGreaterThan(0);
});
