import { expect, test } from "vitest";
import { measureFolder } from "./measure-folder.ts";

test("300 pictures in folders, 5 % with faults, give 300 items in order and leave nothing to wait for", async () => {
  const run = await measureFolder({ pictures: 300, window: 8, timeoutMs: 700 });
  expect(run.problems).toEqual([]);
  expect([run.results, run.errors]).toEqual([291, 9]);
  expect(Object.keys(run.faults).sort()).toEqual(["429", "500", "reset", "stall", "truncated"]);
  expect(run.peakRequests).toBeLessThanOrEqual(8);
  expect(run.lookAhead).toBeLessThanOrEqual(8 * 8);
}, 60_000);
