import { isRecord } from "./json.ts";
import type { Arguments, MethodSpec } from "./method-spec.ts";

/** What the two methods take, in Python's order; the name of the workflow's id differs. */
const parameters = (workflowId: string) => [
  "workspace_name",
  workflowId,
  "specification",
  "images",
  "parameters",
  "excluded_fields",
  "use_cache",
  "enable_profiling",
  "workflow_version_id",
  "disable_sinks",
];

const OPTIONS: Readonly<Record<string, string>> = {
  images: "images",
  parameters: "parameters",
  excluded_fields: "excludedFields",
  use_cache: "useCache",
  enable_profiling: "enableProfiling",
  disable_sinks: "disableSinks",
};

/** Methods that run workflows, by their Python names. */
export const WORKFLOW_METHODS: Readonly<Record<string, MethodSpec>> = {
  run_workflow: runMethod("runWorkflow", "workflow_id", "workflowId"),
  infer_from_workflow: runMethod("inferFromWorkflow", "workflow_name", "workflowName"),
};

function runMethod(method: "runWorkflow" | "inferFromWorkflow", pythonId: string, ourId: string): MethodSpec {
  const reference = {
    workspace_name: "workspaceName",
    [pythonId]: ourId,
    specification: "specification",
    workflow_version_id: "workflowVersionId",
  };
  return {
    parameters: parameters(pythonId),
    run: async (client, args, context) => {
      // Python gives pictures the form of the configuration.
      const outputImages = client.configuration.outputVisualisationFormat;
      // Recorded arguments are of every type on purpose, also of types that the signature does not allow.
      const result: unknown = await Reflect.apply(client[method], client, [
        renamed(args, reference),
        { ...renamed(args, OPTIONS), ...context, outputImages },
      ]);
      return isRecord(result) ? result.outputs : result;
    },
  };
}

function renamed(args: Arguments, names: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([python, ours]) =>
      args[python] === undefined || args[python] === null ? [] : [[ours, args[python]]],
    ),
  );
}
