import type { InferTask, InferTaskQuery, InferTaskRequests } from "@inference-ts/endpoints";
import type { LegacyInferenceQuery } from "@inference-ts/schema";
import type { InferenceConfiguration } from "./configuration.ts";
import { CONFIGURATION_FIELD_NAMES, CONFIGURATION_FIELDS, pythonName } from "./fields.ts";

/** The optional fields of a task's request that the configuration sets. */
export type InferTaskParameters<T extends InferTask> = Partial<
  Omit<InferTaskRequests[T], "model_id" | "image">
>;

// The three functions fill their result from the table of fields; the table's names are checked against the generated request
// types, so each overload says what the table guarantees.

/** The query of a v0 request. */
export function v0Query(configuration: InferenceConfiguration): LegacyInferenceQuery;
export function v0Query(configuration: InferenceConfiguration): object {
  return collect(configuration, "v0 query", (field) => field.v0);
}

/** The query that every v1 call carries: billing. */
export function v1Query(configuration: InferenceConfiguration): InferTaskQuery;
export function v1Query(configuration: InferenceConfiguration): object {
  return collect(configuration, "v1 query", (field) => field.v1Query);
}

/** The body fields of a v1 request for a task. */
export function v1Body<T extends InferTask>(
  configuration: InferenceConfiguration,
  task: T,
): InferTaskParameters<T>;
export function v1Body(configuration: InferenceConfiguration, task: InferTask): object {
  return collect(configuration, task, (field) =>
    field.tasks?.includes(task) === true ? field.v1 : undefined,
  );
}

type Field = (typeof CONFIGURATION_FIELDS)[keyof InferenceConfiguration];

/** Fields of the configuration and their names on the wire, in the order of the table of fields. */
type WireNames = readonly (readonly [name: keyof InferenceConfiguration, wireName: string])[];

function wireNames(wireNameOf: (field: Field) => string | true | undefined): WireNames {
  return CONFIGURATION_FIELD_NAMES.flatMap((name) => {
    const wireName = wireNameOf(CONFIGURATION_FIELDS[name]);
    return wireName === undefined ? [] : [[name, wireName === true ? pythonName(name) : wireName] as const];
  });
}

/** The selections that were made so far; each request needs one or two of them. */
const SELECTIONS = new Map<string, WireNames>();

function collect(
  configuration: InferenceConfiguration,
  selection: string,
  wireNameOf: (field: Field) => string | true | undefined,
): object {
  const names = SELECTIONS.get(selection) ?? wireNames(wireNameOf);
  SELECTIONS.set(selection, names);
  const parameters: Record<string, unknown> = {};
  for (const [name, wireName] of names) {
    const value = configuration[name];
    if (value !== undefined) parameters[wireName] = value;
  }
  return parameters;
}
