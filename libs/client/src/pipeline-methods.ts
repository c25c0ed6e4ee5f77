import type {
  ConsumedResult,
  PipelineAnswer,
  PipelineList,
  PipelineSettings,
  PipelineStatus,
} from "@inference-ts/pipelines";
import type { InferenceCall } from "./call/inference-call.ts";
import type { CallOptions } from "./client-options.ts";
import type { ConsumeOptions, InferencePipeline } from "./pipelines/inference-pipeline.ts";
import { WorkflowMethods } from "./workflow-methods.ts";

/** What a pipeline is started with. */
export interface StartPipelineOptions extends PipelineSettings, CallOptions {}

/** The methods of inference pipelines: video that the server reads by itself. The server needs `ENABLE_STREAM_API=True`. */
export abstract class PipelineMethods extends WorkflowMethods {
  /**
   * Starts a pipeline on the server: it reads a camera, a stream or a file **of the server**, runs a workflow on every frame and keeps the
   * newest results. Returns a handle with `status`, `pause`, `resume`, `terminate`, `consume` and `results`; leaving the scope of an
   * `await using` ends the pipeline.
   *
   * The request is not repeated after it may have reached the server, which would start a second pipeline. The deadline is 600,000 ms
   * unless another is set; a start that is aborted later than it arrived goes on: `listInferencePipelines` tells its id.
   *
   * @throws InvalidParameterError before anything is sent: a bare file name (servers since 1.6 refuse it), a workflow that is named twice or
   *   not at all, a value out of range.
   * @throws RouteNotAvailableError where pipelines are switched off, HTTPCallError (400 `ProcessesManagerInvalidPayload`: the workflow is not
   *   valid; 401: the key; 500: too many pipelines, or no manager), ServerConnectionError, DeadlineExceededError, AbortedError,
   *   InvalidResponseError.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001" });
   * await using pipeline = await client.startInferencePipelineWithWorkflow({
   *   videoReference: "/videos/shapes.mp4",
   *   specification: { version: "1.0", inputs: [{ type: "WorkflowImage", name: "image" }], steps: [], outputs: [] },
   *   maxFps: 10,
   * });
   * console.log(pipeline.id, (await pipeline.status()).report.sources_metadata?.[0]?.state);
   * ```
   */
  startInferencePipelineWithWorkflow(options: StartPipelineOptions): InferenceCall<InferencePipeline> {
    return this.call("startInferencePipelineWithWorkflow", options, async (scope) => {
      const { startedPipeline } = await import("./pipelines/open-pipeline.ts");
      return startedPipeline(this, scope, options);
    });
  }

  /**
   * A handle on a pipeline that runs already, after asking for its status. Leaving the scope of this handle does not end the pipeline.
   *
   * @throws InvalidParameterError for an empty id, HTTPCallError (404: there is no such pipeline) and the other errors of a request.
   */
  attachInferencePipeline(pipelineId: string, options: CallOptions = {}): InferenceCall<InferencePipeline> {
    return this.call("attachInferencePipeline", options, async (scope) => {
      const { attachedPipeline } = await import("./pipelines/open-pipeline.ts");
      return attachedPipeline(this, scope, pipelineId);
    });
  }

  /**
   * The pipelines of the server. An object with the ids in `pipelines`, as the server sends it.
   *
   * @throws RouteNotAvailableError where pipelines are switched off, HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError,
   *   InvalidResponseError.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: process.env.INFERENCE_API_URL ?? "http://localhost:9001" });
   * console.log((await client.listInferencePipelines()).pipelines);
   * ```
   */
  listInferencePipelines(options: CallOptions = {}): InferenceCall<PipelineList> {
    return this.call("listInferencePipelines", options, async (scope) => {
      const { requestPipelineList } = await import("./pipelines/pipeline-requests.ts");
      return requestPipelineList(scope);
    });
  }

  /**
   * What a pipeline reports of itself: states of its sources, throughput (frames/s), latencies (ms), events.
   *
   * @throws InvalidParameterError for an empty id, HTTPCallError (404: there is no such pipeline, or it is gone) and the other errors of a
   *   request.
   */
  getInferencePipelineStatus(pipelineId: string, options: CallOptions = {}): InferenceCall<PipelineStatus> {
    return this.call("getInferencePipelineStatus", options, async (scope) => {
      const { requestPipelineStatus } = await import("./pipelines/pipeline-requests.ts");
      return requestPipelineStatus(scope, pipelineId);
    });
  }

  /**
   * Stops a pipeline's taking of frames.
   *
   * @throws InvalidParameterError for an empty id, HTTPCallError (404: there is no such pipeline; 500 `ProcessesManagerOperationError`: it is
   *   paused already) and the other errors of a request.
   */
  pauseInferencePipeline(pipelineId: string, options: CallOptions = {}): InferenceCall<PipelineAnswer> {
    return this.#command("pauseInferencePipeline", "pause", pipelineId, options);
  }

  /** Lets a paused pipeline go on. Throws as `pauseInferencePipeline`. */
  resumeInferencePipeline(pipelineId: string, options: CallOptions = {}): InferenceCall<PipelineAnswer> {
    return this.#command("resumeInferencePipeline", "resume", pipelineId, options);
  }

  /**
   * Ends a pipeline; results that were not taken are lost.
   *
   * @throws InvalidParameterError for an empty id, HTTPCallError (404, or 400 `ProcessesManagerInvalidPayload`: there is no such pipeline)
   *   and the other errors of a request.
   */
  terminateInferencePipeline(pipelineId: string, options: CallOptions = {}): InferenceCall<PipelineAnswer> {
    return this.#command("terminateInferencePipeline", "terminate", pipelineId, options);
  }

  /**
   * Takes the oldest result of a pipeline. Both lists of the answer are empty when there is none, and their elements are `null` for a
   * source without a frame in this batch. Images stay `{type: "base64", value}` objects.
   *
   * @throws InvalidParameterError for an empty id, and for `excludedFields` with a transport that cannot send a body with GET (`fetch`);
   *   HTTPCallError (404: there is no such pipeline) and the other errors of a request.
   */
  consumeInferencePipelineResult(
    pipelineId: string,
    options: ConsumeOptions = {},
  ): InferenceCall<ConsumedResult> {
    return this.call("consumeInferencePipelineResult", options, async (scope) => {
      const { requestPipelineResult } = await import("./pipelines/pipeline-requests.ts");
      return requestPipelineResult(scope, pipelineId, options.excludedFields);
    });
  }

  #command(
    method: string,
    command: "pause" | "resume" | "terminate",
    pipelineId: string,
    options: CallOptions,
  ): InferenceCall<PipelineAnswer> {
    return this.call(method, options, async (scope) => {
      const { requestPipelineCommand } = await import("./pipelines/pipeline-requests.ts");
      return requestPipelineCommand(scope, command, pipelineId);
    });
  }
}
