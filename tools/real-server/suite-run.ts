import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How the tests of one run ended. */
export interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Suite {
  /** Folders of the test files, from the root of the repository. */
  readonly folders: readonly string[];
  /** Variables that tell the tests which server they run on. */
  readonly env: Readonly<Record<string, string>>;
}

const ROOT = join(import.meta.dirname, "..", "..");

/** Runs a contract suite on a server; its report goes to standard output. */
export async function runContractSuite(suite: Suite, signal?: AbortSignal): Promise<SuiteCounts> {
  const folder = await mkdtemp(join(tmpdir(), "inference-contract-"));
  const report = join(folder, "report.json");
  try {
    const args = [
      join(ROOT, "node_modules", "vitest", "vitest.mjs"),
      "run",
      "--project",
      "contract-tests",
      // One server for all files, and some of them unload models.
      "--no-file-parallelism",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...suite.folders,
    ];
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...suite.env },
    });
    const stopChild = () => child.kill("SIGTERM");
    signal?.addEventListener("abort", stopChild, { once: true });
    const [exitCode] = await once(child, "exit");
    signal?.removeEventListener("abort", stopChild);
    signal?.throwIfAborted();
    return countsOf(await readFile(report, "utf8").catch(() => ""), exitCode === 0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads vitest's JSON report. A file that could not be loaded, or a run that failed without a failed test, counts as failed. */
export function countsOf(report: string, runSucceeded: boolean): SuiteCounts {
  const tests = report === "" ? [] : assertionsOf(JSON.parse(report));
  const count = (...statuses: string[]) => tests.filter((status) => statuses.includes(status)).length;
  const failed = count("failed");
  return {
    passed: count("passed"),
    failed: failed === 0 && !runSucceeded ? 1 : failed,
    skipped: count("skipped", "pending", "todo", "disabled"),
  };
}

function assertionsOf(report: unknown): string[] {
  if (!isRecord(report) || !Array.isArray(report.testResults)) return ["failed"];
  return report.testResults.flatMap((file: unknown) => {
    if (!isRecord(file) || !Array.isArray(file.assertionResults)) return ["failed"];
    const statuses = file.assertionResults.map((test: unknown) =>
      isRecord(test) ? String(test.status) : "failed",
    );
    const brokenOutsideTests = file.status === "failed" && !statuses.includes("failed");
    return brokenOutsideTests ? [...statuses, "failed"] : statuses;
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
