import { InvalidParameterError } from "@inference-ts/errors";
import { isArray, isObject, type Json } from "./json.ts";
import type { Profile } from "./profiles.ts";

/** Where one document came from. */
export interface DocumentSource {
  readonly serverVersion: string;
  readonly how: string;
  /** SHA-256 of the document as the server gave it. */
  readonly rawSha256: string;
}

/** Where a file of `versions/` came from. */
interface ArchiveSource {
  /** The documents it was put together from. */
  readonly documents: readonly DocumentSource[];
  /** SHA-256 of the file. */
  readonly normalisedSha256: string;
}

/** `openapi/SOURCE.json`: where everything in the folder came from. */
export interface Provenance {
  /** Version of the server that `inference.json` describes. */
  readonly serverVersion: string;
  /** SHA-256 of `inference.json`. */
  readonly normalisedSha256: string;
  /** The document each profile was read from. */
  readonly profiles: Readonly<Partial<Record<Profile, DocumentSource>>>;
  /** The documents of earlier servers in `versions/`. */
  readonly versions: Readonly<Record<string, ArchiveSource>>;
}

/** What there is before the first update. */
export const NO_PROVENANCE: Provenance = {
  serverVersion: "",
  normalisedSha256: "",
  profiles: {},
  versions: {},
};

function isSource(value: Json | undefined): value is Json & DocumentSource {
  return (
    isObject(value) &&
    [value.serverVersion, value.how, value.rawSha256].every((field) => typeof field === "string")
  );
}

function isArchived(value: Json): value is Json & ArchiveSource {
  return (
    isObject(value) &&
    typeof value.normalisedSha256 === "string" &&
    isArray(value.documents) &&
    value.documents.every(isSource)
  );
}

/**
 * Reads `openapi/SOURCE.json`.
 *
 * @throws InvalidParameterError when a field is missing.
 */
export function readProvenance(document: Json): Provenance {
  const { serverVersion, normalisedSha256, profiles, versions } = isObject(document) ? document : {};
  if (
    typeof serverVersion !== "string" ||
    typeof normalisedSha256 !== "string" ||
    !isObject(profiles) ||
    !isObject(versions)
  ) {
    throw new InvalidParameterError(
      'openapi/SOURCE.json needs "serverVersion", "normalisedSha256", "profiles" and "versions".',
    );
  }
  const { default: standard, all, hosted } = profiles;
  const archived = Object.entries(versions).flatMap(([version, entry]) =>
    isArchived(entry) ? [[version, entry] as const] : [],
  );
  return {
    serverVersion,
    normalisedSha256,
    profiles: {
      ...(isSource(standard) ? { default: standard } : {}),
      ...(isSource(all) ? { all } : {}),
      ...(isSource(hosted) ? { hosted } : {}),
    },
    versions: Object.fromEntries(archived),
  };
}
