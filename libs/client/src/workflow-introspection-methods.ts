import type { WorkflowInterface } from "@inference-ts/workflows";
import type { CallScope } from "./call/call-scope.ts";
import type { InferenceCall } from "./call/inference-call.ts";
import type { CallOptions } from "./client-options.ts";
import { CoreModelMethods } from "./core-model-methods.ts";
import type {
  DescribedWorkflow,
  DescribeWorkflowOptions,
  WorkflowSpecification,
} from "./workflows/described-workflow.ts";
import type { DescribeBlocksOptions } from "./workflows/introspect.ts";
import type {
  ExecutionEngineVersions,
  WorkflowBlocks,
  WorkflowSchema,
  WorkflowStepOutput,
  WorkflowValidation,
  WorkflowWorkload,
} from "./workflows/introspection-answers.ts";

/**
 * Questions about workflows and about what they are built from. Nothing is run. A workflow is given by its definition, or by
 * `{ workspaceName, workflowId }` when it is stored on the platform. Source: the HTTP API of server 1.8.3, and what
 * it was seen to answer.
 */
export abstract class WorkflowIntrospectionMethods extends CoreModelMethods {
  /**
   * Compiles a workflow without running it. The server loads its models to do so, therefore the deadline is 600,000 ms unless
   * another is set.
   *
   * @returns `{ status: "ok" }`; a workflow that does not compile is an error.
   * @throws HTTPCallError (400) whose `blockErrors` name the step and the property; InvalidParameterError for what is no definition;
   *   ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const specification = {
   *   version: "1.4.0",
   *   inputs: [{ type: "WorkflowImage", name: "image" }],
   *   steps: [{ type: "roboflow_core/convert_grayscale@v1", name: "gray", image: "$inputs.image" }],
   *   outputs: [{ type: "JsonField", name: "gray", selector: "$steps.gray.image" }],
   * };
   * await client.validateWorkflow(specification);
   * ```
   */
  validateWorkflow(
    specification: WorkflowSpecification,
    options: CallOptions = {},
  ): InferenceCall<WorkflowValidation> {
    return this.#ask("validateWorkflow", options, (ask, scope) => ask.validateWorkflow(scope, specification));
  }

  /**
   * The inputs and outputs of a workflow with the kinds that they may be of. An input that no step uses is `["*"]`; an output that
   * holds all of a step is an object of kinds. Servers of before 1.6 refuse outputs that select an input.
   *
   * @throws HTTPCallError (400: does not compile, or no key; 404: not stored), InvalidParameterError, ServerConnectionError,
   *   DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { inputs, outputs } = await client.describeWorkflowInterface({
   *   workspaceName: "colour-lab",
   *   workflowId: "detect-colours",
   * });
   * console.log(inputs.image, outputs.predictions); // [ 'image' ] [ 'object_detection_prediction' ]
   * ```
   */
  describeWorkflowInterface(
    workflow: DescribedWorkflow,
    options: DescribeWorkflowOptions = {},
  ): InferenceCall<WorkflowInterface> {
    return this.#ask("describeWorkflowInterface", options, (ask, scope) =>
      ask.describeWorkflowInterface(scope, workflow, options),
    );
  }

  /**
   * The graph of a workflow: its steps, how deep the lists of each are nested, and which models it will load. Loads nothing. Where
   * `complete` is false there may be more than what is listed. Servers from 1.7 on.
   *
   * @throws RouteNotAvailableError on an older server; HTTPCallError (400: does not compile, or no key; 404: not stored),
   *   InvalidParameterError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { summary } = await client.describeWorkload({ workspaceName: "colour-lab", workflowId: "detect-colours" });
   * console.log(summary.models.items.map(({ model_id }) => model_id)); // [ 'colours/1' ]
   * ```
   */
  describeWorkload(
    workflow: DescribedWorkflow,
    options: DescribeWorkflowOptions = {},
  ): InferenceCall<WorkflowWorkload> {
    return this.#ask("describeWorkload", options, (ask, scope) =>
      ask.describeWorkload(scope, workflow, options),
    );
  }

  /**
   * Every block that the server has, with the JSON Schema of its settings and the kinds of its outputs, and every kind. The answer
   * is about 12.5 MB of JSON.
   *
   * @throws HTTPCallError (422: a dynamic block is not well formed), InvalidParameterError, ServerConnectionError,
   *   DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { blocks, declared_kinds } = await client.describeBlocks();
   * console.log(blocks.length, declared_kinds.map(({ name }) => name));
   * ```
   */
  describeBlocks(options: DescribeBlocksOptions = {}): InferenceCall<WorkflowBlocks> {
    return this.#ask("describeBlocks", options, (ask, scope) => ask.describeBlocks(scope, options));
  }

  /**
   * The outputs of one step, for blocks whose outputs follow from their settings.
   *
   * @param step - The step as it stands in a definition, with `type` and `name`.
   * @throws HTTPCallError (400: unknown block or bad settings), InvalidParameterError, ServerConnectionError,
   *   DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such route
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const outputs = await client.describeDynamicBlockOutputs({
   *   type: "roboflow_core/json_parser@v1",
   *   name: "parser",
   *   raw_json: "$inputs.text",
   *   expected_fields: ["colour"],
   * });
   * console.log(outputs.map(({ name }) => name)); // [ 'error_status', 'colour' ]
   * ```
   */
  describeDynamicBlockOutputs(
    step: WorkflowSpecification,
    options: CallOptions = {},
  ): InferenceCall<WorkflowStepOutput[]> {
    return this.#ask("describeDynamicBlockOutputs", options, (ask, scope) =>
      ask.describeDynamicBlockOutputs(scope, step),
    );
  }

  /**
   * The JSON Schema of workflow definitions with all blocks of the server, about 4.3 MB of JSON.
   *
   * @throws HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts no-run: the sandbox has no such route
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { schema } = await client.getWorkflowSchema();
   * console.log(schema.required);
   * ```
   */
  getWorkflowSchema(options: CallOptions = {}): InferenceCall<WorkflowSchema> {
    return this.#ask("getWorkflowSchema", options, (ask, scope) => ask.getWorkflowSchema(scope));
  }

  /**
   * The versions of the execution engine that the server has. A definition asks for one in `version`, and any of the same major that
   * is not older will do.
   *
   * @throws HTTPCallError, ServerConnectionError, DeadlineExceededError, AbortedError, InvalidResponseError.
   * @example
   * ```ts
   * import { InferenceHTTPClient } from "@inference-ts/sdk/node";
   * await using client = new InferenceHTTPClient({ apiUrl: "http://localhost:9001", apiKey: "test-key" });
   * const { versions } = await client.getExecutionEngineVersions();
   * console.log(versions); // [ '1.17.0' ]
   * ```
   */
  getExecutionEngineVersions(options: CallOptions = {}): InferenceCall<ExecutionEngineVersions> {
    return this.#ask("getExecutionEngineVersions", options, (ask, scope) =>
      ask.getExecutionEngineVersions(scope),
    );
  }

  #ask<T>(
    method: string,
    options: CallOptions,
    run: (ask: typeof import("./workflows/introspect.ts"), scope: CallScope) => Promise<T>,
  ): InferenceCall<T> {
    return this.call(method, options, async (scope) => run(await import("./workflows/introspect.ts"), scope));
  }
}
