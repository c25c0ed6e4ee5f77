/** `npm run bench`: measures the package against hand-written clients, and checks the figures of `gates.json`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { ROOT } from "../release/packages.ts";
import { parseBenchArguments, UsageError } from "./arguments.ts";
import { ensureBuilt } from "./built-package.ts";
import { compilePrograms } from "./compile-programs.ts";
import type { Figure } from "./figure.ts";
import { judge, readGates, scenarioOf } from "./gates.ts";
import { makePicture } from "./picture.ts";
import { installPythonSdk } from "./python/install-python-sdk.ts";
import type { PythonSdk } from "./python/python-sdk.ts";
import { figureTable, verdictLines } from "./report.ts";
import type { BenchContext } from "./scenarios/scenario.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";
import { startServer } from "./server/server.ts";

const USAGE = `npm run bench -- [scenario...] [options]

  --only <names>    scenarios to run, separated by commas (or as plain arguments); default: all
  --rounds <n>      rounds in which every contender has its turn; default 5
  --python          measure the Python SDK, numpy, pycocotools and OpenCV too; they are installed into node_modules/.cache on first use
  --json <file>     write figures, samples and machine to a file
  --gate            exit with 1 when a figure of tools/bench/gates.json is not reached in two tries

Scenarios:
${SCENARIOS.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join("\n")}`;

const CACHE_DIR = join(ROOT, "node_modules", ".cache", "inference-ts-bench");

try {
  process.exitCode = await bench(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function bench(args: readonly string[]): Promise<number> {
  const names = SCENARIOS.map(({ name }) => name);
  const { help, scenarios, rounds, gate, python, json } = parseBenchArguments(args, names);
  if (help) {
    console.log(USAGE);
    return 0;
  }
  await ensureBuilt(console.log);
  const measuresPython = python && scenarios.includes("latency");
  const pythonSdk = measuresPython ? await preparePython() : null;
  await using cleanup = new AsyncDisposableStack();
  mkdirSync(CACHE_DIR, { recursive: true });
  const folder = mkdtempSync(join(CACHE_DIR, "run-"));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
  const pictureFile = join(folder, "picture.jpg");
  writeFileSync(pictureFile, await makePicture());
  const programs = compilePrograms(folder);
  const context: BenchContext = {
    rounds,
    scale: 1,
    instantUrl: cleanup.use(await startServer("instant", programs.server)).url,
    mixUrl: cleanup.use(await startServer("mix", programs.server)).url,
    pictureFile,
    programs,
    nodeOptions: [],
    python: pythonSdk,
    packagesDir: python ? CACHE_DIR : null,
  };
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, load ${loadText()}, ${rounds} rounds`,
  );

  const gates = readGates();
  const figures = new Map<string, readonly Figure[]>();
  const measure = async (chosen: readonly string[]): Promise<void> => {
    for (const scenario of SCENARIOS.filter(({ name }) => chosen.includes(name))) {
      console.log(`\n${scenario.name}: ${scenario.about}`);
      const measured = await scenario.run(context);
      figures.set(scenario.name, measured);
      for (const line of figureTable(measured, gates)) console.log(line);
    }
  };
  const judged = () => judge(gates, [...figures.values()].flat());

  await measure(scenarios);
  const missed = judged().filter(({ outcome }) => outcome === "failed");
  if (gate && missed.length > 0) {
    console.log(
      `\nSecond try (load ${loadText()}) for ${missed.map((verdict) => verdict.gate.figure).join(", ")}`,
    );
    await measure(missed.map((verdict) => scenarioOf(verdict.gate)));
  }

  const verdicts = judged();
  if (json !== null) {
    const machine = { node: process.version, cores: availableParallelism(), load: loadavg() };
    const report = { machine, rounds, figures: [...figures.values()].flat(), verdicts };
    writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  }
  if (!gate) return 0;
  const units = new Map([...figures.values()].flat().map(({ name, unit }) => [name, unit]));
  console.log("");
  for (const line of verdictLines(verdicts, (name) => units.get(name) ?? "x")) console.log(line);
  return verdicts.some(({ outcome }) => outcome === "failed") ? 1 : 0;
}

async function preparePython(): Promise<PythonSdk | null> {
  console.log("preparing the Python SDK");
  const installation = await installPythonSdk(CACHE_DIR);
  if ("sdk" in installation) return installation.sdk;
  console.log(`SKIPPED the Python SDK: ${installation.missing}`);
  return null;
}

function loadText(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(" ");
}
