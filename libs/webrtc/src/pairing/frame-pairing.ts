/** Clock of a video track, in ticks per second. */
export const TRACK_TICKS_PER_SECOND = 90_000;

/** How far a frame and its result may be apart, in ticks of the track: the way through VP8 loses one now and then. */
export const PAIRING_TOLERANCE_TICKS = 90;

/** Most frames, and most results, that wait for their other half. */
export const MAX_WAITING = 150;

/** A frame with its result; null when there is none. */
export interface PairedFrame<Frame, Result> {
  readonly frame: Frame;
  readonly result: Result | null;
}

/** What a {@link FramePairing} did so far. */
export interface PairingCounts {
  readonly paired: number;
  /** Frames handed over without a result. */
  readonly framesAlone: number;
  /** Results that were let go without a frame. */
  readonly resultsDropped: number;
}

interface Waiting<Value> {
  readonly ticks: number;
  readonly value: Value;
}

/**
 * Time of a frame on the clock of the track. The worker's `pts` counts in the time base of the source, which for an
 * uploaded file is the container's. Null when the time is not known; without a time base `pts` counts track ticks.
 */
export function trackTicks(pts: number | null, timeBase: number | null): number | null {
  if (pts === null) return null;
  const ticks = timeBase === null ? pts : pts * timeBase * TRACK_TICKS_PER_SECOND;
  return Number.isFinite(ticks) ? Math.round(ticks) : null;
}

/**
 * Finds the result of each video frame by time: the nearest within 90 ticks, whichever came first.
 *
 * Nothing waits for ever: above 150 the oldest frame is handed over without a result, the oldest result is let go.
 */
export class FramePairing<Frame, Result> {
  readonly #frames: Waiting<Frame>[] = [];
  readonly #results: Waiting<Result>[] = [];
  readonly #maxWaiting: number;
  #paired = 0;
  #framesAlone = 0;
  #resultsDropped = 0;

  constructor({ maxWaiting = MAX_WAITING }: { readonly maxWaiting?: number } = {}) {
    this.#maxWaiting = maxWaiting;
  }

  /** Takes a frame of the track; returns what can be handed over now, in order. */
  addFrame(ticks: number | null, frame: Frame): readonly PairedFrame<Frame, Result>[] {
    if (ticks === null) return [this.#alone(frame)];
    const result = takeNearest(this.#results, ticks);
    if (result !== undefined) return [this.#pair(frame, result.value)];
    this.#frames.push({ ticks, value: frame });
    if (this.#frames.length <= this.#maxWaiting) return [];
    const oldest = this.#frames.shift();
    return oldest === undefined ? [] : [this.#alone(oldest.value)];
  }

  /** Takes a result of the data channel; returns what can be handed over now. */
  addResult(ticks: number | null, result: Result): readonly PairedFrame<Frame, Result>[] {
    if (ticks === null) {
      this.#resultsDropped += 1;
      return [];
    }
    const frame = takeNearest(this.#frames, ticks);
    if (frame !== undefined) return [this.#pair(frame.value, result)];
    this.#results.push({ ticks, value: result });
    if (this.#results.length > this.#maxWaiting) {
      this.#results.shift();
      this.#resultsDropped += 1;
    }
    return [];
  }

  /** Moves the times of the results that wait, before the first frame is added. */
  moveResults(byTicks: number): void {
    for (const [at, { ticks, value }] of this.#results.entries()) {
      this.#results[at] = { ticks: ticks + byTicks, value };
    }
  }

  /** Lets results go whose frames will not be asked for. */
  dropResultsBefore(ticks: number): void {
    const kept = this.#results.filter((result) => result.ticks >= ticks - PAIRING_TOLERANCE_TICKS);
    this.#resultsDropped += this.#results.length - kept.length;
    this.#results.splice(0, this.#results.length, ...kept);
  }

  /** The stream has ended: hands over the frames that still wait, and lets the results go. */
  flush(): readonly PairedFrame<Frame, Result>[] {
    this.#resultsDropped += this.#results.splice(0).length;
    return this.flushFrames();
  }

  /** Hands over the frames that wait; results go on waiting for frames to come. */
  flushFrames(): readonly PairedFrame<Frame, Result>[] {
    return this.#frames.splice(0).map(({ value }) => this.#alone(value));
  }

  /** Results whose frame has not come yet. */
  get waitingResults(): number {
    return this.#results.length;
  }

  /** Times of the results that wait, in ticks. */
  get resultTicks(): readonly number[] {
    return this.#results.map(({ ticks }) => ticks);
  }

  counts(): PairingCounts {
    return { paired: this.#paired, framesAlone: this.#framesAlone, resultsDropped: this.#resultsDropped };
  }

  #pair(frame: Frame, result: Result): PairedFrame<Frame, Result> {
    this.#paired += 1;
    return { frame, result };
  }

  #alone(frame: Frame): PairedFrame<Frame, Result> {
    this.#framesAlone += 1;
    return { frame, result: null };
  }
}

/** Removes and returns the nearest entry within the tolerance; of two equally near the older one. */
function takeNearest<Value>(waiting: Waiting<Value>[], ticks: number): Waiting<Value> | undefined {
  let best = -1;
  let distance = PAIRING_TOLERANCE_TICKS + 1;
  for (const [at, entry] of waiting.entries()) {
    const apart = Math.abs(entry.ticks - ticks);
    if (apart < distance) {
      best = at;
      distance = apart;
    }
  }
  return best < 0 ? undefined : waiting.splice(best, 1)[0];
}
