import type { Schema } from "@inference-ts/schema";
import {
  type EndpointAnswer,
  type EndpointClient,
  endpointAnswer,
  fetchWith,
  type SendRequest,
} from "./endpoint-client.ts";

/** A workflow that the platform keeps, as it stands in a path. */
export interface SavedWorkflowPath {
  readonly workspace_name: string;
  readonly workflow_id: string;
}

type Asking<Body> = (
  client: EndpointClient,
  body: Body,
  send: SendRequest,
) => Promise<EndpointAnswer<unknown>>;

type AskingAboutSaved<Body> = (
  client: EndpointClient,
  path: SavedWorkflowPath,
  body: Body,
  send: SendRequest,
) => Promise<EndpointAnswer<unknown>>;

/** `POST /workflows/describe_interface`: inputs and outputs of a specification with their kinds. */
export const describeInterface: Asking<Schema<"WorkflowSpecificationDescribeInterfaceRequest">> = async (
  client,
  body,
  send,
) => endpointAnswer(await client.POST("/workflows/describe_interface", { body, fetch: fetchWith(send) }));

/** `POST /{workspace_name}/workflows/{workflow_id}/describe_interface`: the same for a workflow that the platform keeps. */
export const describeSavedInterface: AskingAboutSaved<
  Schema<"PredefinedWorkflowDescribeInterfaceRequest">
> = async (client, path, body, send) =>
  endpointAnswer(
    await client.POST("/{workspace_name}/workflows/{workflow_id}/describe_interface", {
      body,
      params: { path },
      fetch: fetchWith(send),
    }),
  );

/** `POST /workflows/describe_workload`: steps, models and dimensions of a specification. Servers from 1.7 on. */
export const describeSpecificationWorkload: Asking<
  Schema<"WorkflowSpecificationDescribeWorkloadRequest">
> = async (client, body, send) =>
  endpointAnswer(await client.POST("/workflows/describe_workload", { body, fetch: fetchWith(send) }));

/** `POST /{workspace_name}/workflows/{workflow_id}/describe_workload`: the same for a workflow that the platform keeps. */
export const describeSavedWorkload: AskingAboutSaved<
  Schema<"PredefinedWorkflowDescribeWorkloadRequest">
> = async (client, path, body, send) =>
  endpointAnswer(
    await client.POST("/{workspace_name}/workflows/{workflow_id}/describe_workload", {
      body,
      params: { path },
      fetch: fetchWith(send),
    }),
  );

/** `POST /workflows/validate`: the body is the specification itself. `query` is for a key that has to travel in the URL. */
export async function validateSpecification(
  client: EndpointClient,
  body: Readonly<Record<string, unknown>>,
  query: { readonly api_key?: string },
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.POST("/workflows/validate", {
      body: { ...body },
      params: { query },
      fetch: fetchWith(send),
    }),
  );
}

/** `POST /workflows/blocks/describe`: every block with its schema, about 12.5 MB of JSON. */
export async function describeBlocks(
  client: EndpointClient,
  body: Schema<"DescribeBlocksRequest">,
  query: { readonly air_gapped?: boolean },
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(
    await client.POST("/workflows/blocks/describe", { body, params: { query }, fetch: fetchWith(send) }),
  );
}

/** `POST /workflows/blocks/dynamic_outputs`: the outputs of one step, for blocks whose outputs follow from their settings. */
export const describeStepOutputs: Asking<Readonly<Record<string, unknown>>> = async (client, body, send) =>
  endpointAnswer(
    await client.POST("/workflows/blocks/dynamic_outputs", { body: { ...body }, fetch: fetchWith(send) }),
  );

/** `GET /workflows/definition/schema`: JSON Schema of specifications, about 4.3 MB. */
export async function workflowSchema(
  client: EndpointClient,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(await client.GET("/workflows/definition/schema", { fetch: fetchWith(send) }));
}

/** `GET /workflows/execution_engine/versions`. */
export async function executionEngineVersions(
  client: EndpointClient,
  send: SendRequest,
): Promise<EndpointAnswer<unknown>> {
  return endpointAnswer(await client.GET("/workflows/execution_engine/versions", { fetch: fetchWith(send) }));
}
