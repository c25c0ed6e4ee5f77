import { createServer } from "node:http";
import { type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import { colourWorkflow } from "@inference-ts/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Finished, runInfer, startInfer } from "../../testing/run-infer.ts";
import { createWorkplace, type Workplace } from "../../testing/workplace.ts";

let server: Sandbox;
let place: Workplace;

const DETECT = colourWorkflow({ found: "$steps.model.predictions", run: "$steps.model.inference_id" });

beforeAll(async () => {
  server = await startSandbox();
  place = createWorkplace();
  place.write("detect.json", JSON.stringify(DETECT));
  place.write("bad.json", "[1]");
});
afterAll(async () => {
  await server?.close();
  place?.remove();
});

const settings = () => ({
  cwd: place.path,
  env: { INFERENCE_API_URL: server.url, INFERENCE_API_KEY: "test-key" },
});
const infer = (...args: string[]) => runInfer(["pipelines", ...args], settings());

async function ids(): Promise<string[]> {
  const { stdout } = await infer("list", "--json");
  return JSON.parse(stdout).pipelines;
}

test("a pipeline from start to stop", async () => {
  const started = await infer("start", "rtsp://camera/1", "-w", "detect.json", "--max-fps", "5");
  expect(started).toMatchObject({ code: 0, stderr: "" });
  const id = started.stdout.trim();
  expect(await ids()).toEqual([id]);
  expect((await infer("status", id)).stdout).toBe("source 0  RUNNING  rtsp://camera/1\n15.0 frames/s\n");
  expect(await infer("pause", id)).toMatchObject({ code: 0, stdout: `paused ${id}\n` });
  const twice = await infer("pause", id);
  expect(twice.code).toBe(1);
  expect(twice.stderr).toContain("500");
  expect(await infer("resume", id)).toMatchObject({ code: 0, stdout: `resumed ${id}\n` });
  const watched = await infer("watch", id, "--limit", "2", "--exclude", "run");
  expect(watched).toMatchObject({ code: 0, stderr: "2 results\n" });
  const lines = watched.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { frames: [{ frame_id: 1 }], outputs: [{ found: { predictions: [{ class: "red", width: 40 }] } }] },
    { frames: [{ frame_id: 2 }] },
  ]);
  expect(Object.keys(lines[0].outputs[0])).toEqual(["found"]);
  expect(await infer("stop", id)).toMatchObject({ code: 0, stdout: `stopped ${id}\n` });
  expect(await ids()).toEqual([]);
  // Ten processes, one after another.
}, 60_000);

test("status hides the login of a camera, also a password with an @", async () => {
  const started = await infer("start", "rtsp://admin:p@ss-word@camera/1", "-w", "detect.json");
  const id = started.stdout.trim();
  const { stdout } = await infer("status", id);
  expect(stdout).toContain("rtsp://***@camera/1");
  expect(stdout).not.toContain("ss-word");
  const json = await infer("status", id, "--json");
  expect(JSON.parse(json.stdout).sources_metadata).toMatchObject([
    { source_id: 0, source_reference: "rtsp://***@camera/1" },
  ]);
  await infer("stop", id);
});

test("--watch prints every result of a file and leaves no pipeline behind", async () => {
  const limits = ["--idle", "none", "--consumption-timeout", "none"];
  const args = ["start", "/videos/a.mp4", "-w", "detect.json", "--every-frame", "--watch", ...limits];
  const { code, stdout, stderr } = await infer(...args);
  expect(code).toBe(0);
  expect(stdout.trim().split("\n")).toHaveLength(30);
  expect(stderr).toMatch(/^started [\w-]+\n30 results\n$/);
  expect(await ids()).toEqual([]);
});

test("Ctrl-C in the middle ends the pipeline too", async () => {
  const { child, finished, stderrHas } = startInfer(
    ["pipelines", "start", "rtsp://camera/2", "-w", "detect.json", "--watch"],
    settings(),
  );
  await stderrHas((text) => text.includes("started"));
  child.stdout.once("data", () => child.kill("SIGINT"));
  const { code } = await finished;
  expect(code).toBe(130);
  expect(await ids()).toEqual([]);
});

describe("Ctrl-C before the server has answered a start", () => {
  const asked: string[] = [];
  /** Interrupts when the start arrives; `answer` is sent a moment later. */
  async function interrupted(answer: string | null): Promise<Finished> {
    asked.length = 0;
    const server = createServer(async (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      request.resume();
      response.setHeader("content-type", "application/json");
      if (!request.url?.endsWith("/initialise")) {
        response.end(ANSWER);
        return;
      }
      child.kill("SIGINT");
      await stderrHas((text) => text.includes("waiting"));
      if (answer !== null) response.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = Object(server.address());
    const { child, finished, stderrHas } = startInfer(
      ["pipelines", "start", "rtsp://camera/3", "-w", "detect.json"],
      { cwd: place.path, env: { INFERENCE_API_URL: `http://127.0.0.1:${port}` } },
    );
    try {
      return await finished;
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const ANSWER = JSON.stringify({ status: "success", context: { request_id: "r", pipeline_id: "p-1" } });

  test("ends the pipeline that is started", async () => {
    const { code, stdout } = await interrupted(ANSWER);
    expect([code, stdout]).toEqual([130, ""]);
    expect(asked).toEqual([
      "POST /inference_pipelines/initialise",
      expect.stringMatching(/\/inference_pipelines\/p-1\/terminate$/),
    ]);
  });

  test("says what to do where no answer comes", async () => {
    const { code, stderr } = await interrupted(null);
    expect(code).toBe(130);
    expect(stderr).toContain("infer pipelines list");
    expect(asked).toEqual(["POST /inference_pipelines/initialise"]);
  });
});

test.each([
  [["start", "video.mp4", "-w", "detect.json"], 2, "./video.mp4"],
  [["start", "/a.mp4", "-w", "none.json"], 2, "There is no file none.json"],
  [["start", "/a.mp4", "-w", "bad.json"], 2, "bad.json does not hold"],
  [["start", "/a.mp4", "-w", "my-workspace/my-workflow"], 1, "not valid"],
  [["start", "/a.mp4", "-w", "detect.json", "--max-fps", "0"], 2, "above 0"],
  [["start", "/a.mp4", "-w", "detect.json", "--param", "x"], 2, "a name and a value"],
  [["start", "/a.mp4", "-w", "detect.json", "--param", "x=1", "--param", "x=2"], 2, '"x" is given twice'],
  [["watch", "not-there"], 1, "404"],
  [["stop", "not-there"], 1, "400"],
])("infer pipelines %j ends with %i", async (args, code, message) => {
  const found = await infer(...args);
  expect(found.stderr).toContain(message);
  expect(found.code).toBe(code);
});
