import { AbortedError, HTTPCallError } from "@inference-ts/errors";
import {
  type ConsumedResult,
  type PipelineAnswer,
  type PipelineResult,
  type PipelineStatus,
  pipelineResults,
  type ResultsTiming,
} from "@inference-ts/pipelines";
import { sleep } from "@inference-ts/transport";
import type { InferenceCall } from "../call/inference-call.ts";
import type { CallOptions } from "../client-options.ts";

/** What a result is asked for with. */
export interface ConsumeOptions extends CallOptions {
  /**
   * Outputs that the server leaves out, which saves the transfer of images. They travel in the body of a GET request, which only the
   * transport of `./node` can send; others refuse them with `INVALID_PARAMETER`.
   */
  readonly excludedFields?: readonly string[] | undefined;
}

/** How the results of a pipeline are read. */
export interface PipelineResultsOptions extends ResultsTiming, Omit<ConsumeOptions, "signal"> {
  /** Ends the loop with `ABORTED`; the pipeline goes on. */
  readonly signal?: AbortSignal | undefined;
}

/** The calls that a pipeline makes: those of its client. */
export interface PipelineClient {
  getInferencePipelineStatus(id: string, options?: CallOptions): InferenceCall<PipelineStatus>;
  pauseInferencePipeline(id: string, options?: CallOptions): InferenceCall<PipelineAnswer>;
  resumeInferencePipeline(id: string, options?: CallOptions): InferenceCall<PipelineAnswer>;
  terminateInferencePipeline(id: string, options?: CallOptions): InferenceCall<PipelineAnswer>;
  consumeInferencePipelineResult(id: string, options?: ConsumeOptions): InferenceCall<ConsumedResult>;
}

/** What is known of a pipeline when its handle is made. */
export interface PipelineFacts {
  readonly id: string;
  /** The server's answer that told of it. */
  readonly answer: PipelineAnswer;
  /** Whether leaving the scope of the handle ends the pipeline. */
  readonly endsWithScope: boolean;
}

/**
 * A pipeline on the server: it reads video, runs a workflow on every frame and keeps the newest results until they are taken.
 *
 * Made by `startInferencePipelineWithWorkflow` and `attachInferencePipeline`. Takes results away from every other reader: the server
 * gives each result once.
 */
export class InferencePipeline implements AsyncDisposable {
  readonly id: string;
  /** The server's answer to the start (of an attached pipeline: to the question for its status). */
  readonly answer: PipelineAnswer;
  readonly #client: PipelineClient;
  readonly #endsWithScope: boolean;
  #isTerminated = false;

  constructor(client: PipelineClient, { id, answer, endsWithScope }: PipelineFacts) {
    this.#client = client;
    this.id = id;
    this.answer = answer;
    this.#endsWithScope = endsWithScope;
  }

  /** Sources and their states, throughput, latencies. */
  status(options: CallOptions = {}): InferenceCall<PipelineStatus> {
    return this.#client.getInferencePipelineStatus(this.id, options);
  }

  /**
   * Stops working on frames. The source goes on unseen, also a file: its frames are skipped until `resume`, and it ends at its end. A
   * pipeline that is paused already, or whose source is still being opened, answers 500 (`ProcessesManagerOperationError`).
   */
  pause(options: CallOptions = {}): InferenceCall<PipelineAnswer> {
    return this.#client.pauseInferencePipeline(this.id, options);
  }

  /** Goes on after `pause`. A pipeline that is not paused answers 500 (`ProcessesManagerOperationError`). */
  resume(options: CallOptions = {}): InferenceCall<PipelineAnswer> {
    return this.#client.resumeInferencePipeline(this.id, options);
  }

  /** Ends the pipeline on the server; results that were not taken are lost. */
  async terminate(options: CallOptions = {}): Promise<PipelineAnswer> {
    const answer = await this.#client.terminateInferencePipeline(this.id, options);
    this.#isTerminated = true;
    return answer;
  }

  /** Takes the oldest result; `outputs` is empty when there is none. */
  consume(options: ConsumeOptions = {}): InferenceCall<ConsumedResult> {
    return this.#client.consumeInferencePipelineResult(this.id, options);
  }

  /**
   * The results, one after the other, until all sources have ended and everything was taken, or the pipeline is gone.
   *
   * Asks again at once while results come, and with growing waits (25 to 500 ms) while none do. A result is taken from the server before
   * it is handed out: what the connection loses is lost. Leaving the loop does not end the pipeline.
   *
   * The server drops a pipeline within a second after the last frame of its files was read, with all that was not taken by then. For
   * every frame of a file start it with `decodingBufferSize: 2`, which keeps reading close to the work (seen on servers 1.8.3).
   *
   * @throws InvalidParameterError for a time that is not above 0; DeadlineExceededError after `idleMs` (default 120,000) without a result,
   *   pauses left out; AbortedError; what `consume` and `status` throw.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({
   *   apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001",
   *   apiKey: "test-key",
   * });
   * await using pipeline = await client.startInferencePipelineWithWorkflow({
   *   videoReference: "/videos/shapes.mp4",
   *   specification: {
   *     version: "1.0",
   *     inputs: [{ type: "WorkflowImage", name: "image" }],
   *     steps: [
   *       { type: "roboflow_core/roboflow_object_detection_model@v2", name: "model", images: "$inputs.image", model_id: "colours/1" },
   *     ],
   *     outputs: [{ type: "JsonField", name: "predictions", selector: "$steps.model.predictions" }],
   *   },
   * });
   * for await (const { outputs, frames } of pipeline.results({ signal: AbortSignal.timeout(30_000) })) {
   *   console.log(frames[0]?.frame_id, outputs[0]?.predictions);
   * }
   * ```
   */
  async *results(options: PipelineResultsOptions = {}): AsyncGenerator<PipelineResult, void, undefined> {
    const { minPollMs, maxPollMs, idleMs, excludedFields, ...call } = options;
    const signal = options.signal ?? new AbortController().signal;
    const ports = {
      consume: () => this.consume({ ...call, excludedFields }),
      status: () => this.status(call),
      sleep: async (ms: number) => {
        try {
          await sleep(ms, signal);
        } catch (cause) {
          throw new AbortedError("Reading the results of the pipeline was aborted.", { cause });
        }
      },
      now: () => performance.now(),
    };
    yield* pipelineResults(ports, { minPollMs, maxPollMs, idleMs });
  }

  /** Ends a pipeline that this handle started; one that is gone already is no error. An attached pipeline goes on. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isTerminated || !this.#endsWithScope) return;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.terminate();
        return;
      } catch (error) {
        if (!(error instanceof HTTPCallError)) throw error;
        if (isGone(error)) return;
        if (!isNotNow(error) || attempt === END_ATTEMPTS) throw error;
      }
      await sleep(END_WAIT_MS, new AbortController().signal);
    }
  }
}

/** How often, and how far apart, the end of a pipeline whose source is just being opened is asked for. */
const END_ATTEMPTS = 10;
const END_WAIT_MS = 300;

/** How the server names a pipeline that it does not know: 404, or 400 where the command is `terminate` (recorded on 1.5.0 and 1.8.3). */
function isGone({ status, errorType }: HTTPCallError): boolean {
  return status === 404 || (status === 400 && errorType === "ProcessesManagerInvalidPayload");
}

/** A source cannot be closed while it is being opened: the server refuses and goes on with the pipeline. */
function isNotNow({ errorType }: HTTPCallError): boolean {
  return errorType === "ProcessesManagerOperationError";
}
