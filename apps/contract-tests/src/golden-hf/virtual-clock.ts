/** Timers shorter than this are real: scripted delays and the limits that they are to break. */
const SHORTEST_VIRTUAL_MS = 500;
/** How long nothing may happen before time is moved on, in real milliseconds. */
const QUIET_MS = 6;

/** Waits that were skipped. */
export interface VirtualClock {
  readonly waitsMs: readonly number[];
  /** Moves time on without running a timer: an answer took that long. */
  advance(ms: number): void;
  restore(): void;
}

interface VirtualTimer {
  readonly dueMs: number;
  readonly ms: number;
  run(): void;
}

/**
 * Replaces the clock and the long timers of this process: when nothing is under way, time jumps to the next timer. Timers of about
 * `limitMs` are time limits of calls: they never fire, since a call that is to end by them ends by itself before. Timers below
 * `shortestVirtualMs` are real.
 */
export function installVirtualClock(
  limitMs: number,
  isBusy: () => boolean,
  shortestVirtualMs = SHORTEST_VIRTUAL_MS,
): VirtualClock {
  const real = { setTimeout, clearTimeout, now: performance.now.bind(performance), random: Math.random };
  const timers = new Set<VirtualTimer>();
  const handles = new WeakMap<object, VirtualTimer>();
  const waitsMs: number[] = [];
  let offsetMs = 0;
  let quietSince = real.now();
  const now = (): number => real.now() + offsetMs;

  const pump = (): void => {
    if (isBusy()) quietSince = real.now();
    const next = [...timers]
      .filter(({ ms }) => ms < limitMs * 0.999 || ms > limitMs)
      .sort((one, other) => one.dueMs - other.dueMs)[0];
    if (next === undefined) quietSince = real.now();
    if (next !== undefined && real.now() - quietSince >= QUIET_MS) {
      offsetMs += Math.max(0, next.dueMs - now());
      waitsMs.push(next.ms);
      timers.delete(next);
      quietSince = real.now();
      next.run();
    }
    handle = real.setTimeout(pump, 1);
  };
  let handle = real.setTimeout(pump, 1);

  const virtual = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): unknown => {
    if (ms < shortestVirtualMs) return real.setTimeout(run, ms, ...args);
    const timer: VirtualTimer = { dueMs: now() + ms, ms, run: () => run(...args) };
    timers.add(timer);
    const key = { ref: () => key, unref: () => key, hasRef: () => true, refresh: () => key };
    handles.set(key, timer);
    return key;
  };
  const clear = (key: unknown): void => {
    const timer = typeof key === "object" && key !== null ? handles.get(key) : undefined;
    if (timer === undefined) Reflect.apply(real.clearTimeout, globalThis, [key]);
    else timers.delete(timer);
  };
  Reflect.set(globalThis, "setTimeout", virtual);
  Reflect.set(globalThis, "clearTimeout", clear);
  performance.now = now;
  // Without chance the pauses are as long as they can be.
  Math.random = () => 0;
  return {
    waitsMs,
    advance: (ms) => {
      offsetMs += ms;
    },
    restore: () => {
      real.clearTimeout(handle);
      globalThis.setTimeout = real.setTimeout;
      globalThis.clearTimeout = real.clearTimeout;
      performance.now = real.now;
      Math.random = real.random;
    },
  };
}
