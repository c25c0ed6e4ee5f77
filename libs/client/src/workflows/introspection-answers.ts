import type { Schema } from "@inference-ts/schema";
import type { WorkflowInterface } from "@inference-ts/workflows";
import { checkAnswer, type FieldForm, refuseAnswer } from "../core-models/check-answer.ts";

/** Answer of `validateWorkflow`. */
export type WorkflowValidation = Readonly<Schema<"WorkflowValidationStatus">>;
/** Answer of `describeWorkload`. */
export type WorkflowWorkload = Readonly<Schema<"WorkflowIntrospection">>;
/** Answer of `describeBlocks`. */
export type WorkflowBlocks = Readonly<Schema<"WorkflowsBlocksDescription">>;
/** One output of a step in the answer of `describeDynamicBlockOutputs`. */
export type WorkflowStepOutput = Readonly<Schema<"OutputDefinition">>;
/** Answer of `getExecutionEngineVersions`. */
export type ExecutionEngineVersions = Readonly<Schema<"ExecutionEngineVersions">>;
/** Answer of `getWorkflowSchema`. */
export type WorkflowSchema = Readonly<Schema<"WorkflowsBlocksSchemaDescription">>;

/** Reads what `/workflows/validate` answers. */
export function readValidation(body: unknown): WorkflowValidation {
  return checkAnswer(body, { status: "text" });
}

/** Reads what `describe_interface` answers. */
export function readInterface(body: unknown): WorkflowInterface {
  const read = checkAnswer<WorkflowInterface>(body, {
    inputs: "anything",
    outputs: "anything",
    typing_hints: "anything",
    kinds_schemas: "anything",
  });
  for (const [name, kinds] of entries(read.inputs, "inputs")) requireTexts(kinds, `inputs.${name}`);
  for (const [name, kinds] of entries(read.outputs, "outputs")) {
    if (Array.isArray(kinds)) requireTexts(kinds, `outputs.${name}`);
    else {
      for (const [property, of] of entries(kinds, `outputs.${name}`)) {
        requireTexts(of, `outputs.${name}.${property}`);
      }
    }
  }
  for (const [name, hint] of entries(read.typing_hints, "typing_hints")) {
    if (typeof hint !== "string") refuseAnswer(`typing_hints.${name}`, "a string", hint);
  }
  entries(read.kinds_schemas, "kinds_schemas");
  return read;
}

/** Reads what `describe_workload` answers. */
export function readWorkload(body: unknown): WorkflowWorkload {
  const read = checkAnswer<WorkflowWorkload>(body, {
    execution_engine_version: "text",
    nodes: "list",
    edges: "list",
    steps: "list",
    summary: "anything",
  });
  checkEach(read.nodes, { id: "text", kind: "text" }, "nodes");
  checkEach(read.edges, { source: "text", target: "text" }, "edges");
  checkEach(read.steps, STEP, "steps");
  checkAnswer(
    read.summary,
    { max_dimensionality: "number", models: "anything", steps_by_dimensionality: "anything" },
    "summary",
  );
  checkAnswer(read.summary.models, { items: "list", unknown_reasons: "list" }, "summary.models");
  return read;
}

const STEP = {
  node_id: "text",
  block_type: "text",
  input_dimensionality: "number",
  output_dimensionality: "number",
  resources: "anything",
  restrictions: "anything",
  operations: "anything",
} as const;

/** Reads what `/workflows/blocks/describe` answers. */
export function readBlocks(body: unknown): WorkflowBlocks {
  const read = checkAnswer<WorkflowBlocks>(body, {
    blocks: "list",
    declared_kinds: "list",
    kinds_connections: "anything",
    primitives_connections: "list",
    universal_query_language_description: "anything",
    dynamic_block_definition_schema: "anything",
  });
  checkEach(read.blocks, BLOCK, "blocks");
  checkEach(read.declared_kinds, { name: "text" }, "declared_kinds");
  return read;
}

const BLOCK = {
  manifest_type_identifier: "text",
  block_schema: "anything",
  outputs_manifest: "list",
} as const;

/** Reads what `/workflows/blocks/dynamic_outputs` answers. */
export function readStepOutputs(body: unknown): WorkflowStepOutput[] {
  if (!Array.isArray(body)) return refuseAnswer("", "a list", body);
  return body.map((output, at) =>
    checkAnswer<WorkflowStepOutput>(output, { name: "text", kind: "list" }, `[${at}]`),
  );
}

/** Reads what `/workflows/execution_engine/versions` answers. */
export function readVersions(body: unknown): ExecutionEngineVersions {
  const read = checkAnswer<ExecutionEngineVersions>(body, { versions: "list" });
  requireTexts(read.versions, "versions");
  return read;
}

/** Reads what `/workflows/definition/schema` answers. */
export function readSchema(body: unknown): WorkflowSchema {
  const read = checkAnswer<WorkflowSchema>(body, { schema: "anything" });
  entries(read.schema, "schema");
  return read;
}

function checkEach(list: readonly unknown[], fields: Readonly<Record<string, FieldForm>>, at: string): void {
  for (const [index, item] of list.entries()) checkAnswer(item, fields, `${at}[${index}]`);
}

function entries(value: unknown, at: string): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuseAnswer(at, "an object", value);
  }
  return Object.entries(value);
}

function requireTexts(value: unknown, at: string): void {
  if (!Array.isArray(value)) refuseAnswer(at, "a list", value);
  for (const [index, item] of value.entries()) {
    if (typeof item !== "string") refuseAnswer(`${at}[${index}]`, "a string", item);
  }
}
