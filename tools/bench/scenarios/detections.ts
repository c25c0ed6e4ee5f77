import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCommand } from "../../process/run-command.ts";
import { isTask, REPETITIONS, TASKS, type Task, type TaskReport, WARM_UP } from "../detections/tasks.ts";
import { makeWork } from "../detections/work.ts";
import { type Figure, figure } from "../figure.ts";
import { installPackages } from "../python/install-packages.ts";
import { pairwise } from "../statistics.ts";
import { interleave } from "./interleave.ts";
import type { BenchContext, Scenario } from "./scenario.ts";

const CONTENDERS = ["sdk", "python"] as const;
type DetectionsContender = (typeof CONTENDERS)[number];

/** Every measurement has a fresh process, and does each task several times after a warm-up. All must come to the same result. */
export const detections: Scenario = {
  name: "detections",
  about:
    "NMS of 10,000 boxes, decoding 1,000 masks and filling 1,000 polygons at 1080p, IoU of 2,000 x 2,000 boxes",
  run: async (context) => {
    const folder = mkdtempSync(join(tmpdir(), "detections-bench-"));
    try {
      const file = join(folder, "work.json");
      writeFileSync(file, JSON.stringify(makeWork(context.scale)));
      const python = await pythonInterpreter(context);
      const names = python === null ? CONTENDERS.slice(0, 1) : CONTENDERS;
      const reports = await interleave<DetectionsContender, TaskReport>(names, context.rounds, (name) =>
        name === "python" && python !== null ? measurePackages(python, file) : measureSdk(context, file),
      );
      return Object.keys(TASKS).flatMap((task) => (isTask(task) ? figuresOf(task, reports) : []));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function pythonInterpreter({ packagesDir }: BenchContext): Promise<string | null> {
  if (packagesDir === null) return null;
  const installation = await installPackages(packagesDir);
  if ("interpreter" in installation) return installation.interpreter;
  console.log(`SKIPPED numpy, pycocotools and OpenCV: ${installation.missing}`);
  return null;
}

function figuresOf(task: Task, reports: (name: DetectionsContender) => readonly TaskReport[]): Figure[] {
  const [ours, theirs] = [reports("sdk"), reports("python")];
  assertSameResult(task, [...ours, ...theirs]);
  const times = (list: readonly TaskReport[]) => list.map((report) => report[task].ms);
  const own = figure(`detections.${task}.sdk`, "ms", times(ours));
  if (theirs.length === 0) return [own];
  const { comparedWith, whySlower } = TASKS[task];
  const ratio = figure(`detections.${task}.times-${comparedWith}`, "x", pairwise(times(theirs), times(ours)));
  return [
    own,
    figure(`detections.${task}.${comparedWith}`, "ms", times(theirs)),
    ratio.value < 1 ? { ...ratio, note: `slower: ${whySlower}` } : ratio,
  ];
}

/** Sums of floats depend on the order, so they may differ in the last digits. */
const TOLERANCE = 1e-9;

function assertSameResult(task: Task, reports: readonly TaskReport[]): void {
  const [first = Number.NaN, ...others] = reports.map((report) => report[task].check);
  const wrong = others.find((check) => !(Math.abs(check - first) <= TOLERANCE * Math.abs(first)));
  if (wrong === undefined) return;
  throw new Error(`The contenders of detections.${task} come to different results: ${first} and ${wrong}.`);
}

function measureSdk({ nodeOptions }: BenchContext, file: string): Promise<TaskReport> {
  const program = join(import.meta.dirname, "../detections/detections-program.ts");
  return measure(process.execPath, [...nodeOptions, program, file]);
}

function measurePackages(interpreter: string, file: string): Promise<TaskReport> {
  const program = join(import.meta.dirname, "../detections/measure-packages.py");
  return measure(interpreter, [program, file, String(WARM_UP), String(REPETITIONS)]);
}

async function measure(command: string, args: readonly string[]): Promise<TaskReport> {
  const { exitCode, stdout, output } = await runCommand(command, args, {
    cwd: dirname(import.meta.dirname),
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  });
  if (exitCode !== 0) throw new Error(`${command} failed with exit code ${exitCode}:\n${output}`);
  return JSON.parse(stdout);
}
