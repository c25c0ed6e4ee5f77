import { InvalidParameterError } from "@inference-ts/errors";
import { coverageProblems, touchedMethods } from "./coverage.ts";
import { diffSpecs, type SpecDiff } from "./diff.ts";
import { operationsOf } from "./document.ts";
import {
  derivedFiles,
  FILES,
  type FileChanges,
  type Folder,
  profileFile,
  serverVersionOf,
  versionFile,
  versionText,
} from "./folder.ts";
import { byVersion } from "./history.ts";
import { toFileText } from "./json.ts";
import type { Spec } from "./normalise.ts";
import { mergePart, nearestProfile, PROFILES, type Profile, profileOf } from "./profiles.ts";
import type { DocumentSource, Provenance } from "./provenance.ts";
import { diffLines, touchedLines } from "./report.ts";
import { type LoadedSpec, sha256 } from "./source.ts";

/** What a command is about to write, and what it tells about it. */
export interface Plan {
  readonly changes: FileChanges;
  readonly lines: readonly string[];
}

function sourceOf({ spec, how, rawSha256 }: LoadedSpec): DocumentSource {
  return { serverVersion: spec.info.version, how, rawSha256 };
}

function provenanceText(provenance: Provenance): string {
  const { serverVersion, normalisedSha256, profiles, versions } = provenance;
  const ordered = Object.fromEntries(Object.entries(versions).sort(([a], [b]) => byVersion(a, b)));
  return `${JSON.stringify({ serverVersion, normalisedSha256, profiles, versions: ordered }, null, 2)}\n`;
}

/** The other profiles without the operations that no longer exist. */
function prunedProfiles(
  folder: Folder,
  updated: Profile,
  spec: Spec,
): { changes: FileChanges; lines: string[] } {
  const known = new Set(operationsOf(spec).keys());
  const changes = new Map<string, string>();
  const lines: string[] = [];
  for (const profile of PROFILES) {
    const found = folder.profiles[profile];
    if (profile === updated || found === undefined) continue;
    const operations = found.operations.filter((operation) => known.has(operation));
    if (operations.join() !== found.operations.join()) {
      changes.set(profileFile(profile), toFileText({ serverVersion: found.serverVersion, operations }));
    }
    if (found.serverVersion !== spec.info.version) {
      lines.push(
        `Note: profile "${profile}" is still that of server ${found.serverVersion}; update it with the document of such a server.`,
      );
    }
  }
  return { changes, lines };
}

/** The earlier documents after the current one is replaced: the replaced one joins them when its version differs. */
function archiveAfter(
  folder: Folder,
  version: string,
): { versions: ReadonlyMap<string, string>; sources: Provenance["versions"] } {
  const { current, provenance } = folder;
  const versions = new Map([...folder.versions].map(([name, { text }]) => [name, text]));
  const sources = { ...provenance.versions };
  if (current !== undefined && current.spec.info.version !== version) {
    const text = versionText(current.spec);
    const documents = Object.values(provenance.profiles).filter(
      (source) => source.serverVersion === current.spec.info.version,
    );
    versions.set(current.spec.info.version, text);
    sources[current.spec.info.version] = { documents, normalisedSha256: sha256(text) };
  }
  versions.delete(version);
  delete sources[version];
  return { versions, sources };
}

function archiveChanges(folder: Folder, versions: ReadonlyMap<string, string>): FileChanges {
  const removed = [...folder.versions.keys()].filter((version) => !versions.has(version));
  return new Map([
    ...[...versions].map(([version, text]) => [versionFile(version), text] as const),
    ...removed.map((version) => [versionFile(version), null] as const),
  ]);
}

function specsAfter(folder: Folder, versions: ReadonlyMap<string, string>): readonly Spec[] {
  const known = [folder.current, ...folder.versions.values()];
  return known.flatMap((file) =>
    file !== undefined && versions.has(file.spec.info.version) ? [file.spec] : [],
  );
}

function reportOf(folder: Folder, diff: SpecDiff | undefined, spec: Spec): readonly string[] {
  const ledger = coverageProblems(folder.coverage, operationsOf(spec).keys());
  return [
    ...(diff === undefined ? [`First document: server ${spec.info.version}`] : diffLines(diff)),
    ...(diff === undefined ? [] : touchedLines(touchedMethods(diff, folder.coverage))),
    ...(ledger.length === 0 ? [] : ["To do before the check passes:", ...ledger.map((line) => `  ${line}`)]),
  ];
}

/**
 * Plans the step to a new document: normalised document, profile, archive, generated types, history, provenance.
 *
 * @param profile - The kind of server; without it, the known profile with the most similar operations.
 * @throws InvalidParameterError when the overlay no longer applies.
 */
export async function planUpdate(folder: Folder, loaded: LoadedSpec, profile?: Profile): Promise<Plan> {
  const kind = profile ?? nearestProfile(loaded.spec, folder.profiles);
  const { current } = folder;
  if (current === undefined && kind !== "all") {
    throw new InvalidParameterError(`There is no ${FILES.spec} yet: start with a document of profile "all".`);
  }
  const before = folder.profiles[kind]?.operations ?? [];
  const spec =
    current === undefined
      ? loaded.spec
      : mergePart(current.spec, loaded.spec, { before, complete: kind === "all" });
  const text = toFileText(spec);
  const { versions, sources } = archiveAfter(folder, serverVersionOf(spec));
  const profiles = { ...folder.profiles, [kind]: profileOf(loaded.spec) };
  const derived = await derivedFiles(spec, { ...folder, profiles }, specsAfter(folder, versions));
  const pruned = prunedProfiles(folder, kind, spec);
  // The same document again keeps what was noted about it the first time.
  const known = folder.provenance.profiles;
  const isSame = known[kind]?.rawSha256 === loaded.rawSha256;
  const provenance: Provenance = {
    serverVersion: spec.info.version,
    normalisedSha256: sha256(text),
    profiles: { ...known, [kind]: isSame ? known[kind] : sourceOf(loaded) },
    versions: sources,
  };
  const { serverVersion, operations } = profileOf(loaded.spec);
  return {
    changes: new Map<string, string | null>([
      [FILES.spec, text],
      [profileFile(kind), toFileText({ serverVersion, operations })],
      ...pruned.changes,
      ...archiveChanges(folder, versions),
      [FILES.types, derived.types],
      [FILES.history, derived.history],
      [FILES.routes, derived.routes],
      [FILES.provenance, provenanceText(provenance)],
    ]),
    lines: [
      `Profile: ${kind}${profile === undefined ? " (the nearest; --profile says otherwise)" : ""}`,
      ...reportOf(folder, current === undefined ? undefined : diffSpecs(current.spec, spec), spec),
      ...pruned.lines,
    ],
  };
}

/** Plans to make the generated files again from what is there. */
export async function planGenerate(folder: Folder): Promise<Plan> {
  const { current, versions } = folder;
  if (current === undefined) throw new InvalidParameterError(`There is no ${FILES.spec} to generate from.`);
  const earlier = [...versions.values()].map(({ spec }) => spec);
  const { types, history, routes } = await derivedFiles(current.spec, folder, earlier);
  return {
    changes: new Map([
      [FILES.types, types],
      [FILES.history, history],
      [FILES.routes, routes],
    ]),
    lines: [`Generated ${FILES.types}, ${FILES.history} and ${FILES.routes}`],
  };
}

/**
 * Plans to keep the document of another server version, for the history and for `diff`. A second document of the same
 * version adds the routes that the first has not.
 *
 * @throws InvalidParameterError when it is the version that `inference.json` describes.
 */
export async function planArchive(folder: Folder, loaded: LoadedSpec): Promise<Plan> {
  const version = serverVersionOf(loaded.spec);
  if (folder.current === undefined || folder.current.spec.info.version === version) {
    throw new InvalidParameterError(
      `${version} is the version of ${FILES.spec} itself; archive another one.`,
    );
  }
  const { provenance, versions } = folder;
  const known = versions.get(version)?.spec;
  const spec =
    known === undefined ? loaded.spec : mergePart(known, loaded.spec, { before: [], complete: false });
  const text = versionText(spec);
  const { changes } = await planGenerate({
    ...folder,
    versions: new Map([...versions, [version, { text, spec }]]),
  });
  const others = (provenance.versions[version]?.documents ?? []).filter(
    ({ rawSha256 }) => rawSha256 !== loaded.rawSha256,
  );
  const archived = { documents: [...others, sourceOf(loaded)], normalisedSha256: sha256(text) };
  const sources = { ...provenance.versions, [version]: archived };
  return {
    changes: new Map([
      ...changes,
      [versionFile(version), text],
      [FILES.provenance, provenanceText({ ...provenance, versions: sources })],
    ]),
    lines: [`Archived server ${version}`],
  };
}
