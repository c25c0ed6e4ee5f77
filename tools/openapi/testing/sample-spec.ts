import type { Json, JsonObject } from "../json.ts";
import { normalise, type Spec } from "../normalise.ts";

/** A document with the given operations (`"POST /a": schema name of its answer`) and schemas. */
export function sampleSpec(
  operations: Readonly<Record<string, string | JsonObject>>,
  schemas: JsonObject = {},
  version = "1.0.0",
): Spec {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [key, value] of Object.entries(operations)) {
    const [method = "", path = ""] = key.split(" ");
    const $ref = `#/components/schemas/${String(value)}`;
    const answer = { responses: { 200: { content: { "application/json": { schema: { $ref } } } } } };
    paths[path] = { ...paths[path], [method.toLowerCase()]: typeof value === "string" ? answer : value };
  }
  return normalise({ openapi: "3.1.0", info: { title: "Sample", version }, paths, components: { schemas } });
}
