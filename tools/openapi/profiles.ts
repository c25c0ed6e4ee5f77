import { InvalidParameterError } from "@inference-ts/errors";
import { operationsOf, schemasOf, schemasUsedBy } from "./document.ts";
import { byText, isArray, isObject, type Json, type JsonObject } from "./json.ts";
import { normalise, type Spec } from "./normalise.ts";

/**
 * Kinds of server: `default` has no switch set, `all` has every switch that adds a route, `hosted` is the hosted
 * serverless deployment.
 */
export const PROFILES = ["default", "all", "hosted"] as const;

/** A kind of server. */
export type Profile = (typeof PROFILES)[number];

/** True for the name of a profile. */
export function isProfile(value: string): value is Profile {
  return PROFILES.some((profile) => profile === value);
}

/** Which operations servers of one kind have. */
export interface ProfileOperations {
  readonly serverVersion: string;
  readonly operations: readonly string[];
}

/** The profile of a document. */
export function profileOf(spec: Spec): ProfileOperations {
  return { serverVersion: spec.info.version, operations: [...operationsOf(spec).keys()].sort(byText) };
}

/**
 * Reads a file of `openapi/profiles/`.
 *
 * @throws InvalidParameterError when the file has another form.
 */
export function readProfile(document: Json, name: string): ProfileOperations {
  const { serverVersion, operations } = isObject(document) ? document : {};
  if (typeof serverVersion !== "string" || !isArray(operations)) {
    throw new InvalidParameterError(
      `openapi/profiles/${name}.json needs the text "serverVersion" and the list "operations".`,
    );
  }
  return { serverVersion, operations: operations.map(String) };
}

/** The known profile whose operations are nearest to those of a document; `all` when none is known. */
export function nearestProfile(
  spec: Spec,
  profiles: Readonly<Partial<Record<Profile, ProfileOperations>>>,
): Profile {
  const given = new Set(operationsOf(spec).keys());
  const likeness = (known: readonly string[]) => {
    const shared = known.filter((operation) => given.has(operation)).length;
    return shared / Math.max(1, given.size + known.length - shared);
  };
  const ranked = PROFILES.map((profile) => ({
    profile,
    score: likeness(profiles[profile]?.operations ?? []),
  })).sort((a, b) => b.score - a.score);
  const best = ranked[0];
  return best === undefined || best.score === 0 ? "all" : best.profile;
}

/** Named schemas of the merged document: what only the older document has stays while something may use it. */
function mergedSchemas(all: Spec, part: Spec, paths: JsonObject, complete: boolean): JsonObject {
  const older = schemasOf(all);
  const schemas = new Map([...older, ...schemasOf(part)]);
  const usedBefore = new Set(schemasUsedBy(all.paths, older));
  const usedNow = new Set(schemasUsedBy(paths, schemas));
  const keeps = (name: string) =>
    schemasOf(part).has(name) || usedNow.has(name) || (!complete && !usedBefore.has(name));
  return Object.fromEntries([...schemas].filter(([name]) => keeps(name)).sort(([a], [b]) => byText(a, b)));
}

/** What is known about the new document of {@link mergePart}. */
interface PartOptions {
  /** The operations that this kind of server had so far; those that it now lacks are gone. */
  readonly before: readonly string[];
  /** True when the new document has every switch on. Even so, a default server may have a route of its own. */
  readonly complete: boolean;
}

/**
 * Puts the document of one kind of server into the document of all routes. What the new document has replaces what
 * was there; what this kind of server had before and now lacks is gone; what only other kinds of server have stays.
 *
 * @param all - The document of all routes, normalised.
 * @param part - The new document, normalised.
 */
export function mergePart(all: Spec, part: Spec, { before, complete }: PartOptions): Spec {
  const fresh = operationsOf(part);
  const gone = new Set(before.filter((operation) => !fresh.has(operation)));
  const kept = (path: string, item: Json | undefined) =>
    Object.entries(isObject(item) ? item : {}).filter(([key]) => !gone.has(`${key.toUpperCase()} ${path}`));
  const paths = Object.fromEntries(
    Object.keys({ ...all.paths, ...part.paths })
      .map((path): [string, JsonObject] => [
        path,
        Object.fromEntries([...kept(path, all.paths[path]), ...kept(path, part.paths[path])]),
      ])
      .filter(([, item]) => Object.keys(item).length > 0),
  );
  const components = { ...(isObject(part.components) ? part.components : {}) };
  return normalise({
    ...all,
    ...part,
    components: { ...components, schemas: mergedSchemas(all, part, paths, complete) },
    paths,
  });
}
