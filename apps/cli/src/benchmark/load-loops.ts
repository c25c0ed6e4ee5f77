import type { LoadClock } from "./load-clock.ts";

/** When a load ends: with the first limit that is reached. */
export interface LoadLimits {
  /** Requests to start; `Infinity` = no limit. */
  readonly requests: number;
  /** Time in which requests are started; `Infinity` = no limit. */
  readonly durationMs: number;
}

/** What loops need of the outside. */
export interface LoadContext {
  readonly clock: LoadClock;
  /** No request is started after it aborts. */
  readonly signal: AbortSignal;
}

/** Makes one request and resolves when it is over, however it went. `dueAtMs` = when it had to start, by the load's own clock. */
export type Fire = (index: number, dueAtMs: number) => Promise<void>;

/** `clients` clients, each sending its next request when its last one is over. */
export async function closedLoop(
  { clients, requests, durationMs }: LoadLimits & { readonly clients: number },
  { clock, signal }: LoadContext,
  fire: Fire,
): Promise<void> {
  const endsAtMs = clock.now() + durationMs;
  let started = 0;
  const client = async (): Promise<void> => {
    while (!signal.aborted && started < requests) {
      const nowMs = clock.now();
      if (nowMs >= endsAtMs) return;
      started += 1;
      await fire(started - 1, nowMs);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

/**
 * Starts requests by a timetable, however long the earlier ones take. Request `n` is due at `n / ratePerS` seconds. A request
 * that finds `clients` others under way starts when one of them is over and is still due at its own time, so that a server which
 * stalls is charged with everything that had to wait for it. What is due within `durationMs` is sent, also where that takes longer.
 */
export async function openLoop(
  {
    ratePerS,
    clients,
    requests,
    durationMs,
  }: LoadLimits & { readonly ratePerS: number; readonly clients: number },
  { clock, signal }: LoadContext,
  fire: Fire,
): Promise<void> {
  const startedAtMs = clock.now();
  const underWay = new Set<Promise<void>>();
  let wake: (() => void) | undefined;
  const oneIsOver = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const failures: Promise<void>[] = [];
  const start = (index: number, dueAtMs: number): void => {
    const request = fire(index, dueAtMs).finally(() => {
      underWay.delete(request);
      wake?.();
    });
    underWay.add(request);
    request.catch(() => failures.push(request));
  };
  for (let index = 0; index < requests && failures.length === 0; index++) {
    const offsetMs = (index * 1000) / ratePerS;
    if (offsetMs >= durationMs) break;
    await clock.sleepUntil(startedAtMs + offsetMs, signal);
    while (underWay.size >= clients) await oneIsOver();
    if (signal.aborted) break;
    start(index, startedAtMs + offsetMs);
  }
  await Promise.all(underWay);
  await Promise.all(failures);
}
