import type { Manifest } from "./packages.ts";

/** Fields that only matter inside the workspace. */
const WORKSPACE_FIELDS = new Set(["nx", "scripts", "devDependencies", "private"]);

/** Export condition through which the workspace resolves its own libraries to their sources. */
const PRIVATE_CONDITION = "source";

/**
 * The package.json that is published: the tracked one without workspace fields and without the private export condition,
 * which would lead into files that are not in the tarball.
 */
export function packedManifest(manifest: Manifest): Manifest {
  const packed: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(manifest)) {
    if (WORKSPACE_FIELDS.has(field)) continue;
    packed[field] = field === "exports" ? withoutPrivateCondition(value) : value;
  }
  return { ...packed, name: manifest.name, version: manifest.version };
}

function withoutPrivateCondition(target: unknown): unknown {
  if (typeof target !== "object" || target === null) return target;
  return Object.fromEntries(
    Object.entries(target)
      .filter(([condition]) => condition !== PRIVATE_CONDITION)
      .map(([condition, value]) => [condition, withoutPrivateCondition(value)]),
  );
}
