import { operationsOf, parametersOf, propertiesOf, schemasOf } from "./document.ts";
import { byText, type Json, type JsonObject } from "./json.ts";
import type { Spec } from "./normalise.ts";

/** Order of server versions such as `0.51.10` and `1.8.3`: by number, part by part; `1.2` is before `1.2.0`. */
export function byVersion(a: string, b: string): number {
  const left = a.split(/[.+-]/);
  const right = b.split(/[.+-]/);
  for (const [index, x] of left.entries()) {
    const y = right[index];
    if (y === undefined) return 1;
    const order = Number(x) - Number(y);
    if (x !== y) return Number.isNaN(order) || order === 0 ? byText(x, y) : order;
  }
  return left.length - right.length;
}

type Parts = (spec: Spec) => ReadonlyMap<string, readonly string[]>;

const operationParts: Parts = (spec) =>
  new Map([...operationsOf(spec)].map(([key, operation]) => [key, parametersOf(operation)]));

const schemaParts: Parts = (spec) =>
  new Map([...schemasOf(spec)].map(([name, schema]) => [name, propertiesOf(schema)]));

/** First version that has each thing and each of its parts; parts that came with the thing itself are left out. */
function firstSeen(specs: readonly Spec[], parts: Parts, partName: string): JsonObject {
  const seen = new Map<string, { since: string; until: string; parts: Map<string, string> }>();
  for (const spec of specs) {
    const { version } = spec.info;
    for (const [name, names] of parts(spec)) {
      const entry = seen.get(name) ?? { since: version, until: version, parts: new Map<string, string>() };
      entry.until = version;
      for (const part of names) if (!entry.parts.has(part)) entry.parts.set(part, version);
      seen.set(name, entry);
    }
  }
  const newest = specs.at(-1)?.info.version;
  return Object.fromEntries(
    [...seen]
      .sort(([a], [b]) => byText(a, b))
      .map(([name, { since, until, parts: all }]): [string, Json] => {
        const later = [...all].filter(([, version]) => version !== since).sort(([a], [b]) => byText(a, b));
        return [
          name,
          {
            since,
            ...(until === newest ? {} : { until }),
            ...(later.length === 0 ? {} : { [partName]: Object.fromEntries(later) }),
          },
        ];
      }),
  );
}

/**
 * When each operation, parameter, schema and property first appeared: the first of the known versions that has it.
 * `until` is the last version that had what the newest no longer has.
 *
 * @param specs - Normalised documents of all routes, one per server version, in any order.
 */
export function historyOf(specs: readonly Spec[]): JsonObject {
  const ordered = specs.toSorted((a, b) => byVersion(a.info.version, b.info.version));
  return {
    versions: ordered.map((spec) => spec.info.version),
    operations: firstSeen(ordered, operationParts, "parameters"),
    schemas: firstSeen(ordered, schemaParts, "properties"),
  };
}
