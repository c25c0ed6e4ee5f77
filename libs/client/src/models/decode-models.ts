import { InvalidResponseError } from "@inference-ts/errors";
import type { ModelDescriptionEntity, ModelsDescriptions, ServerVersionInfo } from "@inference-ts/schema";

/** One loaded model, as the server describes it; unknown fields are kept. */
export type ModelDescription = Pick<ModelDescriptionEntity, "model_id" | "task_type"> &
  Partial<Omit<ModelDescriptionEntity, "model_id" | "task_type">>;

/** The loaded models, as the server lists them; unknown fields are kept. */
export type RegisteredModels = { readonly models: readonly ModelDescription[] } & Partial<
  Omit<ModelsDescriptions, "models">
>;

/** Name, version and instance id of the server; unknown fields are kept. */
export type ServerInfo = ServerVersionInfo;

/**
 * Checks the answer of a registry route.
 *
 * @throws InvalidResponseError where the list, a model or its id or task is missing.
 */
export function decodeRegisteredModels(body: unknown): RegisteredModels {
  if (!isRecord(body) || !Array.isArray(body.models)) throw wrongShape("models", "a list of models", body);
  const models: unknown[] = body.models;
  return { ...body, models: models.map((model, index) => decodeModel(model, index)) };
}

function decodeModel(model: unknown, index: number): ModelDescription {
  const path = `models[${index}]`;
  if (!isRecord(model)) throw wrongShape(path, "an object", model);
  const { model_id, task_type } = model;
  if (typeof model_id !== "string") throw wrongShape(`${path}.model_id`, "a string", model_id);
  if (typeof task_type !== "string") throw wrongShape(`${path}.task_type`, "a string", task_type);
  return { ...model, model_id, task_type };
}

/** The error of an answer in which something else stands at a place. */
export function wrongShape(path: string, expected: string, found: unknown): InvalidResponseError {
  const kind = found === null ? "null" : Array.isArray(found) ? "a list" : typeof found;
  return new InvalidResponseError(
    `The server's answer should have ${expected} at ${path === "" ? "the top" : path}, found ${kind}.`,
    { path, hint: "Check that the address belongs to an Inference server." },
  );
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
