import { InvalidParameterError } from "@inference-ts/errors";
import { byText, canonical, isArray, isObject, type Json, type JsonObject } from "./json.ts";

/** Keywords that hold text for people. They are removed where they are keywords, not where they are names. */
const PROSE = new Set(["description", "title", "summary", "examples", "example", "externalDocs"]);

/** Keywords whose value is a map from names to nodes: the keys are names of the server, never keywords. */
const NAME_MAPS = new Set([
  "$defs",
  "callbacks",
  "content",
  "definitions",
  "dependentSchemas",
  "encoding",
  "headers",
  "links",
  "pathItems",
  "paths",
  "patternProperties",
  "properties",
  "requestBodies",
  "responses",
  "schemas",
  "securitySchemes",
  "variables",
  "webhooks",
]);

/** Keywords whose value is data: nothing inside is a keyword. */
const DATA = new Set(["const", "default", "dependentRequired", "enum", "mapping", "scopes", "security"]);

function sortedEntries(value: JsonObject): [string, Json][] {
  return Object.entries(value).sort(([a], [b]) => byText(a, b));
}

function data(value: Json): Json {
  if (isArray(value)) return value.map(data);
  if (!isObject(value)) return value;
  return Object.fromEntries(sortedEntries(value).map(([key, child]) => [key, data(child)]));
}

function textOf(value: Json, key: string): string {
  const child = isObject(value) ? value[key] : undefined;
  return typeof child === "string" ? child : "";
}

/** Arrays that are sets: their order says nothing, so it must not show in a diff. */
function orderSets(key: string, items: readonly Json[]): readonly Json[] {
  if (key === "required") return items.toSorted((a, b) => byText(String(a), String(b)));
  if (key === "parameters") {
    const rank = (item: Json) => `${textOf(item, "in")} ${textOf(item, "name")} ${canonical(item)}`;
    return items.toSorted((a, b) => byText(rank(a), rank(b)));
  }
  return items;
}

function childOf(key: string, value: Json): Json {
  if (DATA.has(key)) return data(value);
  if (NAME_MAPS.has(key) || (key === "parameters" && isObject(value))) return names(key, value);
  if (isArray(value)) return orderSets(key, value.map(node));
  return node(value);
}

function names(key: string, value: Json): Json {
  if (!isObject(value)) return node(value);
  return Object.fromEntries(
    sortedEntries(value).map(([name, child]) => [name, key === "responses" ? response(child) : node(child)]),
  );
}

/** OpenAPI requires a description in every response, so an empty one stays. */
function response(value: Json): Json {
  const bare = node(value);
  if (!isObject(bare) || Object.hasOwn(bare, "$ref")) return bare;
  return Object.fromEntries(sortedEntries({ ...bare, description: "" }));
}

function node(value: Json): Json {
  if (isArray(value)) return value.map(node);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    sortedEntries(value)
      .filter(([key]) => !PROSE.has(key))
      .map(([key, child]) => [key, childOf(key, child)]),
  );
}

/** An OpenAPI 3 document. */
export interface Spec extends JsonObject {
  readonly openapi: string;
  readonly info: { readonly version: string; readonly [key: string]: Json };
  readonly paths: JsonObject;
}

/** True for an OpenAPI 3 document: `openapi` 3.x, `info.version` and `paths` are there. */
export function isSpec(value: Json): value is Spec {
  return (
    isObject(value) &&
    textOf(value, "openapi").startsWith("3.") &&
    textOf(value.info ?? null, "version") !== "" &&
    isObject(value.paths)
  );
}

/**
 * Brings an OpenAPI document into normal form, so that two documents differ only where the servers do: keys are
 * sorted, text for people is removed, and arrays that are sets (`required`, `parameters`) are sorted. Types, formats,
 * constraints, enums and defaults stay. Doing it twice changes nothing.
 *
 * @param document - The parsed document.
 * @param origin - Where the document is from; named in the error.
 * @throws InvalidParameterError when the value is not an OpenAPI 3 document.
 */
export function normalise(document: Json, origin = "The document"): Spec {
  const bare = node(document);
  if (isObject(bare) && isObject(bare.info)) {
    const { version = null } = bare.info;
    const title = textOf(isObject(document) ? (document.info ?? null) : null, "title");
    const spec = { ...bare, info: { title, version } };
    if (isSpec(spec)) return spec;
  }
  throw new InvalidParameterError(
    `${origin} is not an OpenAPI 3 document: "openapi" 3.x, "info.version" and "paths" are needed.`,
  );
}
