import { type InferenceHTTPClient, isWorkflowImage } from "@inference-ts/sdk/node";
import { isRecord, recordAt } from "../golden/json.ts";
import type { Route } from "./route.ts";

const RUN = /^\/([^/]+)\/workflows\/([^/]+)$/;
const SAVED = /^\/([^/]+)\/workflows\/([^/]+)\/(describe_interface|describe_workload)$/;

/** Stands for bodies that the client refuses before it asks. */
const STAND_IN = { version: "1.0", inputs: [], steps: [], outputs: [] };

const specificationOf = (body: unknown) => (isRecord(body) && Array.isArray(body.steps) ? body : STAND_IN);

const ROUTES: Readonly<Record<string, Route>> = {
  "POST /workflows/run": run((client) => client.runWorkflow({ specification: STAND_IN })),
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

/** A run with its pictures decoded. */
function run(call: (client: InferenceHTTPClient) => Promise<unknown>): Route {
  return { call, toWire: withBase64 };
}

/** Bytes back to base64, format and size gone; what was not read right is not what was sent. */
function withBase64(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBase64);
  if (isWorkflowImage(value)) {
    const { format, width, height, ...rest } = value;
    if (!(format === "jpeg" || format === "png") || !width || !height) return { unreadable: format };
    return { ...rest, type: "base64", value: Buffer.from(value.value).toString("base64") };
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withBase64(item)]));
}

/** The method that runs, or asks about workflows at this address, if it is one of those. */
export function workflowRoute(method: string, path: string): Route | undefined {
  const [, workspace, id] = RUN.exec(path) ?? [];
  if (method === "POST" && workspace !== undefined && id !== undefined && workspace !== "infer") {
    return run((client) => client.runWorkflow({ workspaceName: workspace, workflowId: id }));
  }
  const [, workspaceName, workflowId, question] = SAVED.exec(path) ?? [];
  if (method !== "POST" || workspaceName === undefined || workflowId === undefined) {
    return ROUTES[`${method} ${path}`];
  }
  const workflow = { workspaceName, workflowId };
  return question === "describe_workload"
    ? { call: (client) => client.describeWorkload(workflow) }
    : { call: (client) => client.describeWorkflowInterface(workflow) };
}
