import { HTTPCallError, type InferenceError } from "@inference-ts/sdk/node";
import { type FailureKind, failureKind } from "../exit-codes.ts";
import { LatencyRecorder } from "./latency-recorder.ts";

/** One request that got its answer. Moments in milliseconds of the same clock. */
export interface AnsweredRequest {
  readonly dueAtMs: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly pictures: number;
  /** Time spent on the server, where it says so. */
  readonly processingTimeMs: number | undefined;
  readonly coldStart: boolean | undefined;
}

/** What a load has shown so far, in bounded memory. Failures are counted by what they were, and are in no time. */
export class Measurements {
  /** From the moment a request was due to its answer. */
  readonly latency = new LatencyRecorder();
  /** From the moment a request was due to its start. */
  readonly startDelay = new LatencyRecorder();
  readonly processing = new LatencyRecorder();
  readonly errors = new Map<string, number>();
  readonly failureKinds = new Set<FailureKind>();
  ok = 0;
  failed = 0;
  /** Requests cut off by Ctrl-C. */
  unfinished = 0;
  pictures = 0;
  coldStarts = 0;
  /** The first failure, for people. */
  firstError: InferenceError | undefined;
  #startedAtMs = 0;
  #endedAtMs = 0;

  /** Starts the clock of the throughput. */
  start(nowMs: number): void {
    this.#startedAtMs = nowMs;
    this.#endedAtMs = nowMs;
  }

  addAnswer(request: AnsweredRequest): void {
    const { dueAtMs, startedAtMs, endedAtMs, pictures, processingTimeMs, coldStart } = request;
    this.ok += 1;
    this.pictures += pictures;
    this.latency.add(endedAtMs - dueAtMs);
    this.startDelay.add(startedAtMs - dueAtMs);
    if (processingTimeMs !== undefined) this.processing.add(processingTimeMs);
    if (coldStart === true) this.coldStarts += 1;
    this.#endedAtMs = Math.max(this.#endedAtMs, endedAtMs);
  }

  addFailure(error: InferenceError, endedAtMs: number): void {
    this.failed += 1;
    this.firstError ??= error;
    this.failureKinds.add(failureKind(error));
    const name = error instanceof HTTPCallError ? `${error.code} ${error.status}` : error.code;
    this.errors.set(name, (this.errors.get(name) ?? 0) + 1);
    this.#endedAtMs = Math.max(this.#endedAtMs, endedAtMs);
  }

  addUnfinished(): void {
    this.unfinished += 1;
  }

  /** Requests that came to an end of their own. */
  get finished(): number {
    return this.ok + this.failed;
  }

  /** From the start to the last end, in seconds. */
  get seconds(): number {
    return (this.#endedAtMs - this.#startedAtMs) / 1000;
  }

  /** Answered requests per second; 0 before the first end. */
  get requestsPerS(): number {
    return this.seconds > 0 ? this.ok / this.seconds : 0;
  }

  /** Pictures of answered requests per second; 0 before the first end. */
  get imagesPerS(): number {
    return this.seconds > 0 ? this.pictures / this.seconds : 0;
  }

  /** Share of failed requests among the finished ones, in percent; 0 without any. */
  get errorPercent(): number {
    return this.finished === 0 ? 0 : (this.failed * 100) / this.finished;
  }
}
