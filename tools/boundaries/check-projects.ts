import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { APP_LIBS, ROOMS, type Room } from "./rooms.ts";
import type { Violation } from "./violation.ts";

interface ProjectManifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

const SCOPE = "@inference-ts/";

/** Tags that a room's package.json must carry. The published sdk counts as `any`: its root entry runs anywhere. */
const TAG_OF: Readonly<Record<Room["runtime"], string>> = {
  any: "runtime:any",
  node: "runtime:node",
  mixed: "runtime:any",
};

/** Checks the Nx tags and the declared dependencies of every project against the table of rooms. */
export function checkProjects(root: string): readonly Violation[] {
  const manifests = readManifests(root);
  return Object.entries(manifests).flatMap(([dir, manifest]) => {
    const violations = dir.startsWith("libs/") ? checkLib(dir, manifest) : checkApp(dir, manifest);
    return violations.map((violation) => ({ ...violation, file: `${dir}/package.json` }));
  });
}

type Finding = Omit<Violation, "file">;

function checkLib(dir: string, manifest: ProjectManifest): readonly Finding[] {
  const name = dir.slice("libs/".length);
  const room = ROOMS[name];
  if (room === undefined) return [{ rule: "rooms-are-listed", problem: "is not in the table of rooms" }];
  const findings: Finding[] = [];
  if (manifest.name !== SCOPE + name) {
    findings.push({
      rule: "names-follow-folders",
      problem: `is named ${manifest.name}, not ${SCOPE}${name}`,
    });
  }
  const tags = manifest.nx?.tags ?? [];
  if (tags.length !== 1 || tags[0] !== TAG_OF[room.runtime]) {
    findings.push({
      rule: "nx-tags",
      problem: `has the tags [${tags.join(", ")}], not [${TAG_OF[room.runtime]}]`,
    });
  }
  for (const target of internalDependencies(manifest)) {
    if (!room.libs.includes(target)) {
      findings.push({ rule: "declared-libs", problem: `depends on ${target}, which ${name} may not import` });
    }
    if (room.runtime === "any" && ROOMS[target]?.runtime === "node") {
      findings.push({
        rule: "nx-tags",
        problem: `is runtime:any and depends on ${target}, which is runtime:node`,
      });
    }
  }
  return findings;
}

function checkApp(_dir: string, manifest: ProjectManifest): readonly Finding[] {
  const tags = manifest.nx?.tags ?? [];
  const findings: Finding[] = [];
  if (tags.length !== 1 || tags[0] !== "app") {
    findings.push({ rule: "nx-tags", problem: `has the tags [${tags.join(", ")}], not [app]` });
  }
  for (const target of internalDependencies(manifest).filter((name) => !APP_LIBS.includes(name))) {
    findings.push({
      rule: "declared-libs",
      problem: `depends on ${target}; apps use ${APP_LIBS.join(" and ")}`,
    });
  }
  return findings;
}

function internalDependencies({ dependencies = {} }: ProjectManifest): readonly string[] {
  return Object.keys(dependencies)
    .filter((name) => name.startsWith(SCOPE))
    .map((name) => name.slice(SCOPE.length));
}

function readManifests(root: string): Readonly<Record<string, ProjectManifest>> {
  const manifests: Record<string, ProjectManifest> = {};
  for (const floor of ["libs", "apps", "apps/samples"]) {
    for (const name of foldersIn(join(root, floor))) {
      const dir = `${floor}/${name}`;
      const text = readIfPresent(join(root, dir, "package.json"));
      if (text !== undefined) manifests[dir] = JSON.parse(text);
    }
  }
  return manifests;
}

function foldersIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
