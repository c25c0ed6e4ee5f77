import { randomUUID } from "node:crypto";
import { type Exchange, Refusal } from "../exchange.ts";
import type { SandboxState } from "../route.ts";
import type { StepContext, StepOutputs, StepValues } from "./blocks/block.ts";
import { isRecord, type OutputDefinition, type StepDefinition } from "./definition.ts";
import { refuseBlocks } from "./failures.ts";
import type { RunInputs } from "./inputs.ts";
import { isSelector } from "./literals.ts";
import { OperationFailure } from "./operations.ts";
import { type CompiledWorkflow, type OrderedStep, targetOf } from "./order.ts";
import type { RunTrace } from "./run-trace.ts";
import { serialise } from "./serialise.ts";

/** Data of a selector: the value itself, or lists of values as deep as `depth`. */
interface Data {
  readonly depth: number;
  readonly value: unknown;
}

const EXECUTION = "workflow_execution | step_execution";

/** What the server says when the platform refuses a model, by status; the name of the error class and the message. */
const MODEL_ERRORS: Readonly<
  Record<number, readonly [inner: string, message: (step: string, why: string) => string]>
> = {
  401: [
    "RoboflowAPINotAuthorizedError",
    (step, why) =>
      `Unauthorized error occurred while execution of step ${step} - details of error: ${why}. This error usually mean ` +
      "the problem with Roboflow API key.",
  ],
  402: [
    "PaymentRequiredError",
    (step, why) =>
      `Not enough credits to execute step ${step}. Verify your workspace billing page. Details: ${why}`,
  ],
  403: [
    "RoboflowAPIForbiddenError",
    (step, why) =>
      `Forbidden error occurred while execution of step ${step} - details of error: ${why}. This error usually mean the ` +
      "problem with Roboflow API key.",
  ],
  404: [
    "RoboflowAPINotNotFoundError",
    (step, why) =>
      `Could not find requested Roboflow resource while execution of step ${step} - details of error: ${why}. This error ` +
      "usually mean the problem with not existing model.",
  ],
};

/** Reasons that the engine's model loader words in its own way. */
const REASONS: Readonly<Record<number, string>> = {
  401:
    "Unauthorized access to roboflow API - check API key. Visit https://docs.roboflow.com/api-reference/authentication" +
    "#retrieve-an-api-key to learn how to retrieve one.",
  404:
    "Could not find requested Roboflow resource. Check that the provided dataset and version are correct, and check that " +
    "the provided Roboflow API key has the correct permissions.",
};

function refuseModel(step: StepDefinition, refusal: Refusal): never {
  const { status, body } = refusal.answer;
  const [inner, messageOf] = MODEL_ERRORS[status] ?? [];
  if (inner === undefined || messageOf === undefined) throw refusal;
  const answer: unknown = JSON.parse(Buffer.from(body).toString());
  const why = REASONS[status] ?? (isRecord(answer) ? String(answer.message) : "");
  return refuseBlocks(
    {
      status,
      message: messageOf(step.name, why),
      errorType: "ClientCausedStepExecutionError",
      context: EXECUTION,
      innerType: inner,
      innerMessage: why,
    },
    [{ block_id: step.name }],
  );
}

function refuseStep(step: StepDefinition, error: Error): never {
  return refuseBlocks(
    {
      status: 500,
      message: `Error during execution of step: ${step.name}. Details: ${error.message}`,
      errorType: "StepExecutionError",
      context: EXECUTION,
      innerType: "InvalidInputTypeError",
      innerMessage: error.message,
    },
    [{ block_id: step.name, block_type: step.type }],
  );
}

/** The values of a step with every selector replaced, for one element of the batch; `null` where one has no value. */
function resolve(step: StepDefinition, read: (selector: string) => unknown): StepValues | null {
  let isEmpty = false;
  const valueAt = (value: unknown): unknown => {
    if (!isSelector(value)) return value;
    const found = read(value);
    if (found === null || found === undefined) isEmpty ||= !value.startsWith("$inputs.");
    return found;
  };
  const values = Object.entries(step.block.properties).map(([name, { form, kinds }]) => {
    const value = step.values[name];
    if (kinds.length === 0) return [name, value];
    if (form !== "selectors" || !isRecord(value)) return [name, valueAt(value)];
    return [name, Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueAt(item)]))];
  });
  return isEmpty ? null : Object.fromEntries(values);
}

const emptyOutputs = (step: StepDefinition): StepOutputs =>
  Object.fromEntries(Object.keys(step.block.outputs).map((name) => [name, null]));

const isList = (value: StepOutputs | readonly StepOutputs[]): value is readonly StepOutputs[] =>
  Array.isArray(value);

/** A list of outputs as outputs that are lists. */
const columns = (step: StepDefinition, rows: readonly StepOutputs[]): StepOutputs =>
  Object.fromEntries(Object.keys(step.block.outputs).map((name) => [name, rows.map((row) => row[name])]));

async function runOnce(
  step: StepDefinition,
  read: (selector: string) => unknown,
  context: StepContext,
): Promise<StepOutputs> {
  const values = resolve(step, read);
  if (values === null) return step.block.gain === 1 ? columns(step, []) : emptyOutputs(step);
  try {
    const outputs = await step.block.run(values, context);
    return isList(outputs) ? columns(step, outputs) : outputs;
  } catch (error) {
    if (error instanceof Refusal) return refuseModel(step, error);
    if (error instanceof OperationFailure) return refuseStep(step, error);
    throw error;
  }
}

/** Runs a step on every element of its data, down to its depth. */
async function runDeep(
  { step, depths }: OrderedStep,
  depth: number,
  data: ReadonlyMap<string, unknown>,
  context: StepContext,
): Promise<StepOutputs> {
  if (depth === 0) return runOnce(step, (selector) => data.get(selector), context);
  const deep = [...data].filter(([selector]) => (depths.get(selector) ?? 0) > 0);
  const [, first] = deep[0] ?? ["", []];
  const count = Array.isArray(first) ? first.length : 0;
  const rows: StepOutputs[] = [];
  for (let index = 0; index < count; index++) {
    const element = new Map(data);
    let isEmpty = false;
    for (const [selector, value] of deep) {
      const item: unknown = Array.isArray(value) ? value[index] : null;
      element.set(selector, item);
      isEmpty ||= item === null || item === undefined;
    }
    rows.push(
      isEmpty ? emptyOutputs(step) : await runDeep({ step, depths, depth }, depth - 1, element, context),
    );
  }
  return columns(step, rows);
}

/** Where the values of a run are kept: by selector. */
type Store = Map<string, Data>;

async function runStep(ordered: OrderedStep, store: Store, context: StepContext): Promise<void> {
  const { step, depth, depths } = ordered;
  const data = new Map([...depths.keys()].map((selector) => [selector, store.get(selector)?.value]));
  const outputs = await runDeep(ordered, depth, data, context);
  for (const [name, value] of Object.entries(outputs)) {
    store.set(`$steps.${step.name}.${name}`, { depth: depth + step.block.gain, value });
  }
}

/** The data of an output; `$steps.x.*` gives an object of all outputs of a step. */
function outputData(workflow: CompiledWorkflow, store: Store, { selector }: OutputDefinition): Data {
  const target = targetOf(selector);
  if (target === null || !("step" in target) || target.output !== "*") {
    return store.get(selector) ?? { depth: 0, value: null };
  }
  const step = workflow.steps.find(({ name }) => name === target.step);
  const parts = Object.keys(step?.block.outputs ?? {}).map(
    (name) => [name, store.get(`$steps.${target.step}.${name}`) ?? { depth: 0, value: null }] as const,
  );
  const depth = Math.max(0, ...parts.map(([, data]) => data.depth));
  const combine = (level: number, values: readonly (readonly [string, unknown])[]): unknown => {
    const [, first] = values[0] ?? ["", null];
    if (level === 0 || !Array.isArray(first)) return Object.fromEntries(values);
    return first.map((_, index) =>
      combine(
        level - 1,
        values.map(([name, list]) => [name, Array.isArray(list) ? list[index] : null] as const),
      ),
    );
  };
  return {
    depth,
    value: combine(
      depth,
      parts.map(([name, data]) => [name, data.value] as const),
    ),
  };
}

/** One output of a run before it is written as JSON. */
export interface OutputValue {
  readonly output: OutputDefinition;
  readonly value: unknown;
}

/** What a run is part of. */
export interface RunContext {
  readonly exchange: Exchange;
  readonly state: SandboxState;
  /** The caller's. */
  readonly key: string | null;
  /** Notes what is done when. */
  readonly trace: RunTrace;
}

/** Runs a workflow; gives the outputs of every picture of the batch, or one row where no output depends on a picture. */
export async function computeOutputs(
  workflow: CompiledWorkflow,
  inputs: RunInputs,
  { exchange, state, key, trace }: RunContext,
): Promise<readonly (readonly OutputValue[])[]> {
  const store: Store = new Map(
    workflow.inputs.map(({ name, isBatch }) => [
      `$inputs.${name}`,
      { depth: isBatch ? 1 : 0, value: inputs.values.get(name) },
    ]),
  );
  for (const ordered of workflow.ordered) {
    const context = {
      exchange,
      inferenceId: randomUUID(),
      model: (modelId: string) => state.registry.use(modelId, key, exchange),
    };
    const args = { step_selector: `$steps.${ordered.step.name}` };
    await trace.span("step_execution", () => runStep(ordered, store, context), args);
  }
  const outputs = workflow.outputs.map((output) => ({ output, data: outputData(workflow, store, output) }));
  const count = outputs.some(({ data }) => data.depth > 0) ? inputs.batchSize : 1;
  return Array.from({ length: count }, (_, index) =>
    outputs.map(({ output, data }) => ({
      output,
      value: data.depth > 0 && Array.isArray(data.value) ? data.value[index] : data.value,
    })),
  );
}

/** Runs a workflow; gives one object per row of `computeOutputs`, as the answer holds it. */
export async function runWorkflow(
  workflow: CompiledWorkflow,
  inputs: RunInputs,
  context: RunContext,
): Promise<readonly object[]> {
  const { trace } = context;
  const rows = await trace.span("workflow_execution", () => computeOutputs(workflow, inputs, context));
  return await trace.span("outputs_construction", () => Promise.all(rows.map(written)));
}

async function written(row: readonly OutputValue[]): Promise<object> {
  const fields: (readonly [string, unknown])[] = [];
  for (const { output, value } of row) {
    fields.push([output.name, await serialise(value, output.inParent)] as const);
  }
  return Object.fromEntries(fields);
}
