import { assertResultFields } from "./decode-common-fields.ts";
import type { StubResult, VisualizationResult } from "./results.ts";
import { assertFields, type JsonObject } from "./wire-guards.ts";

function assertStub(
  body: JsonObject,
): asserts body is JsonObject & { readonly model_id: string; readonly task_type: string } {
  assertFields(body, ["model_id", "task_type"], "string", "");
}

/** The answer of a server without weights for the model. */
export function decodeStub(body: JsonObject): StubResult {
  assertStub(body);
  const { model_id, task_type } = body;
  assertResultFields(body);
  return { ...body, task: "stub", is_stub: true, model_id, task_type };
}

/** A drawn picture and nothing else. */
export function decodeVisualization(body: JsonObject, visualization: string): VisualizationResult {
  assertResultFields(body);
  return { ...body, task: "visualization", visualization };
}
