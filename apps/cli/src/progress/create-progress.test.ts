import { Writable } from "node:stream";
import { expect, test } from "vitest";
import type { Clock } from "../terminal.ts";
import { createProgress } from "./create-progress.ts";
import { LINE_PERIOD_MS } from "./line-progress.ts";

/** A clock that moves when it is told to. */
function fakeClock() {
  let time = 0;
  const periodic = new Set<{ periodMs: number; work: () => void; next: number }>();
  const clock: Clock = {
    now: () => time,
    every: (periodMs, work) => {
      const entry = { periodMs, work, next: time + periodMs };
      periodic.add(entry);
      return () => void periodic.delete(entry);
    },
  };
  const advance = (ms: number): void => {
    time += ms;
    for (const entry of periodic) {
      for (; entry.next <= time; entry.next += entry.periodMs) entry.work();
    }
  };
  return { clock, advance, running: () => periodic.size };
}

function screen(isTTY: boolean) {
  let text = "";
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stderr: Object.assign(stream, { isTTY, columns: 100 }), text: () => text };
}

test("a line every few seconds, none after the end", async () => {
  const { clock, advance, running } = fakeClock();
  const { stderr, text } = screen(false);
  const progress = await createProgress("lines", { stderr, clock });
  progress.start(10);
  progress.advance(true);
  progress.advance(false);
  advance(LINE_PERIOD_MS - 1);
  expect(text()).toBe("");
  advance(1);
  expect(text()).toBe("2 of 10 done, 1 failed, 0.4/s\n");
  progress.note("failed a.png");
  progress.stop();
  advance(10 * LINE_PERIOD_MS);
  expect(text()).toBe("2 of 10 done, 1 failed, 0.4/s\nfailed a.png\n");
  expect(running()).toBe(0);
});

test("a bar on a terminal is redrawn and taken away at the end", async () => {
  const { clock } = fakeClock();
  const { stderr, text } = screen(true);
  const terminal = Object.assign(stderr, {
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  const progress = await createProgress("bar", { stderr: terminal, clock });
  progress.start(4);
  progress.advance(true);
  progress.advance(false);
  progress.note("failed a.png");
  progress.stop();
  expect(text()).toContain("0/4");
  expect(text()).toContain("\r\u001b[2Kfailed a.png\n");
  expect(text()).toContain("\u001b[?25h");
});

test("silence but for notes", async () => {
  const { clock, advance, running } = fakeClock();
  const { stderr, text } = screen(true);
  const progress = await createProgress("silent", { stderr, clock });
  progress.start(2);
  progress.advance(true);
  advance(60_000);
  progress.note("failed a.png");
  progress.stop();
  expect([text(), running()]).toEqual(["failed a.png\n", 0]);
});
