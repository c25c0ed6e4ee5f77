import {
  describeBlocks as askForBlocks,
  describeInterface,
  describeSavedInterface,
  describeSavedWorkload,
  describeSpecificationWorkload,
  describeStepOutputs,
  executionEngineVersions,
  type SendRequest,
  validateSpecification,
  workflowSchema,
} from "@inference-ts/endpoints";
import { InvalidParameterError } from "@inference-ts/errors";
import type { Schema } from "@inference-ts/schema";
import type { WorkflowInterface } from "@inference-ts/workflows";
import { endpointsOf } from "../call/belongings.ts";
import type { CallScope } from "../call/call-scope.ts";
import { type CallOptions, DEFAULT_LOADING_TIMEOUT_MS } from "../client-options.ts";
import { given } from "../given.ts";
import type { KeyPlacement } from "../keys/key-placement.ts";
import {
  type DescribedWorkflow,
  type DescribeWorkflowOptions,
  readSpecification,
  readWorkflow,
  requireObject,
  type WorkflowSpecification,
} from "./described-workflow.ts";
import {
  type ExecutionEngineVersions,
  readBlocks,
  readInterface,
  readSchema,
  readStepOutputs,
  readValidation,
  readVersions,
  readWorkload,
  type WorkflowBlocks,
  type WorkflowSchema,
  type WorkflowStepOutput,
  type WorkflowValidation,
  type WorkflowWorkload,
} from "./introspection-answers.ts";

/** What `describeBlocks` takes. */
export interface DescribeBlocksOptions extends CallOptions {
  /** Definitions of Python blocks that a workflow brings along; they are described beside the server's own. */
  readonly dynamicBlocks?: readonly WorkflowSpecification[] | undefined;
  /** Default: the server's newest. */
  readonly executionEngineVersion?: string | undefined;
  /** Only blocks that work on a server without a network. Default false. */
  readonly airGapped?: boolean | undefined;
}

/** See `validateWorkflow` of the client. */
export async function validateWorkflow(
  scope: CallScope,
  specification: WorkflowSpecification,
): Promise<WorkflowValidation> {
  const body = readSpecification(specification);
  // This route reads the query or the header: the body is the specification itself.
  const placed = scope.keyPlacement(true);
  const query = placed.query || (placed.body && !placed.header);
  const send = ask(scope, "POST /workflows/validate", { ...placed, query, body: false }, LOADS_MODELS);
  const { data } = await validateSpecification(endpointsOf(scope.core), body, scope.keyField(query), send);
  return readValidation(data);
}

/** See `describeWorkflowInterface` of the client. */
export async function describeWorkflowInterface(
  scope: CallScope,
  workflow: DescribedWorkflow,
  options: DescribeWorkflowOptions,
): Promise<WorkflowInterface> {
  return readInterface(await askAbout(scope, workflow, options, "describe_interface"));
}

/** See `describeWorkload` of the client. */
export async function describeWorkload(
  scope: CallScope,
  workflow: DescribedWorkflow,
  options: DescribeWorkflowOptions,
): Promise<WorkflowWorkload> {
  return readWorkload(await askAbout(scope, workflow, options, "describe_workload"));
}

const QUESTIONS = {
  describe_interface: { inline: describeInterface, named: describeSavedInterface },
  describe_workload: { inline: describeSpecificationWorkload, named: describeSavedWorkload },
} as const;

async function askAbout(
  scope: CallScope,
  workflow: DescribedWorkflow,
  { useCache }: DescribeWorkflowOptions,
  question: keyof typeof QUESTIONS,
): Promise<unknown> {
  const read = readWorkflow(workflow);
  const client = endpointsOf(scope.core);
  const key = bodyKey(scope);
  const { inline, named } = QUESTIONS[question];
  if (read.kind === "inline") {
    const body = { specification: { ...read.specification }, ...scope.keyField(key.body) };
    return (await inline(client, body, ask(scope, `POST /workflows/${question}`, key))).data;
  }
  const path = { workspace_name: read.workspaceName, workflow_id: read.workflowId };
  const body = {
    ...scope.keyField(key.body),
    ...given({ use_cache: useCache, workflow_version_id: read.workflowVersionId }),
  };
  const operation = `POST /{workspace_name}/workflows/{workflow_id}/${question}`;
  return (await named(client, path, body, ask(scope, operation, key))).data;
}

/** See `describeBlocks` of the client. */
export async function describeBlocks(
  scope: CallScope,
  { dynamicBlocks, executionEngineVersion, airGapped }: DescribeBlocksOptions,
): Promise<WorkflowBlocks> {
  const key = bodyKey(scope);
  const body = {
    ...scope.keyField(key.body),
    ...given({
      dynamic_blocks_definitions: dynamicBlocks === undefined ? undefined : readDynamicBlocks(dynamicBlocks),
      execution_engine_version: executionEngineVersion,
    }),
  };
  const send = ask(scope, "POST /workflows/blocks/describe", key);
  const query = given({ air_gapped: airGapped });
  return readBlocks((await askForBlocks(endpointsOf(scope.core), body, query, send)).data);
}

/** See `describeDynamicBlockOutputs` of the client. */
export async function describeDynamicBlockOutputs(
  scope: CallScope,
  step: WorkflowSpecification,
): Promise<WorkflowStepOutput[]> {
  requireObject(step, "A step");
  if (typeof step.type !== "string") {
    throw new InvalidParameterError('The step has no "type", such as "roboflow_core/json_parser@v1".');
  }
  const key = headerKey(scope);
  const send = ask(scope, "POST /workflows/blocks/dynamic_outputs", key);
  return readStepOutputs((await describeStepOutputs(endpointsOf(scope.core), step, send)).data);
}

/** See `getWorkflowSchema` of the client. */
export async function getWorkflowSchema(scope: CallScope): Promise<WorkflowSchema> {
  const send = ask(scope, "GET /workflows/definition/schema", headerKey(scope));
  return readSchema((await workflowSchema(endpointsOf(scope.core), send)).data);
}

/** See `getExecutionEngineVersions` of the client. */
export async function getExecutionEngineVersions(scope: CallScope): Promise<ExecutionEngineVersions> {
  const send = ask(scope, "GET /workflows/execution_engine/versions", headerKey(scope));
  return readVersions((await executionEngineVersions(endpointsOf(scope.core), send)).data);
}

/** The server compiles the workflow with its models. */
const LOADS_MODELS = DEFAULT_LOADING_TIMEOUT_MS;

/** Nothing of this changes the server, so that every request may be repeated. */
function ask(scope: CallScope, operation: string, key: KeyPlacement, fallbackMs?: number): SendRequest {
  const timeoutMs = scope.timeoutMs(fallbackMs);
  return scope.send({ operation, signal: scope.signal, timeoutMs, replay: "always", key });
}

/** These routes read the key from header and body; one in the query they ignore (seen of server 1.8.3). */
function bodyKey(scope: CallScope): KeyPlacement {
  const { header, query, body } = scope.keyPlacement(true);
  return { header, query: false, body: body || query };
}

/** These have no place of their own for a key. */
function headerKey(scope: CallScope): KeyPlacement {
  const { header } = scope.keyPlacement(false);
  return { header, query: false, body: false };
}

type DynamicBlocks = NonNullable<Schema<"DescribeBlocksRequest">["dynamic_blocks_definitions"]>;

/** The server checks them in full; what is refused here could only be a mistake of the caller. */
function readDynamicBlocks(blocks: readonly WorkflowSpecification[]): DynamicBlocks {
  if (!blocks.every(isDynamicBlock)) {
    throw new InvalidParameterError('Every dynamic block is an object with "type", "manifest" and "code".', {
      hint: 'See "dynamic_block_definition_schema" of describeBlocks().',
    });
  }
  return blocks.map((block) => block);
}

function isDynamicBlock(block: unknown): block is DynamicBlocks[number] {
  return typeof block === "object" && block !== null && "manifest" in block && "code" in block;
}
