import type { OutputImageForm, WorkflowImages, WorkflowParameters } from "@inference-ts/workflows";
import type { CallOptions } from "../client-options.ts";
import type { InferenceConfigurationInput } from "../configuration/configuration.ts";

/** What a run of a workflow takes beside the workflow. */
export interface RunWorkflowOptions extends CallOptions {
  /** Images by the names of the workflow's image inputs: one, a batch as a list, or nested batches. Sent as they are. */
  readonly images?: WorkflowImages | undefined;
  /** Other inputs by their names: any JSON. A name must not be that of an image too. */
  readonly parameters?: WorkflowParameters | undefined;
  /** Names of outputs that the server leaves out of the answer. */
  readonly excludedFields?: readonly string[] | undefined;
  /** Whether the server may use a copy of a stored definition that is up to 15 minutes old. Default true. */
  readonly useCache?: boolean | undefined;
  /** Asks for `profiler_trace`. The server must allow it (`ENABLE_WORKFLOWS_PROFILING`). Default false. */
  readonly enableProfiling?: boolean | undefined;
  /** Runs without writing to sinks and without sending notifications. Default false. Servers since 1.6. */
  readonly disableSinks?: boolean | undefined;
  /** Asks for what blocks with Python code print, in the answer and in errors. Default false. */
  readonly debug?: boolean | undefined;
  /**
   * The form of pictures among the outputs. Default `"bytes"`; `"base64"` leaves them as the server sent them; `"sharp"` gives a pipeline of
   * sharp each, only with the client of `./node`.
   */
  readonly outputImages?: OutputImageForm | undefined;
  /** Settings of this call, over those of the client: key transport, billing, source, `workflowRunRetriesEnabled`. */
  readonly configuration?: InferenceConfigurationInput | undefined;
}

/** A stored workflow as the older method names it. */
export interface NamedWorkflowByOldNames {
  readonly workspaceName: string;
  readonly workflowName: string;
  readonly workflowVersionId?: string | undefined;
  readonly specification?: undefined;
}
