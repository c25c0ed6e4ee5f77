import { AbortedError } from "@inference-ts/errors";
import { expect, test, vi } from "vitest";
import { SharedWork } from "./shared-work.ts";

test("concurrent callers share one piece of work, later ones start anew", async () => {
  const work = new SharedWork<number>();
  const start = vi.fn(async () => 7);
  expect(await Promise.all([work.join("a", undefined, start), work.join("a", undefined, start)])).toEqual([
    7, 7,
  ]);
  expect(start).toHaveBeenCalledTimes(1);
  await work.join("a", undefined, start);
  expect(start).toHaveBeenCalledTimes(2);
});

test("one caller's abort leaves the others alone; the last one's abort ends the work", async () => {
  const work = new SharedWork<number>();
  const first = new AbortController();
  const second = new AbortController();
  let signal: AbortSignal | undefined;
  const start = (given: AbortSignal) => {
    signal = given;
    return new Promise<number>((_, reject) => {
      given.addEventListener("abort", () => reject(given.reason));
    });
  };
  const one = work.join("a", first.signal, start);
  const two = work.join("a", second.signal, start);
  first.abort();
  await expect(one).rejects.toBeInstanceOf(AbortedError);
  expect(signal?.aborted).toBe(false);
  second.abort();
  await expect(two).rejects.toBeInstanceOf(AbortedError);
  expect(signal?.aborted).toBe(true);
  await expect(work.join("a", undefined, async () => 1)).resolves.toBe(1);
});

test("a failure reaches every caller and is not kept", async () => {
  const work = new SharedWork<number>();
  const failing = () => Promise.reject(new Error("no"));
  const both = await Promise.allSettled([
    work.join("a", undefined, failing),
    work.join("a", undefined, failing),
  ]);
  expect(both.map((outcome) => outcome.status)).toEqual(["rejected", "rejected"]);
  await expect(work.join("a", undefined, async () => 1)).resolves.toBe(1);
});

test("an aborted caller starts nothing", async () => {
  const start = vi.fn(async () => 1);
  const joined = new SharedWork<number>().join("a", AbortSignal.abort(), start);
  await expect(joined).rejects.toBeInstanceOf(AbortedError);
  expect(start).not.toHaveBeenCalled();
});
