import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import { writeNumberedVideo } from "@inference-ts/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInfer, startInfer } from "../testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "../testing/workplace.ts";

const FRAMES = 40;
const FPS = 20;

let sandbox: Sandbox;
let place: Workplace;

beforeAll(async () => {
  sandbox = await startSandbox();
  place = createWorkplace();
  place.write("picture.png", await twoBoxes());
  place.write("words.txt", "Only words.\n".repeat(50));
  await writeNumberedVideo(`${place.path}/clip.mp4`, { width: 160, height: 96, frames: FRAMES, fps: FPS });
});
afterAll(async () => {
  await sandbox?.close();
  place?.remove();
});

const environment = (url: string) => ({
  cwd: place.path,
  env: { INFERENCE_API_URL: url, INFERENCE_API_KEY: SANDBOX_KEY },
});
const infer = (...args: string[]) =>
  runInfer(["video", ...args, "-m", "colours/1"], environment(sandbox.url));

interface Line {
  readonly frame: number;
  readonly timestampMs: number;
  readonly result?: { readonly task: string };
  readonly error?: { readonly code: string };
}
const linesOf = (text: string): Line[] => {
  const lines = text.split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => JSON.parse(line));
};
const framesOf = (text: string) => linesOf(text).map(({ frame }) => frame);

describe("frames", () => {
  test("come as JSON lines in order, with number, time and result", async () => {
    const { code, stdout, stderr } = await infer("clip.mp4");
    const lines = linesOf(stdout);
    expect(lines.map(({ frame, timestampMs }) => [frame, timestampMs])).toEqual(
      Array.from({ length: FRAMES }, (_, frame) => [frame, (frame * 1000) / FPS]),
    );
    for (const { result } of lines) expect(result).toHaveProperty("task", "object-detection");
    expect(stderr).toMatch(/^40 frames in [\d.]+ s: 40 ok, 0 failed, [\d.]+\/s\.\n$/);
    expect(code).toBe(0);
  });

  test.each([
    ["every tenth", ["--stride", "10"], [0, 10, 20, 30]],
    ["two a second", ["--max-fps", "2"], [0, 10, 20, 30]],
    ["the first three", ["--max-frames", "3"], [0, 1, 2]],
  ])("are chosen: %s", async (_, options, expected) => {
    const { code, stdout, stderr } = await infer("clip.mp4", "--quiet", ...options);
    expect([code, framesOf(stdout), stderr]).toEqual([0, expected, ""]);
  });

  test("go to a file", async () => {
    const { code, stdout } = await infer("clip.mp4", "--stride", "20", "--output", "out/clip.jsonl");
    expect([code, stdout]).toEqual([0, ""]);
    expect(framesOf(readFileSync(`${place.path}/out/clip.jsonl`, "utf8"))).toEqual([0, 20]);
  });
});

describe("failures", () => {
  test.each([
    ["a missing file", "none.mp4", 2],
    ["a folder", ".", 2],
    ["text", "words.txt", 1],
    ["a picture", "picture.png", 1],
    ["an unknown protocol", "gopher://host/clip", 2],
  ])("%s", async (_, source, expected) => {
    const { code, stdout, stderr } = await infer(source);
    expect([code, stdout]).toEqual([expected, ""]);
    expect(stderr).toMatch(/^infer: /);
  });

  test.each(["none.mp4", "."])("results of before stay where %s is no video", async (source) => {
    const file = place.write("kept.jsonl", "of before");
    expect(await infer(source, "-o", "kept.jsonl")).toMatchObject({ code: 2, stdout: "" });
    expect(readFileSync(file, "utf8")).toBe("of before");
  });

  test.each([
    ["--stride", "0"],
    ["--max-fps", "0"],
    ["--max-frames", "x"],
  ])("%s %s", async (...option) => {
    expect(await infer("clip.mp4", ...option)).toMatchObject({ code: 2, stdout: "" });
  });
});

test("Ctrl-C: exit 130 within two seconds, the finished frames are in the file", async () => {
  const answered = 6;
  const stalled = Promise.withResolvers<void>();
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      count += 1;
      if (count > answered) return stalled.resolve();
      const image = { width: 160, height: 96 };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ image, predictions: [], time: 0.01 }));
    });
  });
  let count = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const args = ["video", "clip.mp4", "-m", "colours/1", "--api-mode", "v0", "--concurrency", "1"];
    const { child, finished } = startInfer(
      [...args, "--output", "cut.jsonl"],
      environment(`http://127.0.0.1:${port}`),
    );
    await stalled.promise;
    const before = performance.now();
    child.kill("SIGINT");
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(stderr).toContain("interrupted");
    expect(framesOf(readFileSync(`${place.path}/cut.jsonl`, "utf8")).length).toBeGreaterThan(0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
