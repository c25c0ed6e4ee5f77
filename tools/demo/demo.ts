import { rmSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { SANDBOX_KEY, startSandbox } from "@inference-ts/sdk/testing";
import { countPlaced, describeFindings } from "./findings.ts";
import { type PageRow, renderPage } from "./page.ts";
import { type RunEntry, runInfer } from "./run-infer.ts";
import { SAMPLES, type Sample, writeSamples } from "./samples.ts";
import { formatTable } from "./table.ts";
import { DEMO_TASKS, type DemoTask } from "./tasks.ts";

/** How far an edge may lie from where it was drawn, in pixels. */
const TOLERANCE = 1;

/** What the demo found out. */
export interface DemoOutcome {
  /** Picture, task, findings and time of every inference, as text. */
  readonly table: string;
  readonly page: string;
  /** Shapes that were drawn, and those that object detection gave back at their place. */
  readonly drawn: number;
  readonly placed: number;
}

/**
 * Starts the sandbox, draws sample pictures, runs the command line on them for every task and writes everything below
 * `outDir`, replacing what is there.
 */
export async function runDemo(outDir: string): Promise<DemoOutcome> {
  rmSync(outDir, { recursive: true, force: true });
  await writeSamples(join(outDir, "images"));
  await using sandbox = await startSandbox();
  const env = { INFERENCE_API_URL: sandbox.url, INFERENCE_API_KEY: SANDBOX_KEY };
  const found = new Map<DemoTask, readonly RunEntry[]>();
  for (const task of DEMO_TASKS) {
    const args = ["run", "images", "-m", task.modelId, "--task", task.task, "--out", task.task, "--draw"];
    found.set(task, await runInfer([...args, "--quiet", "--format", "json"], { cwd: outDir, env }));
  }

  const rows: string[][] = [];
  const pageRows: PageRow[] = [];
  let placed = 0;
  for (const sample of SAMPLES) {
    const cells = [{ picture: `images/${sample.fileName}`, caption: sample.fileName }];
    for (const task of DEMO_TASKS) {
      const result = resultOf(found.get(task) ?? [], sample);
      const findings = describeFindings(result);
      rows.push([sample.fileName, task.task, findings, serverTime(result.time)]);
      cells.push({ picture: `${task.task}/${drawnName(sample)}`, caption: findings });
      if (task.task === "object-detection") placed += countPlaced(sample, result, TOLERANCE);
    }
    pageRows.push({ name: sample.fileName, cells });
  }

  const page = join(outDir, "index.html");
  const note = "Drawn by infer run --draw, from the answers of the sandbox server.";
  const headings = ["Picture", ...DEMO_TASKS.map((task) => `${task.title} (${task.modelId})`)];
  writeFileSync(page, renderPage("inference-ts demo", note, headings, pageRows));
  const drawn = SAMPLES.reduce((sum, { picture }) => sum + picture.shapes.length, 0);
  return { table: formatTable(["picture", "task", "found", "server ms"], rows), page, drawn, placed };
}

function resultOf(entries: readonly RunEntry[], { fileName }: Sample) {
  const entry = entries.find(({ input }) => parse(input).base === fileName);
  if (entry?.result === undefined) throw new Error(`infer gave no result for ${fileName}`);
  return entry.result;
}

/** The name that `infer run --draw` gives to a drawn picture. */
function drawnName({ fileName, encoding }: Sample): string {
  return `${parse(fileName).name}.annotated.${encoding.format === "jpeg" ? "jpg" : "png"}`;
}

/** The server's own time for an answer, which it tells in seconds. */
function serverTime(seconds: unknown): string {
  return typeof seconds === "number" ? (seconds * 1000).toFixed(1) : "-";
}
