import { InvalidModelIdentifierError } from "@inference-ts/errors";

/** A model id as the v0 route needs it: two path segments. */
export interface ModelPath {
  readonly datasetId: string;
  readonly versionId: string;
}

/**
 * Splits an id for the v0 route.
 *
 * @throws InvalidModelIdentifierError unless the id has exactly two parts that can stand in a path.
 */
export function splitModelId(modelId: string): ModelPath {
  const [datasetId, versionId, ...rest] = modelId.split("/");
  if (!isPathPart(datasetId) || !isPathPart(versionId) || rest.length > 0) {
    throw new InvalidModelIdentifierError(
      `The model id "${modelId.slice(0, 120)}" is not "project/version".`,
      {
        hint: "The v0 route takes exactly two parts, such as my-project/3.",
      },
    );
  }
  return { datasetId, versionId };
}

/**
 * Whether a value can stand between two slashes of a path: "." and ".." would be resolved away by the URL parser, and the request would go
 * to another route; half of a surrogate pair has no form in a URL.
 */
export function isPathPart(value: unknown): value is string {
  return typeof value === "string" && !/^\.{0,2}$|\p{Surrogate}/u.test(value);
}
