import type { Clock } from "../clock.ts";

/** A clock that moves only when told to. */
export interface FakeClock extends Clock {
  /** Moves on and runs the timers that are due, in order, with what they cause. */
  advance(ms: number): Promise<void>;
  /** Timers that have neither fired nor been cancelled. */
  pending(): number;
}

/** Makes a clock that starts at 0 and at `epochMs`. */
export function fakeClock(epochMs = 0): FakeClock {
  const timers = new Map<number, { readonly at: number; readonly fn: () => void }>();
  let time = 0;
  let nextId = 0;
  const settle = async (): Promise<void> => {
    // Whole turns of the event loop: code that is loaded on demand takes some, also when it is loaded already.
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    now: () => time,
    date: () => epochMs + time,
    after: (ms, fn) => {
      nextId += 1;
      const id = nextId;
      timers.set(id, { at: time + ms, fn });
      return () => timers.delete(id);
    },
    pending: () => timers.size,
    advance: async (ms) => {
      const until = time + ms;
      await settle();
      for (;;) {
        const due = [...timers]
          .filter(([, timer]) => timer.at <= until)
          .sort(([, a], [, b]) => a.at - b.at)[0];
        if (due === undefined) break;
        const [id, timer] = due;
        timers.delete(id);
        time = Math.max(time, timer.at);
        timer.fn();
        await settle();
      }
      time = until;
    },
  };
}
