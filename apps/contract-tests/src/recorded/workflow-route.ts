import { isRecord, recordAt } from "../golden/json.ts";
import type { Route } from "./routes.ts";

const SAVED = /^\/([^/]+)\/workflows\/([^/]+)\/(describe_interface|describe_workload)$/;

/** Stands for bodies that the client refuses before it asks. */
const STAND_IN = { version: "1.0", inputs: [], steps: [], outputs: [] };

const specificationOf = (body: unknown) => (isRecord(body) && Array.isArray(body.steps) ? body : STAND_IN);

const ROUTES: Readonly<Record<string, Route>> = {
  "POST /workflows/validate": {
    call: (client, { requestBody }) => client.validateWorkflow(specificationOf(requestBody)),
  },
  "POST /workflows/describe_interface": {
    call: (client, { requestBody }) =>
      client.describeWorkflowInterface(specificationOf(recordAt(requestBody, "specification"))),
  },
  "POST /workflows/describe_workload": {
    call: (client, { requestBody }) =>
      client.describeWorkload(specificationOf(recordAt(requestBody, "specification"))),
  },
  "POST /workflows/blocks/describe": { call: (client) => client.describeBlocks() },
  "POST /workflows/blocks/dynamic_outputs": {
    call: (client, { requestBody }) =>
      client.describeDynamicBlockOutputs(isRecord(requestBody) ? requestBody : {}),
  },
  "GET /workflows/execution_engine/versions": { call: (client) => client.getExecutionEngineVersions() },
  "GET /workflows/definition/schema": { call: (client) => client.getWorkflowSchema() },
};

/** The method that asks about workflows at this address, if it is one of those. */
export function workflowRoute(method: string, path: string): Route | undefined {
  const [, workspaceName, workflowId, question] = SAVED.exec(path) ?? [];
  if (method !== "POST" || workspaceName === undefined || workflowId === undefined) {
    return ROUTES[`${method} ${path}`];
  }
  const workflow = { workspaceName, workflowId };
  return question === "describe_workload"
    ? { call: (client) => client.describeWorkload(workflow) }
    : { call: (client) => client.describeWorkflowInterface(workflow) };
}
