import type {
  InlineWorkflow,
  WorkflowOutput,
  WorkflowReference,
  WorkflowResult,
} from "@inference-ts/workflows";
import type { InferenceCall } from "./call/inference-call.ts";
import { WorkflowIntrospectionMethods } from "./workflow-introspection-methods.ts";
import type { NamedWorkflowByOldNames, RunWorkflowOptions } from "./workflows/run-options.ts";

/** The methods of workflows: running them and asking what they need and answer. */
export abstract class WorkflowMethods extends WorkflowIntrospectionMethods {
  /**
   * Runs a workflow: a stored one by workspace and id, or a definition that travels with the request. Works in both modes; the key
   * goes into the body (and header) in both. Source: the HTTP API of server 1.8.3.
   *
   * `outputs` has one object per element of the batch, each with the outputs of the workflow by their names:
   *
   * | output | what it is here |
   * |---|---|
   * | picture | `{ type: "bytes", value, format, width, height, video_metadata?, parent_origin?, ... }`: encoded bytes, size in pixels; other forms: `outputImages` (sharp among them); `isWorkflowImage` recognises it |
   * | detections | `{ image: { width, height }, predictions }`, boxes in pixels with `x`, `y` = centre; `isWorkflowDetections` recognises them, `Detections.from` takes them |
   * | everything else | the JSON of the wire; nested lists (batches inside a batch) and `null` (a step that was skipped) stay |
   *
   * A run may write and notify. It is sent again after 429, 502, 503, 504 and lost connections, as the Python client does; switch that
   * off with `configuration: { workflowRunRetriesEnabled: false }`, or the effects with `disableSinks`. The deadline is 600,000 ms
   * unless another is set, since the first run makes the server load the models.
   *
   * @typeParam Output - What you know of the outputs; nothing is checked against it.
   * @throws InvalidParameterError unless exactly one workflow is named, or when an input is image and parameter at once.
   * @throws InvalidInputFormatError, InvalidUrlInputError, ImageTooLargeError, EncodingError before anything is sent.
   * @throws MissingPeerError for `outputImages: "sharp"` without sharp, before anything is sent.
   * @throws HTTPCallError: `errorType`, `innerErrorType`, and `blockErrors` with name, type and property of the blocks that failed.
   * @throws EncodingError for an output that is marked as a picture and is none, InvalidResponseError; both name the place.
   * @throws ServerConnectionError, DeadlineExceededError, AbortedError.
   * @example
   * ```ts
   * import { InferenceHTTPClient, isWorkflowImage } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const specification = {
   *   version: "1.4.0",
   *   inputs: [{ type: "WorkflowImage", name: "image" }],
   *   steps: [{ type: "roboflow_core/convert_grayscale@v1", name: "gray", image: "$inputs.image" }],
   *   outputs: [{ type: "JsonField", name: "gray", selector: "$steps.gray.image" }],
   * };
   * const { outputs } = await client.runWorkflow({ specification }, { images: { image: "street.jpg" } });
   * const gray = outputs[0]?.gray;
   * if (isWorkflowImage(gray)) console.log(gray.format, gray.width, gray.height, gray.value.length);
   * ```
   */
  runWorkflow<Output extends object = WorkflowOutput>(
    workflow: WorkflowReference,
    options?: RunWorkflowOptions,
  ): InferenceCall<WorkflowResult<Output>>;
  runWorkflow(
    workflow: WorkflowReference,
    options: RunWorkflowOptions = {},
  ): InferenceCall<WorkflowResult<object>> {
    return this.call("runWorkflow", options, async (scope) => {
      const { runWorkflow } = await import("./workflows/run-workflow.ts");
      return runWorkflow(scope, workflow, options);
    });
  }

  /**
   * Runs a workflow by the older addresses, for servers that have only those. Takes `workflowName` for `workflowId`, all else as
   * `runWorkflow`. Warns at its first use: `process.emitWarning` (`DeprecationWarning`) in Node, else the console.
   *
   * @deprecated Use `runWorkflow`; the server may drop these addresses.
   * @throws The errors of `runWorkflow`.
   */
  inferFromWorkflow<Output extends object = WorkflowOutput>(
    workflow: NamedWorkflowByOldNames | InlineWorkflow,
    options?: RunWorkflowOptions,
  ): InferenceCall<WorkflowResult<Output>>;
  inferFromWorkflow(
    workflow: NamedWorkflowByOldNames | InlineWorkflow,
    options: RunWorkflowOptions = {},
  ): InferenceCall<WorkflowResult<object>> {
    return this.call("inferFromWorkflow", options, async (scope) => {
      const { inferFromWorkflow } = await import("./workflows/run-workflow.ts");
      return inferFromWorkflow(scope, workflow, options);
    });
  }
}
