import { DeadlineExceededError, HTTPCallError, InvalidParameterError } from "@inference-ts/errors";
import type {
  ConsumedResult,
  PipelineFrame,
  PipelineOutput,
  PipelineReport,
  PipelineStatus,
} from "./answers.ts";

/** One result of a running pipeline. */
export interface PipelineResult {
  /** Counts the results of this loop from 0; says nothing of frames that the server dropped (see `frames`). */
  readonly index: number;
  /** Outputs of the workflow, one element per source; `null` = nothing of this source in this batch. */
  readonly outputs: readonly (PipelineOutput | null)[];
  /** Which frames they belong to, in the same order. */
  readonly frames: readonly (PipelineFrame | null)[];
}

/** How results are asked for. */
export interface ResultsTiming {
  /** Wait after the first empty answer, in milliseconds; it doubles with every further one. Default 25. */
  readonly minPollMs?: number | undefined;
  /** Longest wait between two questions. Default 500. */
  readonly maxPollMs?: number | undefined;
  /** Gives up when no result came for so long, paused times left out, in milliseconds; `null` = never. Default 120,000. */
  readonly idleMs?: number | null | undefined;
}

/** What the loop needs of the world. */
export interface ResultsPorts {
  consume(): Promise<ConsumedResult>;
  status(): Promise<PipelineStatus>;
  /** Waits; rejects when the caller has aborted. */
  sleep(ms: number): Promise<void>;
  /** Milliseconds that only move forward. */
  now(): number;
}

/** Timing where nothing else is asked for. */
const RESULTS_TIMING = { minPollMs: 25, maxPollMs: 500, idleMs: 120_000 } as const;

/** Empty answers in a row before the status is asked. */
const EMPTY_BEFORE_STATUS = 3;
/** Empty answers after the sources have ended: frames may still be on their way through the workflow. */
const EMPTY_AFTER_END = 3;

/**
 * The results of a pipeline, one after the other, until its sources have ended and everything was taken, or the server has dropped it.
 *
 * There is no long poll on the server: an answer with results is followed by the next question at once, empty ones by growing waits.
 *
 * @throws InvalidParameterError for a time that is not above 0, DeadlineExceededError after `idleMs` without a result, and everything that
 *   the ports throw; the 404 of a pipeline that answered before ends the loop instead.
 */
export async function* pipelineResults(
  ports: ResultsPorts,
  timing: ResultsTiming = {},
): AsyncGenerator<PipelineResult, void, undefined> {
  const { minPollMs = RESULTS_TIMING.minPollMs, maxPollMs = RESULTS_TIMING.maxPollMs } = timing;
  const { idleMs = RESULTS_TIMING.idleMs } = timing;
  for (const [name, ms] of Object.entries({ minPollMs, maxPollMs, idleMs })) {
    if (ms === null && name === "idleMs") continue;
    if (typeof ms === "number" && Number.isFinite(ms) && ms > 0) continue;
    throw new InvalidParameterError(`${name} (${String(ms)}) must be a number of milliseconds above 0.`);
  }
  let wasThere = false;
  let index = 0;
  let empty = 0;
  let emptyAfterEnd = 0;
  let hasEnded = false;
  let lastResultAt = ports.now();
  const unlessGone = async <T>(ask: () => Promise<T>): Promise<T | null> => {
    try {
      const answer = await ask();
      wasThere = true;
      return answer;
    } catch (error) {
      if (wasThere && isGone(error)) return null;
      throw error;
    }
  };
  while (true) {
    const answer = await unlessGone(() => ports.consume());
    if (answer === null) return;
    const { outputs, frames_metadata: frames = [] } = answer;
    if (outputs.length > 0 || frames.length > 0) {
      yield { index, outputs, frames };
      index += 1;
      empty = 0;
      emptyAfterEnd = 0;
      lastResultAt = ports.now();
      continue;
    }
    empty += 1;
    if (hasEnded) {
      emptyAfterEnd += 1;
      if (emptyAfterEnd >= EMPTY_AFTER_END) return;
    } else if (empty >= EMPTY_BEFORE_STATUS) {
      const status = await unlessGone(() => ports.status());
      if (status === null) return;
      hasEnded = pipelineHasEnded(status.report);
      if (isHeld(status.report)) lastResultAt = ports.now();
    }
    if (idleMs !== null && ports.now() - lastResultAt >= idleMs) {
      throw new DeadlineExceededError(`The pipeline gave no result for ${idleMs} ms.`, {
        timeoutMs: idleMs,
        hint: "Its status() says what its sources do; raise idleMs, or set it to null to wait without a limit.",
      });
    }
    await ports.sleep(Math.min(maxPollMs, minPollMs * 2 ** Math.min(empty - 1, 30)));
  }
}

/** True when every source has ended; a source with an error may be connected again. */
function pipelineHasEnded(report: PipelineReport): boolean {
  const { sources_metadata: sources = [] } = report;
  return sources.length > 0 && sources.every(({ state }) => state === "ENDED");
}

/** The states of a source that was paused: it waits (`PAUSED`), or goes on unseen (`MUTED`, what the server's own route does). */
const HELD_STATES: readonly unknown[] = ["PAUSED", "MUTED"];

function isHeld({ sources_metadata: sources = [] }: PipelineReport): boolean {
  return sources.some(({ state }) => HELD_STATES.includes(state));
}

function isGone(error: unknown): boolean {
  return error instanceof HTTPCallError && error.status === 404;
}
