import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  generateWorkflowModule,
  WORKFLOW_KINDS,
  type WorkflowGraph,
  type WorkflowInterface,
} from "@inference-ts/sdk/node";

const FIXTURES = join(import.meta.dirname, "../../../fixtures/workflow-types");

/** A definition that a real server accepts, with what it answered about it. */
interface RecordedWorkflow {
  readonly specification: Readonly<Record<string, unknown>>;
  readonly interface: WorkflowInterface;
  readonly workload: WorkflowGraph;
}

/** Workflows whose generated modules are kept here, and held against the type tests. */
export const KEPT_MODULES: readonly string[] = ["count-detections", "dynamic-crop", "json-parser"];

/** Where the module of a workflow is kept. */
export function keptModule(name: string): string {
  return join(import.meta.dirname, "generated", `${name}.ts`);
}

/** Writes the module of a recorded workflow anew. */
export function moduleOf(name: string): string {
  const { specification, interface: described, workload } = recorded(name);
  return generateWorkflowModule({ workflow: { specification }, interface: described, workload });
}

/** A module with an output of every kind that is known: all their types must be exported. */
export function moduleOfEveryKind(): string {
  const outputs = Object.fromEntries(Object.keys(WORKFLOW_KINDS).map((kind) => [kind, [kind]]));
  return generateWorkflowModule({
    workflow: { workspaceName: "colour-lab", workflowId: "every-kind" },
    interface: { inputs: { image: ["image"] }, outputs, typing_hints: {}, kinds_schemas: {} },
  });
}

/** What a server said of a workflow. */
export function recorded(name: string): RecordedWorkflow {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8"));
}

/** `declared_kinds` of the server. */
export function declaredKinds(): readonly { readonly name: string; readonly serialised_data_type: string }[] {
  return JSON.parse(readFileSync(join(FIXTURES, "declared-kinds.json"), "utf8")).declared_kinds;
}
