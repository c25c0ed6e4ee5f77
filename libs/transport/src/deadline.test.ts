import { expect, test } from "vitest";
import { sleep } from "./clock.ts";
import { openDeadline } from "./deadline.ts";
import { fakeClock } from "./testing/fake-clock.ts";

test("the time limit aborts and says so", async () => {
  const clock = fakeClock();
  const deadline = openDeadline({ timeoutMs: 100, clock });
  await clock.advance(99);
  expect([deadline.signal.aborted, deadline.cause, deadline.remainingMs()]).toEqual([false, null, 1]);
  await clock.advance(1);
  expect([deadline.signal.aborted, deadline.cause, deadline.remainingMs()]).toEqual([true, "timeout", 0]);
});

test("the caller aborts first: reason kept, timer gone", () => {
  const clock = fakeClock();
  const caller = new AbortController();
  const deadline = openDeadline({ timeoutMs: 100, signal: caller.signal, clock });
  caller.abort("why");
  expect([deadline.cause, deadline.signal.reason, clock.pending()]).toEqual(["caller", "why", 0]);
});

test("a signal that aborted before counts at once and leaves no timer", () => {
  const clock = fakeClock();
  const deadline = openDeadline({ timeoutMs: 100, signal: AbortSignal.abort("early"), clock });
  expect([deadline.cause, clock.pending()]).toEqual(["caller", 0]);
});

test("close releases timer and listener; nothing aborts afterwards", async () => {
  const clock = fakeClock();
  const caller = new AbortController();
  const deadline = openDeadline({ timeoutMs: 100, signal: caller.signal, clock });
  deadline.close();
  deadline.close();
  caller.abort();
  await clock.advance(1000);
  expect([deadline.signal.aborted, deadline.cause, clock.pending()]).toEqual([false, null, 0]);
});

test("restart replaces the limit, null switches it off", async () => {
  const clock = fakeClock();
  const deadline = openDeadline({ timeoutMs: 100, clock });
  await clock.advance(90);
  deadline.restart(50);
  await clock.advance(49);
  expect(deadline.cause).toBeNull();
  deadline.restart(null);
  await clock.advance(10_000);
  expect([deadline.cause, deadline.remainingMs(), clock.pending()]).toEqual([
    null,
    Number.POSITIVE_INFINITY,
    0,
  ]);
  deadline.restart(1);
  await clock.advance(1);
  expect(deadline.cause).toBe("timeout");
});

test("sleep ends by time, or by the signal with its reason and without a timer", async () => {
  const clock = fakeClock();
  const controller = new AbortController();
  let woken = false;
  const short = sleep(10, controller.signal, clock).then(() => {
    woken = true;
  });
  await clock.advance(9);
  expect(woken).toBe(false);
  await clock.advance(1);
  await short;
  const long = expect(sleep(10, controller.signal, clock)).rejects.toBe("stop");
  controller.abort("stop");
  await long;
  await expect(sleep(10, controller.signal, clock)).rejects.toBe("stop");
  expect(clock.pending()).toBe(0);
});
