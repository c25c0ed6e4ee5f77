import { Writable } from "node:stream";
import { expect, test } from "vitest";
import {
  checkRunOptions,
  configurationOf,
  formatOf,
  progressKindOf,
  type RunOptions,
} from "./run-options.ts";

const base: RunOptions = { model: "colours/1", concurrency: 8, batch: 1 };
const stream = (isTTY: boolean) => Object.assign(new Writable(), { isTTY });

test.each<[string, Partial<RunOptions>, boolean, string]>([
  ["piped", {}, false, "json"],
  ["on a terminal", {}, true, "json"],
  ["with --out, piped", { out: "o" }, false, "json"],
  ["with --out, on a terminal", { out: "o" }, true, "none"],
  ["with --out and --output", { out: "o", output: "f" }, true, "json"],
  ["as asked for", { out: "o", format: "csv" }, true, "csv"],
])("the format %s", (_, options, isTTY, format) => {
  expect(formatOf({ ...base, ...options }, { stdout: stream(isTTY) })).toBe(format);
});

test.each<[Partial<RunOptions>, "json" | "none" | "yolo", boolean, boolean, string]>([
  [{}, "json", false, true, "bar"],
  [{}, "json", true, true, "lines"],
  [{}, "none", true, true, "bar"],
  [{ out: "o" }, "yolo", true, true, "bar"],
  [{ output: "f" }, "json", true, true, "bar"],
  [{}, "json", false, false, "lines"],
  [{ verbose: true }, "json", false, true, "lines"],
  [{ quiet: true }, "json", false, true, "silent"],
])("progress for %j, %s, stdout a terminal: %s, stderr: %s", (options, format, out, error, kind) => {
  const streams = { stdout: stream(out), stderr: stream(error) };
  expect(progressKindOf({ ...base, ...options }, format, streams)).toBe(kind);
});

test("options that contradict each other are refused", () => {
  expect(() => checkRunOptions({ ...base, draw: true })).toThrow("--out");
  expect(() => checkRunOptions({ ...base, output: "f", format: "none" })).toThrow("--format none");
  expect(() => checkRunOptions({ ...base, draw: true, out: "o" })).not.toThrow();
  expect(() => checkRunOptions({ ...base, format: "yolo" })).toThrow("--format yolo needs --out");
  expect(() => checkRunOptions({ ...base, format: "voc", out: "o", output: "f" })).toThrow("--format voc");
  expect(() => checkRunOptions({ ...base, format: "voc", out: "o" })).not.toThrow();
});

test("options become settings of the client", () => {
  const options = { ...base, confidence: 0.4, iou: 0.5, class: ["red"], downsize: true, batch: 2 };
  expect(configurationOf(options)).toEqual({
    confidenceThreshold: 0.4,
    iouThreshold: 0.5,
    classFilter: ["red"],
    clientDownsizingDisabled: false,
    maxConcurrentRequests: 8,
    maxBatchSize: 2,
  });
});
