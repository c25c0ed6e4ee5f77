import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ROOT } from "../../release/packages.ts";
import { compilePrograms } from "../compile-programs.ts";
import { startContender } from "../contenders/contender-process.ts";
import { makePicture } from "../picture.ts";
import { startServer } from "../server/server.ts";
import { type BenchContext, contenderSettings } from "./scenario.ts";
import { SCENARIOS } from "./scenarios.ts";

let context: BenchContext;
const cleanup = new AsyncDisposableStack();

beforeAll(async () => {
  const cache = join(ROOT, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "bench-test-"));
  cleanup.defer(() => rmSync(folder, { recursive: true }));
  const pictureFile = join(folder, "picture.jpg");
  writeFileSync(pictureFile, await makePicture());
  const programs = compilePrograms(folder);
  context = {
    rounds: 1,
    scale: 0.002,
    instantUrl: cleanup.use(await startServer("instant", programs.server)).url,
    mixUrl: cleanup.use(await startServer("mix", programs.server)).url,
    pictureFile,
    programs,
    nodeOptions: ["--conditions=source"],
    python: null,
    packagesDir: null,
  };
});
afterAll(() => cleanup.disposeAsync());

// Every contender counts the objects in all of its answers; a wrong number would make these fail.
test.each(SCENARIOS.map(({ name, run }) => [name, run] as const))("%s measures", async (name, run) => {
  const figures = await run(context);
  expect(figures.length).toBeGreaterThan(1);
  for (const figure of figures) {
    expect(figure.name.startsWith(`${name}.`)).toBe(true);
    expect(figure.samples.every(Number.isFinite)).toBe(true);
  }
});

test("a contender whose server is gone fails with its name", async () => {
  await using contender = await startContender("node:http", contenderSettings(context, "http://127.0.0.1:9"));
  await expect(contender.perform({ pace: "one-by-one", requests: 1, window: 1 })).rejects.toThrow(
    /node:http/,
  );
});

test("contenders that have started end when another one cannot", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bench-start-"));
  const program = join(folder, "contender.mjs");
  writeFileSync(
    program,
    `import { writeFileSync } from "node:fs";
    const [, , name] = process.argv;
    if (name === "node:http") process.exit(1);
    process.on("disconnect", () => process.exit());
    writeFileSync(${JSON.stringify(folder)} + "/" + process.pid + ".pid", "");
    setTimeout(() => process.send("ready"), 300);`,
  );
  const sequential = SCENARIOS.find(({ name }) => name === "sequential");
  try {
    const broken = { ...context, programs: { ...context.programs, contender: program } };
    await expect(sequential?.run(broken)).rejects.toThrow("node:http ended with exit code 1");
    const pids = () =>
      readdirSync(folder).flatMap((file) => (file.endsWith(".pid") ? [parseInt(file, 10)] : []));
    const isAlive = (pid: number) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    expect(pids()).toHaveLength(2);
    await vi.waitFor(() => expect(pids().filter(isAlive)).toEqual([]), { timeout: 3_000, interval: 100 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
