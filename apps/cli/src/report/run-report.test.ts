import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInfer } from "../testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "../testing/workplace.ts";
import type { ReportData } from "./report-data.ts";

let sandbox: Sandbox;
let place: Workplace;

beforeAll(async () => {
  sandbox = await startSandbox();
  place = createWorkplace();
  const picture = await twoBoxes();
  place.write("shots/a 1%.png", picture);
  place.write("shots/deep/b.jpg", await twoBoxes({ format: "jpeg" }));
  place.write("shots/bad.png", "not a picture");
  place.write(
    "solid.yml",
    'annotators:\n  - type: "color"\n    params:\n      opacity: 1\n      color: "#00ff00"\n',
  );
});
afterAll(async () => {
  await sandbox?.close();
  place?.remove();
});

function infer(args: readonly string[]) {
  const env = { INFERENCE_API_URL: sandbox.url, INFERENCE_API_KEY: SANDBOX_KEY };
  return runInfer(args, { cwd: place.path, env });
}

function dataOf(html: string): ReportData {
  const [, json = "{}"] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json);
}

test("a report has every picture, its results, its time, and the failures", async () => {
  const args = ["run", "shots", "--recursive", "-m", "colours/1", "--format", "none"];
  // The second run finds the pictures of the first report in the folder and leaves them out.
  for (const time of ["first", "second"]) {
    const { code } = await infer([...args, "--report", "shots/report.html"]);
    expect([time, code]).toEqual([time, 1]);
    const html = readFileSync(join(place.path, "shots/report.html"), "utf8");
    const { items, classes, facts } = dataOf(html);
    expect(items.map(({ name }) => name)).toEqual(["shots/a 1%.png", "shots/bad.png", "shots/deep/b.jpg"]);
    expect([...classes].sort()).toEqual(["blue", "red"]);
    expect(facts).toEqual(
      expect.arrayContaining([
        ["Pictures", "3"],
        ["Failed", "1"],
      ]),
    );
    expect(items[0]).toMatchObject({ picture: "report_files/a%201%25.jpg", width: 512, height: 512 });
    expect(items[0]?.objects).toHaveLength(2);
    expect(items[0]?.ms).toBeGreaterThan(0);
    expect(items[1]).toMatchObject({ objects: [], error: { code: "INVALID_INPUT_FORMAT" } });
    expect(items[1]?.picture).toBeUndefined();
    expect(html).not.toContain(SANDBOX_KEY);
  }
  const files = readdirSync(join(place.path, "shots/report_files"), { recursive: true });
  expect([...files].map(String).sort()).toEqual(["a 1%.jpg", "deep", join("deep", "b.jpg")]);
});

async function colorAt(file: string, x: number, y: number): Promise<readonly number[]> {
  const { data, info } = await sharp(join(place.path, file)).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
}

test("--draw takes a file of Python's command line", async () => {
  const { code, stderr } = await infer([
    "run",
    "shots/a 1%.png",
    "-m",
    "colours/1",
    "--out",
    "o",
    "--draw",
    "solid.yml",
  ]);
  expect([code, stderr.includes("1 ok")]).toEqual([0, true]);
  expect(await colorAt("o/a 1%.annotated.png", 100, 100)).toEqual([0, 255, 0]);
  expect(await colorAt("o/a 1%.annotated.png", 5, 5)).toEqual([0, 0, 0]);
});

test("--draw takes a preset, for the folder and for the report", async () => {
  const args = ["run", "shots/a 1%.png", "-m", "colours/1", "--format", "none", "--draw", "pixelate"];
  expect((await infer([...args, "--out", "both", "--report", "both.html"])).code).toBe(0);
  // The inside of a red box is red also in squares; no label and no frame is drawn.
  expect(await colorAt("both/a 1%.annotated.png", 100, 100)).toEqual([255, 0, 0]);
  expect(await colorAt("both/a 1%.annotated.png", 60, 60)).toEqual([0, 0, 0]);
  expect(existsSync(join(place.path, "both_files/a 1%.jpg"))).toBe(true);
});

test("what cannot be drawn is said before anything is sent", async () => {
  place.write("trace.yml", "annotators:\n  - type: trace\n");
  for (const [what, reason] of [
    ["sparkle", "knows no preset"],
    ["trace.yml", "frames of a video"],
    ["shots/a 1%.png", "cannot be read"],
  ] as const) {
    const { code, stderr } = await infer([
      "run",
      "shots",
      "-m",
      "colours/1",
      "--out",
      "never",
      "--draw",
      what,
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
  }
  expect(existsSync(join(place.path, "never"))).toBe(false);
  const { code, stderr } = await infer(["run", "shots", "-m", "colours/1", "--draw", "boxes"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("--report")]);
});

test("a folder in the place of the report is found out before anything is sent", async () => {
  const before = sandbox.requests.total;
  const { code, stdout, stderr } = await infer(["run", "shots", "-m", "colours/1", "--report", "shots"]);
  expect([code, stdout, sandbox.requests.total]).toEqual([2, "", before]);
  expect(stderr).toContain("shots");
});
