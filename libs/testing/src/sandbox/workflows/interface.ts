import { BLOCK_TYPES, blockOf } from "./blocks/blocks.ts";
import { isRecord, type JsonRecord, referencesOf, type WorkflowDefinition } from "./definition.ts";
import { refuseWorkflow } from "./failures.ts";
import { KIND_SCHEMAS, typingHint } from "./kinds.ts";
import { compileWorkflow, kindsAt, targetOf } from "./order.ts";
import { ownValue } from "./own-value.ts";
import { parseWorkflow } from "./parse.ts";

/** A description meets an unknown block before anything else, and says so in its own words. */
function refuseUnknownBlocks(specification: JsonRecord): void {
  const steps: readonly unknown[] = Array.isArray(specification.steps) ? specification.steps : [];
  const unknown = steps.filter(isRecord).find(({ type }) => !BLOCK_TYPES.includes(String(type)));
  if (unknown === undefined) return;
  refuseWorkflow({
    message:
      `Workflow definition invalid - used step of type \`${unknown.type}\` which is not available in this installation of ` +
      "Workflows Execution Engine.",
    errorType: "WorkflowDefinitionError",
    context: "describing_workflow_inputs",
  });
}

/** Kinds that the steps want of an input; an input that nothing reads takes anything. */
function inputKinds(workflow: WorkflowDefinition, name: string): readonly string[] {
  const kinds = workflow.steps.flatMap((step) =>
    referencesOf(step)
      .filter(({ selector }) => selector === `$inputs.${name}`)
      .flatMap((reference) => reference.kinds),
  );
  const found = [...new Set(kinds)];
  return found.length === 0 ? ["*"] : found;
}

type OutputKinds = readonly string[] | Readonly<Record<string, readonly string[]>>;

function outputKinds(workflow: WorkflowDefinition, selector: string): OutputKinds {
  const target = targetOf(selector);
  if (target === null || "input" in target) return kindsAt(workflow, selector) ?? ["*"];
  const step = workflow.steps.find(({ name }) => name === target.step);
  const outputs = step === undefined ? undefined : blockOf(step.type)?.outputs;
  return (target.output === "*" ? outputs : ownValue(outputs, target.output)) ?? ["*"];
}

/** What a workflow takes and gives, by kinds. */
export function describeInterface(specification: JsonRecord): object {
  refuseUnknownBlocks(specification);
  const workflow = compileWorkflow(parseWorkflow(specification));
  const inputs = Object.fromEntries(workflow.inputs.map(({ name }) => [name, inputKinds(workflow, name)]));
  const outputs = Object.fromEntries(
    workflow.outputs.map(({ name, selector }) => [name, outputKinds(workflow, selector)]),
  );
  const kinds = new Set([...Object.values(inputs), ...Object.values(outputs)].flatMap(flatKinds));
  const hints = [...kinds].map((kind) => [kind, typingHint(kind)]);
  const schemas = [...kinds].flatMap((kind) => {
    const schema = KIND_SCHEMAS.get(kind);
    return schema === undefined ? [] : [[kind, schema]];
  });
  return {
    inputs,
    outputs,
    typing_hints: Object.fromEntries(hints),
    kinds_schemas: Object.fromEntries(schemas),
  };
}

const isKindList = (kinds: OutputKinds): kinds is readonly string[] => Array.isArray(kinds);

const flatKinds = (kinds: OutputKinds): readonly string[] =>
  isKindList(kinds) ? kinds : Object.values(kinds).flat();
