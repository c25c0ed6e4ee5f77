import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InvalidParameterError } from "@inference-ts/errors";
import { type Coverage, readCoverage } from "./coverage.ts";
import { generateTypes } from "./generate.ts";
import { historyOf } from "./history.ts";
import { parseJson, toFileText } from "./json.ts";
import { normalise, type Spec } from "./normalise.ts";
import { applyOverlay, type Correction, readOverlay } from "./overlay.ts";
import { PROFILES, type Profile, type ProfileOperations, readProfile } from "./profiles.ts";
import { NO_PROVENANCE, type Provenance, readProvenance } from "./provenance.ts";
import { routeHistoryText } from "./route-history.ts";

/** Files of the pipeline, relative to the root of the repository. */
export const FILES = {
  spec: "openapi/inference.json",
  overlay: "openapi/overlay.json",
  coverage: "openapi/coverage.json",
  history: "openapi/history.json",
  provenance: "openapi/SOURCE.json",
  types: "libs/schema/src/generated/inference.ts",
  routes: "libs/client/src/capabilities/generated/route-history.ts",
} as const;

const VERSIONS = "openapi/versions";

/** File of one profile. */
export const profileFile = (profile: Profile): string => `openapi/profiles/${profile}.json`;

/** File of the normalised document of an earlier server. */
export const versionFile = (version: string): string => `${VERSIONS}/${version}.json`;

/**
 * The server version of a document, which becomes a file name.
 *
 * @throws InvalidParameterError when the version, which a server sends, is not one.
 */
export function serverVersionOf({ info }: Spec): string {
  if (/^\d[\w.+-]*$/.test(info.version)) return info.version;
  throw new InvalidParameterError(
    `The document's version "${info.version}" is not a server version such as 1.8.3.`,
  );
}

/** A file's text together with the document in it. */
interface SpecFile {
  readonly text: string;
  readonly spec: Spec;
}

/** Everything the pipeline reads. What is not there yet is undefined or empty. */
export interface Folder {
  readonly current: SpecFile | undefined;
  readonly overlay: readonly Correction[];
  readonly coverage: Coverage;
  readonly provenance: Provenance;
  readonly profiles: Readonly<Partial<Record<Profile, ProfileOperations>>>;
  /** Documents of earlier servers by version. */
  readonly versions: ReadonlyMap<string, SpecFile>;
  readonly types: string | undefined;
  readonly history: string | undefined;
  /** The client's table of routes. */
  readonly routes: string | undefined;
}

/** New text of files by their path from the root; null removes the file. */
export type FileChanges = ReadonlyMap<string, string | null>;

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Undefined instead of an error when the file or folder does not exist. */
export async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** One line per document: an earlier server's document is compared by the tool, not read. */
export function versionText(spec: Spec): string {
  return `${JSON.stringify(spec)}\n`;
}

function specFile(text: string, origin: string): SpecFile {
  return { text, spec: normalise(parseJson(text, origin), origin) };
}

/** Reads the files of the pipeline under the root of the repository. */
export async function readFolder(root: string): Promise<Folder> {
  const text = (file: string) => ifThere(readFile(join(root, file), "utf8"));
  const [spec, overlay, coverage, history, provenance, types, routes] = await Promise.all([
    text(FILES.spec),
    text(FILES.overlay),
    text(FILES.coverage),
    text(FILES.history),
    text(FILES.provenance),
    text(FILES.types),
    text(FILES.routes),
  ]);
  const profiles: Partial<Record<Profile, ProfileOperations>> = {};
  for (const profile of PROFILES) {
    const found = await text(profileFile(profile));
    if (found !== undefined) profiles[profile] = readProfile(parseJson(found, profileFile(profile)), profile);
  }
  const names = (await ifThere(readdir(join(root, VERSIONS)))) ?? [];
  const versions = new Map<string, SpecFile>();
  for (const name of names.filter((file) => file.endsWith(".json")).sort()) {
    const version = name.slice(0, -".json".length);
    versions.set(version, specFile((await text(versionFile(version))) ?? "", versionFile(version)));
  }
  return {
    current: spec === undefined ? undefined : specFile(spec, FILES.spec),
    overlay: overlay === undefined ? [] : readOverlay(parseJson(overlay, FILES.overlay)),
    coverage: coverage === undefined ? new Map() : readCoverage(parseJson(coverage, FILES.coverage)),
    provenance:
      provenance === undefined ? NO_PROVENANCE : readProvenance(parseJson(provenance, FILES.provenance)),
    profiles,
    versions,
    types,
    history,
    routes,
  };
}

/** Writes and removes files under the root of the repository. */
export async function writeChanges(root: string, changes: FileChanges): Promise<void> {
  for (const [file, content] of changes) {
    const path = join(root, file);
    if (content === null) {
      await rm(path, { force: true });
    } else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
  }
}

/** What generated files are made from. */
export type Sources = Pick<Folder, "overlay" | "profiles" | "coverage">;

/** What follows from the documents, the overlay, the profiles and the ledger alone: the generated files. */
export async function derivedFiles(
  spec: Spec,
  { overlay, profiles, coverage }: Sources,
  earlier: Iterable<Spec>,
): Promise<{ readonly types: string; readonly history: string; readonly routes: string }> {
  const history = historyOf([...earlier, spec]);
  return {
    types: await generateTypes(applyOverlay(spec, overlay)),
    history: toFileText(history),
    routes: routeHistoryText({ spec, history, profiles, coverage }),
  };
}
