import { expect, test } from "vitest";
import { systemLoadClock } from "./load-clock.ts";

const clock = systemLoadClock({ now: () => performance.now() });
const never = new AbortController().signal;

test("wakes at the moment, never before, at once where it has passed", async () => {
  for (const waitMs of [0.3, 2, 6.5]) {
    const untilMs = clock.now() + waitMs;
    await clock.sleepUntil(untilMs, never);
    expect(clock.now()).toBeGreaterThanOrEqual(untilMs);
  }
  await clock.sleepUntil(clock.now() - 1_000, never);
});

test("an abort ends the wait and leaves no timer", async () => {
  const controller = new AbortController();
  const sleeping = clock.sleepUntil(clock.now() + 60_000, controller.signal);
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  controller.abort();
  await sleeping;
  expect(timers()).toBe(before - 1);
});
