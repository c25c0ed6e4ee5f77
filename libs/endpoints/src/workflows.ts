import type { Schema } from "@inference-ts/schema";
import {
  type EndpointAnswer,
  type EndpointClient,
  endpointAnswer,
  fetchWith,
  type SendRequest,
} from "./endpoint-client.ts";

/** The query of every route that runs a workflow: billing and attribution. */
export interface RunWorkflowQuery {
  readonly countinference?: boolean;
  readonly service_secret?: string;
  readonly source?: string;
  readonly source_info?: string;
}

/** Body of a run of a stored workflow. */
export type StoredWorkflowRequest = Schema<"PredefinedWorkflowInferenceRequest">;

/** Body of a run of a definition. The route does not declare `use_cache`; the Python client sends it, and so does this one. */
export type InlineWorkflowRequest = Schema<"WorkflowSpecificationInferenceRequest"> & {
  readonly use_cache?: boolean;
};

/** Names of a stored workflow in the path. */
export interface WorkflowPath {
  readonly workspace_name: string;
  readonly workflow_id: string;
}

/** Runs a stored workflow. */
export type RunStoredWorkflow = (
  client: EndpointClient,
  path: WorkflowPath,
  body: StoredWorkflowRequest,
  query: RunWorkflowQuery,
  send: SendRequest,
) => Promise<EndpointAnswer<unknown>>;

/** Runs a definition. */
export type RunInlineWorkflow = (
  client: EndpointClient,
  body: InlineWorkflowRequest,
  query: RunWorkflowQuery,
  send: SendRequest,
) => Promise<EndpointAnswer<unknown>>;

/** `POST /{workspace_name}/workflows/{workflow_id}`: runs a stored workflow. Source: the HTTP API of server 1.8.3. */
export const runStoredWorkflow: RunStoredWorkflow = async (client, path, body, query, send) =>
  endpointAnswer(
    await client.POST("/{workspace_name}/workflows/{workflow_id}", {
      body,
      params: { path, query },
      fetch: fetchWith(send),
    }),
  );

/** `POST /workflows/run`: runs a definition that the body brings along. Source: the HTTP API of server 1.8.3. */
export const runInlineWorkflow: RunInlineWorkflow = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/workflows/run", { body, params: { query }, fetch: fetchWith(send) }));

/** `POST /infer/workflows/{workspace_name}/{workflow_id}`, the older address of the same. */
export const runStoredWorkflowByOldRoute: RunStoredWorkflow = async (client, path, body, query, send) =>
  endpointAnswer(
    await client.POST("/infer/workflows/{workspace_name}/{workflow_id}", {
      body,
      params: { path, query },
      fetch: fetchWith(send),
    }),
  );

/** `POST /infer/workflows`, the older address of the same. */
export const runInlineWorkflowByOldRoute: RunInlineWorkflow = async (client, body, query, send) =>
  endpointAnswer(await client.POST("/infer/workflows", { body, params: { query }, fetch: fetchWith(send) }));
