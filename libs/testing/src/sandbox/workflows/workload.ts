import { SANDBOX_MODELS } from "../models.ts";
import { referencesOf, type StepDefinition } from "./definition.ts";
import { ENGINE_VERSION } from "./engine-version.ts";
import { isSelector } from "./literals.ts";
import type { CompiledWorkflow, OrderedStep } from "./order.ts";

/** Something that a description found; `complete: false` means "at least these". */
const discovery = (items: readonly unknown[], unknownReasons: readonly object[] = []) => ({
  type: "discovery_v1",
  items,
  complete: unknownReasons.length === 0,
  unknown_reasons: unknownReasons,
});

/** The node that a selector belongs to. */
const nodeOf = (selector: string) => selector.split(".").slice(0, 2).join(".");

const idOf = (step: StepDefinition) => `$steps.${step.name}`;

const modelOf = (step: StepDefinition): string | null =>
  typeof step.values.model_id === "string" ? step.values.model_id : null;

/** A model that is named by an input is known at run time only. */
function modelProblems(step: StepDefinition): object[] {
  const selector = modelOf(step);
  if (!isSelector(selector)) return [];
  return [
    {
      type: "discovery_problem_v1",
      code: "unresolved_selector",
      description:
        `Field \`model_id\` of the roboflow_platform_model declared by step \`${idOf(step)}\` is set by selector ` +
        `\`${selector}\`, which is only known at run time, so the resources are not fully known.`,
      details: {
        node_id: idOf(step),
        declaration: "resources",
        field: "model_id",
        selector,
        resource_type: "roboflow_platform_model",
      },
    },
  ];
}

function resources(step: StepDefinition) {
  const modelId = modelOf(step);
  if (modelId === null) return discovery([]);
  const metadata = {
    type: "roboflow_platform_model_v1",
    model_id: modelId,
    required_action: "execution",
    execution_location: "environment_defined",
  };
  const resource = {
    type: "dependent_resource_v1",
    resource_type: "roboflow_platform_model",
    metadata,
  };
  return discovery([resource], modelProblems(step));
}

const outputDepth = ({ step, depth }: OrderedStep) => depth + step.block.gain;

/** The depth that the server counts a step under: that of its data, at least 0. */
function countByDepth(steps: readonly OrderedStep[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { depth } of steps) counts[depth] = (counts[depth] ?? 0) + 1;
  return counts;
}

function models(steps: readonly OrderedStep[]) {
  const byModel = new Map<string, OrderedStep[]>();
  for (const ordered of steps) {
    const modelId = modelOf(ordered.step);
    if (modelId === null || isSelector(modelId)) continue;
    byModel.set(modelId, [...(byModel.get(modelId) ?? []), ordered]);
  }
  const items = [...byModel]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([modelId, users]) => {
      const known = SANDBOX_MODELS.find((model) => model.modelId === modelId);
      const metadata = {
        type: "model_metadata_v1",
        model_type: "yolov8",
        model_variant: null,
        task_type: known?.task,
      };
      return {
        type: "model_summary_v1",
        provider: "roboflow",
        model_id: modelId,
        used_by_steps: users.map(({ step }) => idOf(step)),
        steps_by_dimensionality: countByDepth(users),
        metadata: known === undefined ? null : metadata,
        metadata_status: known === undefined ? "unavailable" : "available",
      };
    });
  return discovery(
    items,
    steps.flatMap(({ step }) => modelProblems(step)),
  );
}

/** The steps of a workflow, how they hang together and which models they need; nothing is run or loaded. */
export function describeWorkload(workflow: CompiledWorkflow): object {
  const steps = workflow.steps.flatMap((step) => workflow.ordered.filter((item) => item.step === step));
  const node = (kind: string) => (id: string) => ({ type: "graph_node_v1", id, kind });
  const links = [
    ...workflow.steps.flatMap((step) =>
      referencesOf(step).map(({ selector }) => [nodeOf(selector), idOf(step)] as const),
    ),
    ...workflow.outputs.map(({ name, selector }) => [nodeOf(selector), `$outputs.${name}`] as const),
  ];
  const edges = [...new Map(links.map((link) => [link.join(" "), link])).values()]
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([source, target]) => ({ type: "graph_edge_v1", source, target, kind: "data" }));
  return {
    type: "workflow_introspection_v1",
    execution_engine_version: ENGINE_VERSION,
    nodes: [
      ...workflow.inputs.map(({ name }) => `$inputs.${name}`).map(node("input")),
      ...workflow.steps.map(idOf).map(node("step")),
      ...workflow.outputs.map(({ name }) => `$outputs.${name}`).map(node("output")),
    ],
    edges,
    steps: steps.map((ordered) => ({
      type: "step_metadata_v1",
      node_id: idOf(ordered.step),
      block_type: ordered.step.block.types[0],
      input_dimensionality: ordered.depth,
      output_dimensionality: outputDepth(ordered),
      accepts_batch_input: ordered.step.block.takesBatch,
      resources: resources(ordered.step),
      restrictions: discovery([]),
      operations: discovery(ordered.step.block.operations),
    })),
    summary: {
      type: "workflow_summary_v1",
      models: models(steps),
      max_dimensionality: Math.max(0, ...steps.map(outputDepth)),
      steps_by_dimensionality: countByDepth(steps),
    },
  };
}
