import { InvalidParameterError } from "@inference-ts/errors";
import { type CheckedWorkflow, checkReference, type WorkflowReference } from "@inference-ts/workflows";
import type { CallOptions } from "../client-options.ts";

/** A workflow definition, as the workflow builder exports it: `version`, `inputs`, `steps`, `outputs`. */
export type WorkflowSpecification = Readonly<Record<string, unknown>>;

/** A workflow that is asked about: its definition, or what names it. */
export type DescribedWorkflow = WorkflowSpecification | WorkflowReference;

/** What the questions about a workflow take. */
export interface DescribeWorkflowOptions extends CallOptions {
  /** For stored workflows: whether the server may use the definition that it read up to 15 minutes ago. Default true. */
  readonly useCache?: boolean | undefined;
}

/** @throws InvalidParameterError for what is neither a definition nor a reference. */
export function readWorkflow(workflow: DescribedWorkflow): CheckedWorkflow {
  requireObject(workflow, "A workflow");
  const isReference = REFERENCE_FIELDS.some((field) => Object.hasOwn(workflow, field));
  const read: CheckedWorkflow = isReference
    ? checkReference(workflow)
    : { kind: "inline", specification: { ...workflow } };
  if (read.kind === "inline") requireSteps(read.specification);
  return read;
}

/** @throws InvalidParameterError for what is no definition. */
export function readSpecification(specification: WorkflowSpecification): WorkflowSpecification {
  requireObject(specification, "A workflow specification");
  requireSteps(specification);
  return specification;
}

/** @throws InvalidParameterError for what is not a plain object. */
export function requireObject(value: unknown, what: string): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  const found = value === null ? "null" : Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
  throw new InvalidParameterError(`${what} is an object, not ${found}.`);
}

const REFERENCE_FIELDS = ["specification", "workspaceName", "workflowId"];

function requireSteps(specification: WorkflowSpecification): void {
  if (Array.isArray(specification.steps)) return;
  throw new InvalidParameterError('The workflow specification has no list "steps".', {
    hint:
      "Give the definition itself, an object with version, inputs, steps and outputs, or { workspaceName, workflowId } " +
      "for one that is stored on the platform.",
  });
}
