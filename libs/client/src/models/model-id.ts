import { InvalidModelIdentifierError, ModelNotSelectedError } from "@inference-ts/errors";

/**
 * The id to use: the named one, else the selected one; an empty name counts as none. Aliases are resolved.
 *
 * @throws ModelNotSelectedError when there is neither, InvalidModelIdentifierError for what is no text.
 */
export async function chooseModelId(
  named: string | null | undefined,
  selected: string | null,
): Promise<string> {
  const chosen = named || selected;
  if (!chosen) {
    throw new ModelNotSelectedError("No model was named and none is selected.", {
      hint: 'Pass { modelId: "project/version" } or call selectModel first.',
    });
  }
  if (typeof chosen !== "string") throw new InvalidModelIdentifierError("The model id is no string.");
  return resolveModelId(chosen);
}

/** The id behind a public model name; any other text unchanged. Names hold no slash, so only a text without one is looked up. */
export async function resolveModelId(modelId: string): Promise<string> {
  if (modelId.includes("/")) return modelId;
  const { resolveModelAlias } = await import("./aliases.ts");
  return resolveModelAlias(modelId);
}

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
        hint: "Give two parts, such as my-project/3.",
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
  return typeof value === "string" && !/^\.{0,2}$|\p{Cs}/u.test(value);
}
