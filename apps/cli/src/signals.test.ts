import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SANDBOX_KEY, startSandbox } from "@inference-ts/sdk/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startInfer } from "./testing/run-infer.ts";
import { createWorkplace, twoBoxes, type Workplace } from "./testing/workplace.ts";

const PICTURES = 6;
/** Requests of a run before its first picture: the list of models, and loading the model. */
const BEFORE_PICTURES = 2;

let place: Workplace;

beforeAll(async () => {
  place = createWorkplace();
  const picture = await twoBoxes();
  for (let index = 0; index < PICTURES; index++) place.write(`shots/${index}.png`, picture);
  for (let index = 0; index < 60; index++) place.write(`many/${index}.png`, picture);
});
afterAll(() => place?.remove());

const settings = (url: string) => ({
  cwd: place.path,
  env: { INFERENCE_API_URL: url, INFERENCE_API_KEY: SANDBOX_KEY },
});

test("Ctrl-C keeps what was received, also behind a slow picture, and ends within two seconds with 130", async () => {
  await using sandbox = await startSandbox({
    latencyMs: (request) => (request === BEFORE_PICTURES ? 60_000 : 0),
  });
  const args = [
    "run",
    "shots",
    "-m",
    "colours/1",
    "--format",
    "jsonl",
    "--out",
    "kept",
    "--draw",
    "--verbose",
  ];
  const { child, finished, stderrHas } = startInfer([...args, "--concurrency", "2"], settings(sandbox.url));
  await stderrHas((text) => text.split(" decode ").length > PICTURES - 1);
  const startedAt = performance.now();
  child.kill("SIGINT");
  const { code, stdout, stderr } = await finished;
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(code).toBe(130);
  const inputs = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).input);
  // The first two are sent at once; the server decides which of them was the first, and slow.
  const all = Array.from({ length: PICTURES }, (_, index) => String(index));
  const kept = all.filter((name) => inputs.includes(`shots/${name}.png`));
  expect(inputs).toEqual(kept.map((name) => `shots/${name}.png`));
  expect([kept.length, kept.slice(1)]).toEqual([PICTURES - 1, all.slice(2)]);
  expect(readdirSync(join(place.path, "kept")).sort()).toEqual(
    kept.flatMap((name) => [`${name}.annotated.png`, `${name}.json`]),
  );
  expect(stderr).toContain("interrupted; 5 of 6 were done.");
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s with nothing received yet leaves a whole JSON list, and ends with %d",
  async (signal, expected) => {
    await using sandbox = await startSandbox({ latencyMs: 60_000 });
    const { child, finished, stderrHas } = startInfer(
      ["run", "shots", "-m", "colours/1", "--verbose"],
      settings(sandbox.url),
    );
    await stderrHas((text) => text.includes("endpoint"));
    child.kill(signal);
    const { code, stdout } = await finished;
    expect([code, JSON.parse(stdout)]).toEqual([expected, []]);
  },
);

test("Ctrl-C while standard input is open ends the process", async () => {
  await using sandbox = await startSandbox();
  const { child, finished, stderrHas } = startInfer(
    ["run", "-", "-m", "colours/1", "--verbose"],
    settings(sandbox.url),
  );
  await stderrHas((text) => text.includes(" plan "));
  child.kill("SIGINT");
  expect((await finished).code).toBe(130);
});

test("a reader that stops reading, such as head, ends the run quietly", async () => {
  await using sandbox = await startSandbox();
  const args = ["run", "many", "-m", "colours/1", "--format", "jsonl", "--concurrency", "1"];
  const { child, finished } = startInfer(args, settings(sandbox.url));
  await once(child.stdout, "data");
  child.stdout.destroy();
  const { code, stderr } = await finished;
  expect([code, stderr]).toEqual([0, ""]);
  expect(sandbox.requests.total).toBeLessThan(60);
});

test("infer sandbox serves until it is told to stop", async () => {
  const { child, finished, stderrHas } = startInfer(["sandbox", "--port", "0"]);
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const url = /http:\/\/\S+/.exec(String(line))?.[0] ?? "";
  expect(await (await fetch(`${url}/info`)).json()).toMatchObject({ version: "1.8.3" });
  await stderrHas((text) => text.includes("200 GET /info"));
  child.kill("SIGINT");
  expect((await finished).code).toBe(0);
});

test("infer sandbox on a taken port ends with 4", async () => {
  await using other = await startSandbox();
  const { finished } = startInfer(["sandbox", "--port", new URL(other.url).port]);
  const { code, stderr } = await finished;
  expect([code, stderr.includes("cannot listen on")]).toEqual([4, true]);
  // Not the advice of commands that find no server.
  expect(stderr).not.toContain("`infer sandbox`");
});
