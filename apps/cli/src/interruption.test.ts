import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { listenForInterruption } from "./interruption.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const signals = new EventEmitter();
  const exits: number[] = [];
  const interruption = listenForInterruption({ signals, exit: (code) => void exits.push(code) });
  return { signals, exits, interruption };
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])("the first %s aborts and leaves time, the second one exits with %d", (name, code) => {
  const { signals, exits, interruption } = setUp();
  expect([interruption.signal.aborted, interruption.exitCode]).toEqual([false, null]);
  signals.emit(name);
  expect([interruption.signal.aborted, interruption.exitCode]).toEqual([true, code]);
  expect(exits).toEqual([]);
  signals.emit(name);
  expect(exits).toEqual([code]);
  interruption.close();
});

test("a command that does not end is ended within two seconds", () => {
  const { signals, exits, interruption } = setUp();
  signals.emit("SIGINT");
  vi.advanceTimersByTime(2_000);
  expect(exits).toEqual([130]);
  interruption.close();
});

test("nothing is left after closing", () => {
  const { signals, exits, interruption } = setUp();
  signals.emit("SIGINT");
  interruption.close();
  vi.advanceTimersByTime(10_000);
  expect([exits, signals.listenerCount("SIGINT"), signals.listenerCount("SIGTERM")]).toEqual([[], 0, 0]);
});
