import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidParameterError } from "@inference-ts/errors";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { saveProfilerTrace } from "./save-profiler-trace.ts";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "trace-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(scratch, { recursive: true, force: true });
});

test("traces of one moment get a file each, in the form of the trace viewer", async () => {
  vi.useFakeTimers({ now: Date.UTC(2025, 2, 1, 12, 30, 5, 123), toFake: ["Date"] });
  const directory = join(scratch, "new", "folder");
  const traces = [1, 2, 3, 4, 5].map((ts) => [{ name: "step", ph: "X", ts, dur: 1 }]);
  const files = await Promise.all(traces.map((trace) => saveProfilerTrace(trace, directory)));
  expect(new Set(files).size).toBe(5);
  expect(readdirSync(directory)).toContain("workflow_execution_trace_2025-03-01T12-30-05-123Z.json");
  for (const [index, file] of files.entries()) {
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      traceEvents: traces[index],
      displayTimeUnit: "ms",
    });
  }
});

test("a folder that cannot be made is named", async () => {
  const file = join(scratch, "file");
  writeFileSync(file, "");
  const saving = saveProfilerTrace([], join(file, "folder"));
  await expect(saving).rejects.toThrow(InvalidParameterError);
  await expect(saving).rejects.toThrow(join(file, "folder"));
});
