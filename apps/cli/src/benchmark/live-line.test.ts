import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { showLive } from "./live-line.ts";
import { Measurements } from "./measurements.ts";

function setUp() {
  let nowMs = 0;
  const running = new Map<() => void, number>();
  const clock = {
    now: () => nowMs,
    every: (periodMs: number, work: () => void) => {
      running.set(work, periodMs);
      return () => void running.delete(work);
    },
  };
  const tick = (): void => {
    for (const [work, periodMs] of running) {
      nowMs += periodMs;
      work();
    }
  };
  const stderr = new PassThrough();
  const measured = new Measurements();
  measured.start(0);
  const [dueAtMs, startedAtMs, endedAtMs] = [0, 0, 500];
  const more = { pictures: 1, processingTimeMs: undefined, coldStart: undefined };
  measured.addAnswer({ dueAtMs, startedAtMs, endedAtMs, ...more });
  return { clock, tick, stderr, measured, running, text: () => String(stderr.read() ?? "") };
}

test("a line every few seconds in a log, none after the end", () => {
  const { tick, measured, running, text, ...terminal } = setUp();
  const hide = showLive("measuring", measured, terminal, { inPlace: false });
  tick();
  hide();
  tick();
  expect(text()).toBe("measuring 5 s: 1 done, 0 failed, 2.0/s, p50 500.0 ms, p99 500.0 ms\n");
  expect(running.size).toBe(0);
});

test("on a screen the line is written again and taken away", () => {
  const { tick, text, measured, ...terminal } = setUp();
  const hide = showLive("measuring", measured, terminal, { inPlace: true });
  tick();
  hide();
  const clear = "\r\u001b[2K";
  expect(text()).toBe(`${clear}measuring 1 s: 1 done, 0 failed, 2.0/s, p50 500.0 ms, p99 500.0 ms${clear}`);
});
