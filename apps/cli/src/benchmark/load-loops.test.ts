import fc from "fast-check";
import { expect, test } from "vitest";
import type { LoadClock } from "./load-clock.ts";
import { closedLoop, openLoop } from "./load-loops.ts";

/** Time that jumps to the next thing that waits for it. */
class SimulatedTime implements LoadClock {
  #now = 1_000;
  readonly #waiting: { at: number; resolve: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  sleepUntil(at: number, signal?: AbortSignal): Promise<void> {
    if (at <= this.#now || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ at, resolve });
      signal?.addEventListener("abort", () => resolve());
    });
  }

  async run(work: Promise<void>): Promise<void> {
    let isOver = false;
    const finished = work.finally(() => {
      isOver = true;
    });
    finished.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver) return finished;
      const next = this.#waiting.sort((a, b) => a.at - b.at).shift();
      if (next === undefined) throw new Error("nothing is waiting, and the work is not over");
      this.#now = Math.max(this.#now, next.at);
      next.resolve();
    }
  }
}

interface Sent {
  readonly dueAtMs: number;
  readonly startedAtMs: number;
  endedAtMs: number;
}

/** A server whose answers take the given times, in turn. */
function simulation(serviceMs: readonly number[]) {
  const time = new SimulatedTime();
  const sent: Sent[] = [];
  let underWay = 0;
  const counts = { peak: 0 };
  const fire = async (index: number, dueAtMs: number): Promise<void> => {
    expect(index).toBe(sent.length);
    const one: Sent = { dueAtMs, startedAtMs: time.now(), endedAtMs: Number.NaN };
    sent.push(one);
    underWay += 1;
    counts.peak = Math.max(counts.peak, underWay);
    await time.sleepUntil(time.now() + (serviceMs[index % serviceMs.length] ?? 0));
    one.endedAtMs = time.now();
    underWay -= 1;
  };
  return { time, sent, fire, counts };
}

const service = fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 30 });
const few = { numRuns: 60 };
const never = new AbortController().signal;

test("open loop, one client: times are those of a queue in which everybody has a due time", async () => {
  await fc.assert(
    fc.asyncProperty(service, fc.integer({ min: 1, max: 200 }), async (serviceMs, ratePerS) => {
      const { time, sent, fire } = simulation(serviceMs);
      const startedAtMs = time.now();
      const limits = {
        ratePerS,
        clients: 1,
        requests: serviceMs.length,
        durationMs: Number.POSITIVE_INFINITY,
      };
      await time.run(openLoop(limits, { clock: time, signal: never }, fire));
      let freeAtMs = 0;
      for (const [index, one] of sent.entries()) {
        const dueAtMs = startedAtMs + (index * 1000) / ratePerS;
        freeAtMs = Math.max(dueAtMs, freeAtMs) + (serviceMs[index] ?? 0);
        expect(one.dueAtMs).toBeCloseTo(dueAtMs, 6);
        expect(one.endedAtMs).toBeCloseTo(freeAtMs, 6);
      }
      expect(sent).toHaveLength(serviceMs.length);
    }),
    few,
  );
});

test("open loop: nothing starts early, never more clients than allowed, on time while one is free", async () => {
  await fc.assert(
    fc.asyncProperty(
      service,
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 3_000 }),
      async (serviceMs, ratePerS, clients, durationMs) => {
        const { time, sent, fire, counts } = simulation(serviceMs);
        const limits = { ratePerS, clients, requests: 60, durationMs };
        await time.run(openLoop(limits, { clock: time, signal: never }, fire));
        expect(counts.peak).toBeLessThanOrEqual(clients);
        expect(sent).toHaveLength(Math.min(60, Math.ceil((durationMs * ratePerS) / 1000)));
        for (const [index, one] of sent.entries()) {
          expect(one.startedAtMs).toBeGreaterThanOrEqual(one.dueAtMs);
          const others = sent.slice(0, index).filter((other) => other.endedAtMs > one.dueAtMs);
          if (others.length < clients) expect(one.startedAtMs).toBeCloseTo(one.dueAtMs, 6);
        }
      },
    ),
    few,
  );
});

test("a stall is charged to everything that was due during it", async () => {
  const { time, sent, fire } = simulation([1_000, ...Array<number>(19).fill(1)]);
  const limits = { ratePerS: 10, clients: 1, requests: 20, durationMs: Number.POSITIVE_INFINITY };
  await time.run(openLoop(limits, { clock: time, signal: never }, fire));
  const latencies = sent.map(({ dueAtMs, endedAtMs }) => Math.round(endedAtMs - dueAtMs));
  expect(latencies.slice(0, 5)).toEqual([1_000, 901, 802, 703, 604]);
  expect(latencies.at(-1)).toBe(1);
});

test("closed loop: the wanted number, always as many at once as there are clients", async () => {
  await fc.assert(
    fc.asyncProperty(
      service,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 60 }),
      async (serviceMs, clients, requests) => {
        const { time, sent, fire, counts } = simulation(serviceMs);
        const limits = { clients, requests, durationMs: Number.POSITIVE_INFINITY };
        await time.run(closedLoop(limits, { clock: time, signal: never }, fire));
        expect([sent.length, counts.peak]).toEqual([requests, Math.min(clients, requests)]);
        expect(sent.every(({ dueAtMs, startedAtMs }) => dueAtMs === startedAtMs)).toBe(true);
      },
    ),
    few,
  );
});

test("closed loop: the last request starts before the time is over", async () => {
  const { time, sent, fire } = simulation([300]);
  const startedAtMs = time.now();
  const limits = { clients: 2, requests: Number.POSITIVE_INFINITY, durationMs: 1_000 };
  await time.run(closedLoop(limits, { clock: time, signal: never }, fire));
  expect(sent.map((one) => one.startedAtMs - startedAtMs)).toEqual([0, 0, 300, 300, 600, 600, 900, 900]);
});

test.each([
  ["closed", closedLoop],
  ["open", openLoop],
])("%s loop: nothing starts after an abort, what is under way is waited for", async (_, loop) => {
  const { time, sent, fire } = simulation([250]);
  const controller = new AbortController();
  const startedAtMs = time.now();
  const limits = { clients: 3, ratePerS: 10, requests: 1_000, durationMs: Number.POSITIVE_INFINITY };
  void time.sleepUntil(startedAtMs + 420).then(() => controller.abort());
  await time.run(loop(limits, { clock: time, signal: controller.signal }, fire));
  expect(Math.max(...sent.map((one) => one.startedAtMs - startedAtMs))).toBeLessThan(420);
  expect(sent.every((one) => one.endedAtMs >= one.startedAtMs + 250)).toBe(true);
});

test.each([
  ["closed", closedLoop],
  ["open", openLoop],
])("%s loop: a failure of the generator itself ends it", async (_, loop) => {
  const { time } = simulation([1]);
  const limits = { clients: 1, ratePerS: 10, requests: 1_000, durationMs: Number.POSITIVE_INFINITY };
  const fire = () => Promise.reject(new Error("broken"));
  await expect(time.run(loop(limits, { clock: time, signal: never }, fire))).rejects.toThrow("broken");
});
