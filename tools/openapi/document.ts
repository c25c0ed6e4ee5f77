import { byText, isArray, isObject, type Json, type JsonObject } from "./json.ts";
import type { Spec } from "./normalise.ts";

/** Method and path of one operation, such as `POST /infer/object_detection`. */
type OperationKey = string;

const METHODS = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/** Every operation of a document, in order of path and method. */
export function operationsOf(spec: Spec): ReadonlyMap<OperationKey, JsonObject> {
  const entries = Object.entries(spec.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): [string, JsonObject][] => {
      const operation = isObject(item) ? item[method] : undefined;
      return isObject(operation) ? [[`${method.toUpperCase()} ${path}`, operation]] : [];
    }),
  );
  return new Map(entries);
}

/** Every named schema of a document, in order of name. */
export function schemasOf(spec: Spec): ReadonlyMap<string, Json> {
  const { components } = spec;
  const schemas = isObject(components) ? components.schemas : undefined;
  return new Map(Object.entries(isObject(schemas) ? schemas : {}).sort(([a], [b]) => byText(a, b)));
}

const SCHEMA_REF = "#/components/schemas/";

function collectRefs(value: Json, into: Set<string>): void {
  if (isArray(value)) {
    for (const item of value) collectRefs(item, into);
  } else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (key === "$ref" && typeof child === "string" && child.startsWith(SCHEMA_REF)) {
        into.add(child.slice(SCHEMA_REF.length));
      } else {
        collectRefs(child, into);
      }
    }
  }
}

/** Names of the schemas that a value refers to, directly and through other schemas, in order. */
export function schemasUsedBy(value: Json, schemas: ReadonlyMap<string, Json>): readonly string[] {
  const used = new Set<string>();
  collectRefs(value, used);
  // A Set iterates over what is added meanwhile, so this walks to the end of every chain.
  for (const name of used) collectRefs(schemas.get(name) ?? null, used);
  return [...used].sort(byText);
}

function nameOf(parameter: Json): string {
  return isObject(parameter) ? `${String(parameter.in)} ${String(parameter.name)}` : "";
}

/** Parameters of an operation as `query confidence`, in order. */
export function parametersOf(operation: JsonObject): readonly string[] {
  return isArray(operation.parameters) ? operation.parameters.map(nameOf).sort(byText) : [];
}

/** Names of the properties of a schema, in order. */
export function propertiesOf(schema: Json): readonly string[] {
  const properties = isObject(schema) ? schema.properties : undefined;
  return isObject(properties) ? Object.keys(properties).sort(byText) : [];
}
