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
  return collect(configuration, (field) => field.v0);
}

/** The query that every v1 call carries: billing. */
export function v1Query(configuration: InferenceConfiguration): InferTaskQuery;
export function v1Query(configuration: InferenceConfiguration): object {
  return collect(configuration, (field) => field.v1Query);
}

/** The body fields of a v1 request for a task. */
export function v1Body<T extends InferTask>(
  configuration: InferenceConfiguration,
  task: T,
): InferTaskParameters<T>;
export function v1Body(configuration: InferenceConfiguration, task: InferTask): object {
  return collect(configuration, (field) => (field.tasks?.includes(task) === true ? field.v1 : undefined));
}

type Field = (typeof CONFIGURATION_FIELDS)[keyof InferenceConfiguration];

function collect(
  configuration: InferenceConfiguration,
  wireNameOf: (field: Field) => string | true | undefined,
): object {
  const parameters: Record<string, unknown> = {};
  for (const name of CONFIGURATION_FIELD_NAMES) {
    const wireName = wireNameOf(CONFIGURATION_FIELDS[name]);
    const value = configuration[name];
    if (wireName === undefined || value === undefined) continue;
    parameters[wireName === true ? pythonName(name) : wireName] = value;
  }
  return parameters;
}
