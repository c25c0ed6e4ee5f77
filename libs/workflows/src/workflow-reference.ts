import { InvalidParameterError } from "@inference-ts/errors";

/** A workflow that is stored on the platform. */
export interface NamedWorkflow {
  /** The workspace's name as it stands in its address, such as `my-team`. */
  readonly workspaceName: string;
  /** The workflow's id as it stands in its address, such as `count-cars`. */
  readonly workflowId: string;
  /** A stored version of it. Default: the newest. */
  readonly workflowVersionId?: string | undefined;
  readonly specification?: undefined;
}

/** A workflow that travels with the request. */
export interface InlineWorkflow {
  /** The definition: `version`, `inputs`, `steps`, `outputs`. */
  readonly specification: object;
  readonly workspaceName?: undefined;
  readonly workflowId?: undefined;
  readonly workflowVersionId?: undefined;
}

/** Which workflow is meant: a stored one by its names, or a definition. */
export type WorkflowReference = NamedWorkflow | InlineWorkflow;

/** A reference that was checked. */
export type CheckedWorkflow =
  | {
      readonly kind: "named";
      readonly workspaceName: string;
      readonly workflowId: string;
      readonly workflowVersionId: string | undefined;
    }
  | { readonly kind: "inline"; readonly specification: Readonly<Record<string, unknown>> };

/** Where the names of a refused reference are from, for messages. */
export interface ReferenceNames {
  readonly workspaceName: string;
  readonly workflowId: string;
}

const NAMES: ReferenceNames = { workspaceName: "workspaceName", workflowId: "workflowId" };
const SHOWN_LENGTH = 120;

/**
 * Makes sure that exactly one workflow is named. Half a name beside a definition is passed over, as the Python client does.
 *
 * @throws InvalidParameterError for none or both, for a name that cannot stand in a path, and for a version beside a definition.
 */
export function checkReference(
  reference: {
    readonly workspaceName?: string | null | undefined;
    readonly workflowId?: string | null | undefined;
    readonly workflowVersionId?: string | null | undefined;
    readonly specification?: object | null | undefined;
  },
  names: ReferenceNames = NAMES,
): CheckedWorkflow {
  if (typeof reference !== "object" || reference === null) {
    throw new InvalidParameterError("The workflow must be an object that names it.", {
      hint: bothWays(names),
    });
  }
  const { workspaceName, workflowId, workflowVersionId, specification } = reference;
  const isNamed = isGiven(workspaceName) && isGiven(workflowId);
  if (isNamed === isGiven(specification)) {
    const found = isNamed ? "named and defined at once" : "neither named nor defined";
    throw new InvalidParameterError(`The workflow is ${found}.`, { hint: bothWays(names) });
  }
  if (isGiven(specification)) {
    if (isGiven(workflowVersionId)) {
      throw new InvalidParameterError("workflowVersionId means nothing beside a specification.", {
        hint: "Leave it out, or name the stored workflow instead.",
      });
    }
    return { kind: "inline", specification: checkSpecification(specification) };
  }
  return {
    kind: "named",
    workspaceName: checkName(names.workspaceName, workspaceName),
    workflowId: checkName(names.workflowId, workflowId),
    workflowVersionId: isGiven(workflowVersionId)
      ? checkText("workflowVersionId", workflowVersionId)
      : undefined,
  };
}

/** What a workflow is called in messages and events. */
export function workflowLabel(workflow: CheckedWorkflow): string {
  return workflow.kind === "named" ? `${workflow.workspaceName}/${workflow.workflowId}` : "inline definition";
}

function bothWays({ workspaceName, workflowId }: ReferenceNames): string {
  return `Pass ${workspaceName} and ${workflowId}, or specification.`;
}

function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}

function checkSpecification(specification: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(specification)) return specification;
  throw new InvalidParameterError(
    `The specification must be an object, got ${Array.isArray(specification) ? "a list" : typeof specification}.`,
    { hint: "Parse its JSON text first." },
  );
}

/**
 * Dots would be resolved away by the URL parser, and the request would go to another route; half of a surrogate pair has no form in a
 * URL.
 */
function checkName(name: string, value: unknown): string {
  const text = checkText(name, value);
  if (!/^\.{1,2}$|\p{Surrogate}/u.test(text)) return text;
  throw new InvalidParameterError(`${name} "${text}" cannot stand in an address.`);
}

function checkText(name: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  const found = typeof value === "string" ? `"${value.slice(0, SHOWN_LENGTH)}"` : typeof value;
  throw new InvalidParameterError(`${name} must be a text that is not empty, got ${found}.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
