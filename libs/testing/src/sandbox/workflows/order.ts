import {
  type InputDefinition,
  type Reference,
  referencesOf,
  type StepDefinition,
  type WorkflowDefinition,
} from "./definition.ts";
import { GRAPH_CONTEXT, refuseBlocks, refuseWorkflow } from "./failures.ts";
import { ownValue } from "./own-value.ts";

/** A workflow whose selectors all point to something, its steps in an order in which they can run. */
export interface CompiledWorkflow extends WorkflowDefinition {
  readonly ordered: readonly OrderedStep[];
}

/** A step with the depth of its data: 0 one value, 1 one per picture of the batch, 2 a list per picture. */
export interface OrderedStep {
  readonly step: StepDefinition;
  readonly depth: number;
  /** Depth of every selector that the step reads. */
  readonly depths: ReadonlyMap<string, number>;
}

const INPUT = "$inputs.";
const STEP = "$steps.";

/** Where a selector points to. */
export type Target = { readonly input: string } | { readonly step: string; readonly output: string } | null;

export function targetOf(selector: string): Target {
  if (selector.startsWith(INPUT)) return { input: selector.slice(INPUT.length) };
  const [step, output, more] = selector.startsWith(STEP) ? selector.slice(STEP.length).split(".") : [];
  if (step === undefined || output === undefined || more !== undefined) return null;
  return { step, output };
}

/** Kinds of what a selector points to, `null` where it points to nothing. */
export function kindsAt(workflow: WorkflowDefinition, selector: string): readonly string[] | null {
  const target = targetOf(selector);
  if (target === null) return null;
  if ("input" in target) return workflow.inputs.find(({ name }) => name === target.input)?.kinds ?? null;
  const outputs = workflow.steps.find(({ name }) => name === target.step)?.block.outputs;
  return ownValue(outputs, target.output) ?? null;
}

/** Ends the request where a selector points to an input or a step that is not there. */
function refuseMissing(
  selector: string,
  what: string,
  error: { id: string; type?: string; property: string },
): never {
  refuseBlocks(
    {
      message: `Workflow references '${selector}' which points to a non-existent ${what}.`,
      errorType: "InvalidReferenceTargetError",
      context: GRAPH_CONTEXT,
    },
    [
      {
        block_id: error.id,
        block_type: error.type ?? null,
        property_name: error.property,
        property_details: `Invalid reference to ${selector}`,
      },
    ],
  );
}

/** Checks that a selector points to an input or step that is there; the output of the step is checked by the caller. */
function checkTarget(
  workflow: WorkflowDefinition,
  selector: string,
  error: { id: string; type?: string; property: string },
): void {
  const target = targetOf(selector);
  if (target === null) refuseMissing(selector, "block", error);
  if ("input" in target) {
    if (workflow.inputs.some(({ name }) => name === target.input)) return;
    refuseMissing(selector, "input parameter", error);
  }
  if (workflow.steps.some(({ name }) => name === target.step)) return;
  refuseMissing(STEP + target.step, "block", error);
}

function checkOutputs(workflow: WorkflowDefinition): void {
  for (const { name, selector } of workflow.outputs) {
    const error = { id: "$outputs", property: name };
    checkTarget(workflow, selector, error);
    const target = targetOf(selector);
    if (target === null || "input" in target || target.output === "*") continue;
    if (kindsAt(workflow, selector) !== null) continue;
    refuseBlocks(
      {
        message: `Workflow output references '${selector}' which points to a non-existent block property.`,
        errorType: "InvalidReferenceTargetError",
        context: GRAPH_CONTEXT,
      },
      [{ block_id: "$outputs", property_name: name, property_details: `Invalid reference to ${selector}` }],
    );
  }
}

const pythonList = (items: readonly string[]) => `[${items.map((item) => `'${item}'`).join(", ")}]`;

function checkKinds(workflow: WorkflowDefinition, step: StepDefinition, reference: Reference): void {
  const { property, selector, kinds } = reference;
  const found = kindsAt(workflow, selector);
  if (found === null) {
    const target = targetOf(selector);
    const [from, output] =
      target !== null && "step" in target ? [target.step, target.output] : ["", selector];
    refuseBlocks(
      {
        message: `Found reference to non-existing property \`${output}\` of step \`${from}\`.`,
        errorType: "ExecutionGraphStructureError",
        context: GRAPH_CONTEXT,
      },
      [
        {
          block_id: step.name,
          block_type: step.type,
          property_name: property,
          property_details: `'${from}.${output}' is an invalid reference`,
        },
      ],
    );
  }
  if (kinds.includes("*") || found.includes("*") || found.some((kind) => kinds.includes(kind))) return;
  refuseWorkflow({
    message:
      `Failed to validate reference provided for step: $steps.${step.name} regarding property: ${property} with value: ` +
      `${selector}. Allowed kinds of references for this property: ${pythonList(kinds)}. Types of output for referred ` +
      `property: ${pythonList(found)}`,
    errorType: "ReferenceTypeError",
    context: GRAPH_CONTEXT,
  });
}

const inputDepth = (input: InputDefinition | undefined) => (input?.isBatch === true ? 1 : 0);

/** Depth of the step's data: that of its deepest input; inputs of other depths than 0 must agree. */
function depthOf(step: StepDefinition, depths: readonly number[]): number {
  const deep = new Set(depths.filter((depth) => depth > 0));
  if (deep.size <= 1) return Math.max(0, ...deep);
  return refuseBlocks(
    {
      message:
        `For step ${step.name} attempted to plug input data that are in different dimensions, whereas block defines the ` +
        "inputs to be equal in that terms.",
      errorType: "StepInputDimensionalityError",
      context: `${GRAPH_CONTEXT} | collecting_step_input_data`,
    },
    [
      {
        block_id: step.name,
        block_type: step.type,
        block_details: "Dimensionality of input parameters differs by more than 1. Detected dimensions: {}",
      },
    ],
  );
}

function refuseCycle(): never {
  return refuseBlocks(
    {
      message:
        "Detected cycle in execution graph. This means that there is output from one step that is connected to input of " +
        "other step creating loop in the graph that would never end if executed.",
      errorType: "ExecutionGraphStructureError",
      context: GRAPH_CONTEXT,
    },
    null,
  );
}

/** Depth of what a selector points to, given the depths of the steps before. */
function depthAt(
  workflow: WorkflowDefinition,
  selector: string,
  done: ReadonlyMap<string, OrderedStep>,
): number | null {
  const target = targetOf(selector);
  if (target === null) return null;
  if ("input" in target) return inputDepth(workflow.inputs.find(({ name }) => name === target.input));
  const before = done.get(target.step);
  return before === undefined ? null : before.depth + before.step.block.gain;
}

/** Checks what the selectors point to and puts the steps into an order in which they can run. */
export function compileWorkflow(workflow: WorkflowDefinition): CompiledWorkflow {
  for (const step of workflow.steps) {
    for (const { selector, property } of referencesOf(step)) {
      checkTarget(workflow, selector, { id: step.name, type: step.type, property });
    }
  }
  checkOutputs(workflow);
  for (const step of workflow.steps) {
    for (const reference of referencesOf(step)) checkKinds(workflow, step, reference);
  }
  const done = new Map<string, OrderedStep>();
  let waiting = workflow.steps;
  while (waiting.length > 0) {
    const left: StepDefinition[] = [];
    for (const step of waiting) {
      const depths = new Map<string, number>();
      const selectors = referencesOf(step).map(({ selector }) => selector);
      for (const selector of selectors) {
        const depth = depthAt(workflow, selector, done);
        if (depth !== null) depths.set(selector, depth);
      }
      if (selectors.some((selector) => !depths.has(selector))) left.push(step);
      else done.set(step.name, { step, depth: depthOf(step, [...depths.values()]), depths });
    }
    if (left.length === waiting.length) refuseCycle();
    waiting = left;
  }
  return { ...workflow, ordered: [...done.values()] };
}
