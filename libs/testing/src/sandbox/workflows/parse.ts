import type { Block } from "./blocks/block.ts";
import { blockOf } from "./blocks/blocks.ts";
import {
  type InputDefinition,
  isRecord,
  type JsonRecord,
  type StepDefinition,
  type WorkflowDefinition,
} from "./definition.ts";
import { checkEngineVersion } from "./engine-version.ts";
import { refuseWorkflow } from "./failures.ts";
import { checkSpecification, givenValue, listOf } from "./specification-problems.ts";

/** Inputs that hold one value for each element of the batch. */
const BATCH_TYPES: ReadonlySet<unknown> = new Set([
  "WorkflowImage",
  "InferenceImage",
  "WorkflowVideoMetadata",
  "WorkflowBatchInput",
]);

/** Kinds of inputs that do not name theirs. */
const DEFAULT_KINDS: Readonly<Record<string, readonly string[]>> = {
  WorkflowImage: ["image"],
  InferenceImage: ["image"],
  WorkflowVideoMetadata: ["video_metadata"],
};

function kindsOf(input: JsonRecord): readonly string[] {
  const given = listOf(input.kind).flatMap((kind) => {
    const name = isRecord(kind) ? kind.name : kind;
    return typeof name === "string" ? [name] : [];
  });
  return given.length > 0 ? given : (DEFAULT_KINDS[String(input.type)] ?? ["*"]);
}

function inputOf(input: JsonRecord): InputDefinition {
  const type = String(input.type);
  if ((input.dimensionality ?? 1) !== 1) {
    refuseWorkflow({
      status: 501,
      message: "The sandbox has no inputs of batches inside a batch. Use a real server for them.",
      errorType: "SandboxLimit",
      context: "workflow_compilation | workflow_definition_parsing",
    });
  }
  const kinds = kindsOf(input);
  return {
    name: String(input.name),
    type,
    isImage: BATCH_TYPES.has(type) && kinds.includes("image"),
    isBatch: BATCH_TYPES.has(type),
    kinds,
    fallback: input.default_value ?? null,
  };
}

function stepOf(step: JsonRecord, block: Block): StepDefinition {
  const values = Object.entries(block.properties).map(([name, property]) => {
    const value = givenValue(step, name, property);
    return [name, value === undefined ? property.fallback : value];
  });
  return { name: String(step.name), type: String(step.type), block, values: Object.fromEntries(values) };
}

function refuseDuplicates(items: readonly { readonly name: string }[], what: string): void {
  if (new Set(items.map(({ name }) => name)).size === items.length) return;
  refuseWorkflow({
    message: `Found duplicated input ${what} names`,
    errorType: "DuplicatedNameError",
    context: "workflow_compilation | specification_validation",
  });
}

/** Reads a specification; answers 400 as the server does where it is not one. */
export function parseWorkflow(specification: JsonRecord): WorkflowDefinition {
  checkEngineVersion(specification.version);
  checkSpecification(specification);
  const inputs = listOf(specification.inputs).filter(isRecord).map(inputOf);
  const steps = listOf(specification.steps)
    .filter(isRecord)
    .flatMap((step) => {
      const block = blockOf(step.type);
      return block === undefined ? [] : [stepOf(step, block)];
    });
  const outputs = listOf(specification.outputs)
    .filter(isRecord)
    .map(({ name, selector, coordinates_system: system }) => ({
      name: String(name),
      selector: String(selector),
      inParent: system === "parent",
    }));
  refuseDuplicates(inputs, "parameter");
  refuseDuplicates(steps, "steps");
  refuseDuplicates(outputs, "outputs");
  return { inputs, steps, outputs };
}
