import { type Answer, type Exchange, jsonAnswer } from "../exchange.ts";
import type { Route, SandboxState } from "../route.ts";
import { jsonBody, refuseInvalid } from "../validation.ts";
import { blockOf } from "./blocks/blocks.ts";
import { isRecord, type JsonRecord } from "./definition.ts";
import { describeBlocks, describeOutputs, describeSchema } from "./description.ts";
import { ENGINE_VERSION } from "./engine-version.ts";
import { readInputs } from "./inputs.ts";
import { describeInterface } from "./interface.ts";
import { compileWorkflow } from "./order.ts";
import { parseWorkflow } from "./parse.ts";
import { readWorkflowRequest, type Source } from "./request.ts";
import { runWorkflow } from "./run.ts";
import { RunTrace } from "./run-trace.ts";
import { checkStep } from "./specification-problems.ts";
import { describeWorkload } from "./workload.ts";

type Handle = (exchange: Exchange, state: SandboxState, source: Source) => Promise<Answer> | Answer;

const run: Handle = async (exchange, state, source) => {
  const { body, specification, key } = readWorkflowRequest(
    exchange,
    source,
    "run",
    state.registry.requiredKey,
  );
  const trace = new RunTrace();
  const workflow = await trace.span("workflow_compilation", () =>
    compileWorkflow(parseWorkflow(specification)),
  );
  trace.mark("B");
  const given = isRecord(body.inputs) ? body.inputs : {};
  const inputs = await trace.span("workflow_input_assembly", () => readInputs(workflow, given));
  const excluded = new Set(Array.isArray(body.excluded_fields) ? body.excluded_fields : []);
  const outputs = workflow.outputs.filter(({ name }) => !excluded.has(name));
  // What is left out still counts for the number of results, as on the server.
  const results = await runWorkflow(workflow, inputs, { exchange, state, key, trace });
  trace.mark("E");
  const names = new Set(outputs.map(({ name }) => name));
  const kept = results.map((result) =>
    Object.fromEntries(Object.entries(result).filter(([name]) => names.has(name))),
  );
  const isProfiled = state.allowsProfiling && body.enable_profiling === true;
  return jsonAnswer({ outputs: kept, profiler_trace: isProfiled ? trace.events : [] });
};

const describe =
  (answer: (specification: Readonly<Record<string, unknown>>) => object): Handle =>
  (exchange, state, source) => {
    const request = readWorkflowRequest(exchange, source, "describe", state.registry.requiredKey);
    return jsonAnswer(answer(request.specification));
  };

const describeInterfaceOf = describe(describeInterface);
const describeWorkloadOf = describe((specification) =>
  describeWorkload(compileWorkflow(parseWorkflow(specification))),
);

/** A body that is a definition, or a step of one. */
function definitionIn(exchange: Exchange): JsonRecord {
  const body = jsonBody(exchange);
  if (isRecord(body)) return body;
  return refuseInvalid([
    { type: "dict_type", loc: ["body"], msg: "Input should be a valid dictionary", input: body },
  ]);
}

function validate(exchange: Exchange): Answer {
  compileWorkflow(parseWorkflow(definitionIn(exchange)));
  return jsonAnswer({ status: "ok" });
}

function outputsOfStep(exchange: Exchange): Answer {
  const step = definitionIn(exchange);
  checkStep(step);
  const block = blockOf(step.type);
  return jsonAnswer(block === undefined ? [] : describeOutputs(block));
}

/** Workspace and id in the path of a saved workflow: the parts around or behind the word `workflows`. */
function sourceOf(template: string, path: string): Source {
  const parts = path.split("/").map(decoded);
  const part = (name: string) => parts[template.split("/").indexOf(name)] ?? "";
  if (!template.includes("{")) return null;
  return { workspace: part("{workspace_name}"), id: part("{workflow_id}") };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const post = (path: string, summary: string, handle: Handle): Route => ({
  method: "POST",
  path,
  summary,
  handle: (exchange, state) => handle(exchange, state, sourceOf(path, exchange.path)),
});

const get = (path: string, summary: string, answer: () => object): Route => ({
  method: "GET",
  path,
  summary,
  handle: () => jsonAnswer(answer()),
});

const SAVED = "/{workspace_name}/workflows/{workflow_id}";

/** The routes of workflows. */
export const workflowRoutes: readonly Route[] = [
  post("/workflows/run", "Runs a workflow given by its specification", run),
  post("/infer/workflows", "Runs a workflow given by its specification (old path)", run),
  post("/workflows/describe_interface", "Inputs and outputs of a workflow", describeInterfaceOf),
  post("/workflows/describe_workload", "Steps and models of a workflow", describeWorkloadOf),
  post("/workflows/validate", "Can a workflow be run", validate),
  post("/workflows/blocks/describe", "The blocks of the sandbox", () => jsonAnswer(describeBlocks())),
  get("/workflows/blocks/describe", "The blocks of the sandbox", describeBlocks),
  post("/workflows/blocks/dynamic_outputs", "The outputs of a step", outputsOfStep),
  get("/workflows/definition/schema", "Schema of a definition", describeSchema),
  get("/workflows/execution_engine/versions", "Versions of the engine", () => ({
    versions: [ENGINE_VERSION],
  })),
  post("/infer/workflows/{workspace_name}/{workflow_id}", "Runs a saved workflow (old path)", run),
  post(SAVED, "Runs a saved workflow", run),
  post(`${SAVED}/describe_interface`, "Inputs and outputs of a saved workflow", describeInterfaceOf),
  post(`${SAVED}/describe_workload`, "Steps and models of a saved workflow", describeWorkloadOf),
];
