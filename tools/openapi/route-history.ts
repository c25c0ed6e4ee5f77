import type { Coverage } from "./coverage.ts";
import { operationsOf, propertiesOf, schemasOf } from "./document.ts";
import { byText, isArray, isObject, type Json, type JsonObject } from "./json.ts";
import type { Spec } from "./normalise.ts";
import type { Profile, ProfileOperations } from "./profiles.ts";

/** What the client's table of routes is made from. */
export interface RouteHistorySources {
  readonly spec: Spec;
  /** See `historyOf`. */
  readonly history: JsonObject;
  readonly profiles: Readonly<Partial<Record<Profile, ProfileOperations>>>;
  readonly coverage: Coverage;
}

const SCHEMA_REF = "#/components/schemas/";

/**
 * The text of `libs/client/src/capabilities/generated/route-history.ts`: for every operation the first version that has it, the
 * kinds of server that offer it, where it reads a key, and the methods of the client behind which it stands.
 */
export function routeHistoryText({ spec, history, profiles, coverage }: RouteHistorySources): string {
  const schemas = schemasOf(spec);
  const operations = operationsOf(spec);
  const facts = Object.entries(isObject(history.operations) ? history.operations : {})
    .sort(([a], [b]) => byText(a, b))
    .map(([route, entry]) => {
      const { since, until } = isObject(entry) ? entry : {};
      const operation = operations.get(route);
      const covered = coverage.get(route);
      const fields = {
        since,
        ...(until === undefined ? {} : { until }),
        servers: (["default", "hosted"] as const).filter(
          (profile) => operation !== undefined && profiles[profile]?.operations.includes(route),
        ),
        key: operation === undefined ? [] : keyPlaces(operation, schemas),
        methods: covered?.status === "wrapped" ? covered.by : [],
      };
      return `  ${JSON.stringify(route)}: ${JSON.stringify(fields)},`;
    });
  return [
    "// Made by `npm run openapi -- generate` from openapi/history.json, profiles and coverage.json. Do not edit.",
    'import type { RouteFacts } from "../route-facts.ts";',
    "",
    "/** Server versions whose documents are known, oldest first. */",
    `export const KNOWN_VERSIONS: readonly string[] = ${JSON.stringify(history.versions ?? [])};`,
    "",
    "/** Every operation that a known server version has, as `METHOD /path`. */",
    "export const ROUTE_HISTORY: Readonly<Record<string, RouteFacts>> = {",
    ...facts,
    "};",
    "",
  ].join("\n");
}

/** Where an operation declares an `api_key`. */
function keyPlaces(operation: JsonObject, schemas: ReadonlyMap<string, Json>): readonly ("query" | "body")[] {
  const parameters = isArray(operation.parameters) ? operation.parameters : [];
  const inQuery = parameters.some(
    (parameter) => isObject(parameter) && parameter.in === "query" && parameter.name === "api_key",
  );
  const { requestBody } = operation;
  const content = isObject(requestBody) && isObject(requestBody.content) ? requestBody.content : {};
  const json = content["application/json"];
  const inBody = isObject(json) && json.schema !== undefined && hasKey(json.schema, schemas);
  return [...(inQuery ? (["query"] as const) : []), ...(inBody ? (["body"] as const) : [])];
}

/** @param seen names on the way here: a schema may refer to itself, and says nothing new the second time */
function hasKey(
  schema: Json,
  schemas: ReadonlyMap<string, Json>,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  if (!isObject(schema)) return false;
  const { $ref, anyOf } = schema;
  if (typeof $ref === "string") {
    const name = $ref.slice(SCHEMA_REF.length);
    return !seen.has(name) && hasKey(schemas.get(name) ?? null, schemas, new Set([...seen, name]));
  }
  if (isArray(anyOf)) return anyOf.some((option) => hasKey(option, schemas, seen));
  return propertiesOf(schema).includes("api_key");
}
