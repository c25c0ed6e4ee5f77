import { isInferenceError } from "@inference-ts/errors";
import { coverageProblems } from "./coverage.ts";
import { operationsOf } from "./document.ts";
import { derivedFiles, FILES, type Folder, profileFile, versionFile } from "./folder.ts";
import { toFileText } from "./json.ts";
import { PROFILES } from "./profiles.ts";
import { sha256 } from "./source.ts";

const REGENERATE = "run: npm run openapi -- generate";

function specProblems({ current, provenance, versions }: Folder): readonly string[] {
  if (current === undefined) return [`${FILES.spec} is missing; run: npm run openapi -- update <url|file>`];
  const problems: string[] = [];
  if (current.text !== toFileText(current.spec)) {
    problems.push(
      `${FILES.spec} is not in normal form: it was edited by hand, put corrections into ${FILES.overlay}.`,
    );
  }
  if (sha256(current.text) !== provenance.normalisedSha256) {
    problems.push(
      `${FILES.spec} has not the SHA-256 that ${FILES.provenance} names: put corrections into ${FILES.overlay}.`,
    );
  }
  if (current.spec.info.version !== provenance.serverVersion) {
    problems.push(
      `${FILES.spec} is of server ${current.spec.info.version}, ${FILES.provenance} says ${provenance.serverVersion}.`,
    );
  }
  for (const version of new Set([...versions.keys(), ...Object.keys(provenance.versions)])) {
    const text = versions.get(version)?.text;
    if (text === undefined || sha256(text) !== provenance.versions[version]?.normalisedSha256) {
      problems.push(
        `${versionFile(version)} is missing or has not the SHA-256 that ${FILES.provenance} names.`,
      );
    }
  }
  return problems;
}

function profileProblems({ current, profiles }: Folder): readonly string[] {
  if (current === undefined) return [];
  const known = new Set(operationsOf(current.spec).keys());
  const problems = PROFILES.flatMap((profile) => {
    const found = profiles[profile];
    if (found === undefined) return [`${profileFile(profile)} is missing.`];
    const unknown = found.operations.filter((operation) => !known.has(operation));
    return unknown.map(
      (operation) => `${profileFile(profile)} names ${operation}, which ${FILES.spec} has not.`,
    );
  });
  const listed = new Set(PROFILES.flatMap((profile) => profiles[profile]?.operations ?? []));
  const unlisted = [...known].filter((operation) => !listed.has(operation));
  return [...problems, ...unlisted.map((operation) => `${operation} of ${FILES.spec} is in no profile.`)];
}

async function derivedProblems(folder: Folder): Promise<readonly string[]> {
  const { current, versions, types, history, routes } = folder;
  if (current === undefined) return [];
  try {
    const derived = await derivedFiles(
      current.spec,
      folder,
      [...versions.values()].map(({ spec }) => spec),
    );
    return [
      ...(derived.types === types
        ? []
        : [`${FILES.types} is not what the document and the overlay give; ${REGENERATE}`]),
      ...(derived.history === history
        ? []
        : [`${FILES.history} is not what the documents give; ${REGENERATE}`]),
      ...(derived.routes === routes
        ? []
        : [`${FILES.routes} is not what history, profiles and ledger give; ${REGENERATE}`]),
    ];
  } catch (error) {
    if (isInferenceError(error)) return [error.message];
    throw error;
  }
}

/** Everything that is out of step, one line each; empty when all is well. Writes nothing. */
export async function checkFolder(folder: Folder): Promise<readonly string[]> {
  const operations = folder.current === undefined ? [] : operationsOf(folder.current.spec).keys();
  return [
    ...specProblems(folder),
    ...profileProblems(folder),
    ...(await derivedProblems(folder)),
    ...coverageProblems(folder.coverage, operations),
  ];
}
