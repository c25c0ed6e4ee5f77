import { AbortedError, InvalidParameterError } from "@inference-ts/errors";
import { createRunningCalls } from "./running-calls.ts";

/** What became of one item. */
export type WindowOutcome<Item, Result> =
  | { readonly index: number; readonly item: Item; readonly ok: true; readonly value: Result }
  | { readonly index: number; readonly item: Item; readonly ok: false; readonly error: unknown };

/** Does the work of one item; `signal` aborts when the result is no longer wanted. */
export type WindowWorker<Item, Result> = (item: Item, index: number, signal: AbortSignal) => Promise<Result>;

/**
 * Items that may be taken from the source before the oldest of them is delivered, as a multiple of the window. The oldest item
 * may be slow: the other places work on meanwhile, and their finished results wait. With 8, an item may take 8 times as long as
 * the others without one place standing idle; memory is bounded by 8 windows of results and one window of inputs.
 */
export const LOOK_AHEAD_PER_PLACE = 8;

/**
 * Works on up to `window` items at once and gives one outcome per item, in the order of the source.
 *
 * The source is pulled only when a place is free, so inputs in memory follow the window. A failing worker is an outcome like any
 * other. Leaving the loop early aborts the running work and returns the source's iterator. An error of the source itself
 * is thrown after the outcomes of the items before it.
 *
 * @param source - Items; an iterable or an async iterable, consumed once.
 * @param window - Most items worked on at once, an integer of 1 or more.
 * @param worker - The work; must end soon after its signal aborts.
 * @param signal - Aborts everything: what is finished is still given, in order and without what was running, then AbortedError
 *   is thrown.
 * @param lookAheadPerPlace - Less than the usual look-ahead, for items that are large and delivered with their outcome.
 */
export function mapInOrder<Item, Result>(
  source: Iterable<Item> | AsyncIterable<Item>,
  window: number,
  worker: WindowWorker<Item, Result>,
  signal?: AbortSignal,
  lookAheadPerPlace = LOOK_AHEAD_PER_PLACE,
): AsyncIterableIterator<WindowOutcome<Item, Result>> {
  const controller = new AbortController();
  const lookAhead = checkWindow(window) * lookAheadPerPlace;
  return leavable(runWindow(source, window, lookAhead, worker, signal, controller, false), controller);
}

/**
 * As `mapInOrder`, but gives plain results, and the first failure of any worker, or of the source, ends everything at once: the other work is
 * aborted and the failure is thrown, even when results before it are not delivered yet.
 */
export function mapInOrderOrFail<Item, Result>(
  source: Iterable<Item> | AsyncIterable<Item>,
  window: number,
  worker: WindowWorker<Item, Result>,
  signal?: AbortSignal,
): AsyncIterableIterator<Result> {
  const controller = new AbortController();
  const lookAhead = checkWindow(window) * LOOK_AHEAD_PER_PLACE;
  const outcomes = runWindow(source, window, lookAhead, worker, signal, controller, true);
  return leavable(valuesOf(outcomes), controller);
}

function checkWindow(window: number): number {
  if (Number.isInteger(window) && window >= 1) return window;
  throw new InvalidParameterError(
    `The number of concurrent requests must be an integer of 1 or more, got ${window}.`,
  );
}

async function* valuesOf<Item, Result>(
  outcomes: AsyncIterable<WindowOutcome<Item, Result>>,
): AsyncGenerator<Result, void, undefined> {
  for await (const outcome of outcomes) {
    if (!outcome.ok) throw outcome.error;
    yield outcome.value;
  }
}

/** A generator's own `return()` waits for a pending `next()`; aborting first makes that one end. */
function leavable<T>(
  generator: AsyncGenerator<T, void, undefined>,
  controller: AbortController,
): AsyncIterableIterator<T> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => generator.next(),
    return: () => {
      controller.abort();
      return generator.return();
    },
  };
}

type AnyIterator<T> = Iterator<T> | AsyncIterator<T>;

function openSource<T>(source: Iterable<T> | AsyncIterable<T>): AnyIterator<T> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}

const isPromiseLike = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof value === "object" && value !== null && "then" in value;

interface WindowState<Item> {
  /** Opened with the first pull. */
  iterator: AnyIterator<Item> | null;
  /** Thrown after the outcomes of the items before it. */
  sourceFailure: { readonly error: unknown } | null;
  /** Ends everything, whatever is still running. */
  failure: { readonly error: unknown } | null;
  /** Continues the loop that waits for the next outcome. */
  wake: (() => void) | null;
}

async function* runWindow<Item, Result>(
  source: Iterable<Item> | AsyncIterable<Item>,
  window: number,
  lookAhead: number,
  worker: WindowWorker<Item, Result>,
  caller: AbortSignal | undefined,
  controller: AbortController,
  failFast: boolean,
): AsyncGenerator<WindowOutcome<Item, Result>, void, undefined> {
  // A ring; a Map that changes all the time would keep delivered outcomes alive (see RunningCalls).
  const finished: (WindowOutcome<Item, Result> | undefined)[] = [];
  const state: WindowState<Item> = { iterator: null, sourceFailure: null, failure: null, wake: null };
  let started = 0;
  let delivered = 0;
  let running = 0;
  let pulling = false;
  let sourceEnded = false;

  const stopped = (): boolean => state.failure !== null || controller.signal.aborted;
  const working = createRunningCalls<AbortController>();
  const notify = (): void => {
    state.wake?.();
    state.wake = null;
  };
  const fail = (error: unknown): void => {
    state.failure ??= { error };
    controller.abort(error);
    notify();
  };
  const onStop = (): void => {
    for (const own of working) own.abort(controller.signal.reason);
    notify();
  };
  const onCallerAbort = (): void =>
    fail(new AbortedError("The call was aborted by its signal.", { cause: caller?.reason }));

  const settle = (outcome: WindowOutcome<Item, Result>): void => {
    running -= 1;
    if (stopped()) return;
    finished[outcome.index % lookAhead] = outcome;
    if (failFast && !outcome.ok) {
      fail(outcome.error);
      return;
    }
    pump();
    notify();
  };
  const start = (item: Item): void => {
    const index = started;
    started += 1;
    running += 1;
    // A signal for each: listeners that come and go on one shared signal would keep finished work alive (see RunningCalls).
    const own = new AbortController();
    const leave = working.enter(own);
    runWorker(worker, item, index, own.signal).then((outcome) => {
      leave();
      settle(outcome);
    });
  };
  const onStep = (step: IteratorResult<Item>): void => {
    if (step.done) sourceEnded = true;
    else if (!stopped()) start(step.value);
  };
  const onSourceError = (error: unknown): void => {
    sourceEnded = true;
    state.sourceFailure = { error };
    if (failFast) fail(error);
  };
  const pump = (): void => {
    while (!(pulling || sourceEnded || stopped()) && running < window && started - delivered < lookAhead) {
      try {
        state.iterator ??= openSource(source);
        const step = state.iterator.next();
        if (!isPromiseLike(step)) {
          onStep(step);
          continue;
        }
        pulling = true;
        step.then(onStep, onSourceError).then(() => {
          pulling = false;
          pump();
          notify();
        });
      } catch (error) {
        onSourceError(error);
      }
    }
  };

  try {
    if (caller?.aborted) onCallerAbort();
    else caller?.addEventListener("abort", onCallerAbort, { once: true });
    controller.signal.addEventListener("abort", onStop, { once: true });
    for (;;) {
      pump();
      const outcome = finished[delivered % lookAhead];
      if (outcome !== undefined && !(failFast && state.failure !== null)) {
        finished[delivered % lookAhead] = undefined;
        delivered += 1;
        yield outcome;
        continue;
      }
      if (state.failure !== null) {
        // Results that waited behind a slow item were received and must not be lost.
        if (!failFast) yield* finished.filter((each) => each !== undefined).sort((a, b) => a.index - b.index);
        throw state.failure.error;
      }
      if (controller.signal.aborted) return;
      if (sourceEnded && delivered === started) {
        if (state.sourceFailure !== null) throw state.sourceFailure.error;
        return;
      }
      await new Promise<void>((resolve) => {
        state.wake = resolve;
      });
    }
  } finally {
    caller?.removeEventListener("abort", onCallerAbort);
    controller.abort();
    if (!sourceEnded && state.iterator !== null) await leaveSource(state.iterator, pulling);
  }
}

async function runWorker<Item, Result>(
  worker: WindowWorker<Item, Result>,
  item: Item,
  index: number,
  signal: AbortSignal,
): Promise<WindowOutcome<Item, Result>> {
  try {
    return { index, item, ok: true, value: await worker(item, index, signal) };
  } catch (error) {
    return { index, item, ok: false, error };
  }
}

/** A source in the middle of a `next()` may never answer, so its `return()` is not waited for. */
async function leaveSource<T>(iterator: AnyIterator<T>, pulling: boolean): Promise<void> {
  const left = Promise.resolve(iterator.return?.());
  if (pulling) left.catch(() => undefined);
  else await left;
}
