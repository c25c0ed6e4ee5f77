import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SANDBOX_KEY, type Sandbox, startSandbox } from "@inference-ts/sdk/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInfer, startInfer } from "../testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "../testing/workplace.ts";

/** Requests before the warm-up: what answers there. Before its first picture: the registry, and loading the model. */
const INFO = 1;
const MODEL = 2;

let sandbox: Sandbox;
let place: Workplace;

beforeAll(async () => {
  sandbox = await startSandbox();
  place = createWorkplace();
  const picture = await twoBoxes();
  for (const name of ["a", "b", "c"]) place.write(`shots/${name}.png`, picture);
  place.write("bad.png", "not a picture");
});
afterAll(async () => {
  await sandbox?.close();
  place?.remove();
});

const settings = (url: string) => ({
  cwd: place.path,
  env: { INFERENCE_API_URL: url, INFERENCE_API_KEY: SANDBOX_KEY },
});

function benchmark(args: readonly string[], url = sandbox.url, input?: Uint8Array) {
  const all = ["benchmark", "-m", "colours/1", ...args];
  return runInfer(all, { ...settings(url), ...(input === undefined ? {} : { input }) });
}

describe("loads", () => {
  test("closed loop: the wanted requests, warm-up apart, a table", async () => {
    await using own = await startSandbox();
    const args = ["--requests", "12", "--clients", "3", "--warmup", "5"];
    const { code, stdout, stderr } = await benchmark(args, own.url);
    expect([code, stderr]).toEqual([0, ""]);
    expect(own.requests.byRoute["/infer/object_detection"]).toBe(17);
    expect(own.requests.peakInFlight).toBe(3);
    expect(stdout).toMatch(/^model +colours\/1 at http:\S+ \(v1, Roboflow Inference Server.* 1\.8\.3\)$/m);
    expect(stdout).toMatch(/^load +closed loop, 3 clients, 1 picture in a request$/m);
    expect(stdout).toMatch(/^requests +12 ok, 0 failed in [\d.]+ s, after 5 to warm up$/m);
    expect(stdout).toMatch(/^throughput +[\d.]+ requests\/s, [\d.]+ pictures\/s$/m);
    expect(stdout).toMatch(/^latency +p50 [\d.]+ {2}p75 .* p90 .* p95 .* p99 .* max [\d.]+ {2}\(ms\)$/m);
  });

  test("batches of several files, the report in a file", async () => {
    await using own = await startSandbox();
    const args = ["shots", "--requests", "4", "--batch", "3", "--warmup", "0", "--json", "out/report.json"];
    const { code, stdout } = await benchmark(args, own.url);
    const report = JSON.parse(readFileSync(join(place.path, "out/report.json"), "utf8"));
    expect([code, own.requests.byRoute["/infer/object_detection"]]).toEqual([0, 4]);
    expect(stdout).toContain("3 pictures in a request");
    expect(report).toMatchObject({
      target: { api_url: own.url, mode: "v1", model_id: "colours/1", server: { version: "1.8.3" } },
      load: { kind: "closed", clients: 1, rate_per_s: null, requests: 4, duration_s: null, batch: 3 },
      pictures: { count: 3, generated: false },
      warmup: { ok: 0, failed: 0, latency_ms: null },
      interrupted: false,
      requests: { finished: 4, ok: 4, failed: 0, unfinished: 0 },
      errors: {},
      percentiles_exact: true,
      start_delay_ms: null,
      gates: [],
    });
    expect(report.images_per_s / report.requests_per_s).toBeCloseTo(3, 2);
    const { min, p50, p99, max } = report.latency_ms;
    expect([min, p50, p99, max]).toEqual([min, p50, p99, max].sort((a, b) => a - b));
    expect(min).toBeGreaterThan(0);
  });

  test("open loop: a stall is charged to the requests that were due during it", async () => {
    const stalledAt = INFO + MODEL + 1;
    await using own = await startSandbox({ latencyMs: (request) => (request === stalledAt ? 600 : 0) });
    const args = ["--rate", "20", "--clients", "1", "--requests", "10", "--warmup", "1", "--json", "-"];
    const { code, stdout } = await benchmark(args, own.url);
    const { latency_ms: latency, start_delay_ms: delay, load, requests } = JSON.parse(stdout);
    expect([code, load.kind, load.rate_per_s, requests.ok]).toEqual([0, "open", 20, 10]);
    // Ten requests were due within 450 ms; with a closed loop only one of them would have been slow.
    expect(latency.max).toBeGreaterThanOrEqual(600);
    expect(latency.p50).toBeGreaterThanOrEqual(300);
    expect(latency.min).toBeGreaterThanOrEqual(150);
    expect(delay.max).toBeGreaterThanOrEqual(500);
  });

  test("for a time, with a picture from standard input, in API mode v0", async () => {
    const args = ["-", "--api-mode", "v0", "--duration", "0.3", "--warmup", "1", "--json", "-"];
    const { code, stdout } = await benchmark(args, sandbox.url, await twoBoxes());
    const report = JSON.parse(stdout);
    expect([code, report.target.mode, report.pictures.count]).toEqual([0, "v0", 1]);
    expect(report.load).toMatchObject({ requests: null, duration_s: 0.3 });
    expect(report.requests.ok).toBeGreaterThan(0);
    expect(report.seconds).toBeGreaterThan(0.25);
  });
});

describe("failures and gates", () => {
  const faulty = (count: number) => {
    const busy = { kind: "status", status: 503 } as const;
    return { sequence: [...Array<null>(INFO + MODEL + 1).fill(null), ...Array(count).fill(busy)] };
  };

  test("failures are counted apart, by what they were; nothing is sent again: 1", async () => {
    await using own = await startSandbox({ faults: faulty(3) });
    const { code, stdout } = await benchmark(["--requests", "10", "--warmup", "1", "--json", "-"], own.url);
    const report = JSON.parse(stdout);
    expect(report.requests).toMatchObject({ finished: 10, ok: 7, failed: 3 });
    expect([code, report.errors]).toEqual([1, { "HTTP_ERROR 503": 3 }]);
    expect(own.requests.total).toBe(INFO + MODEL + 11);
  });

  test.each([
    [["errors>30%"], 0, [true]],
    [["errors>=30%"], 1, [false]],
    [["errors>3", "p99>60s", "rps<0.001"], 0, [true, true, true]],
    [["errors>3", "max<60s"], 1, [true, false]],
    [["p99>60s"], 1, [true]],
  ])("--fail-if %j: %d", async (gates, expected, passed) => {
    await using own = await startSandbox({ faults: faulty(3) });
    const conditions = gates.flatMap((gate) => ["--fail-if", gate]);
    const args = ["--requests", "10", "--warmup", "1", "--json", "-", ...conditions];
    const { code, stdout } = await benchmark(args, own.url);
    const { gates: outcomes } = JSON.parse(stdout);
    expect(code).toBe(expected);
    expect(outcomes.map((outcome: { ok: boolean }) => outcome.ok)).toEqual(passed);
  });

  test("a failed gate stands in the table", async () => {
    const { code, stdout } = await benchmark(["--requests", "3", "--warmup", "0", "--fail-if", "p99<60s"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^gate +FAILED {2}fails if p99<60s; measured [\d.]+$/m);
  });

  test("a warm-up without any success ends it with what was wrong", async () => {
    const unknown = await benchmark(["-m", "nothing/1", "--warmup", "2"]);
    expect([unknown.code, unknown.stdout]).toEqual([1, ""]);
    expect(unknown.stderr).toContain("404");
    await using locked = await startSandbox({ apiKey: "another-key" });
    expect((await benchmark([], locked.url)).code).toBe(3);
    const closed = await startSandbox();
    await closed.close();
    expect((await benchmark([], closed.url)).code).toBe(4);
  });

  test.each([
    ["a condition that is none", ["--fail-if", "p98>1"], "p99>500"],
    ["a batch in v0", ["--batch", "2", "--api-mode", "v0"], "API v1"],
    ["no clients", ["--clients", "0"], "whole number"],
    ["a rate of nothing", ["--rate", "0"], "above 0"],
    ["a picture that is none", ["bad.png"], "bad.png"],
    ["a hosted server without --yes", ["--api-url", "https://serverless.roboflow.com"], "--yes"],
  ])("%s is wrong usage: 2", async (_, args, shown) => {
    const { code, stdout, stderr } = await benchmark(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(shown);
  });
});

test("Ctrl-C shows what was measured so far and ends with 130", async () => {
  const slowFrom = INFO + MODEL + 1 + 5;
  const slowOne = Promise.withResolvers<void>();
  await using own = await startSandbox({
    latencyMs: (request) => {
      if (request < slowFrom) return 0;
      slowOne.resolve();
      return 60_000;
    },
  });
  const args = ["benchmark", "-m", "colours/1", "--warmup", "1", "--json", "-"];
  const { child, finished } = startInfer(args, settings(own.url));
  await slowOne.promise;
  child.kill("SIGINT");
  const { code, stdout } = await finished;
  const report = JSON.parse(stdout);
  expect([code, report.interrupted]).toEqual([130, true]);
  expect(report.requests).toMatchObject({ finished: 5, ok: 5, failed: 0, unfinished: 1 });
  expect(report.latency_ms.max).toBeGreaterThan(0);
});
