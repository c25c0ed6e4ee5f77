import { InvalidModelIdentifierError, ModelNotSelectedError } from "@inference-ts/errors";

/** A model id as the v0 route needs it: two path segments. */
export interface ModelPath {
  readonly datasetId: string;
  readonly versionId: string;
}

/**
 * The id to use: the named one, else the selected one; an empty name counts as none. Aliases are resolved.
 *
 * @throws ModelNotSelectedError when there is neither.
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
  return resolveModelId(chosen);
}

/** The id behind a public model name; any other text unchanged. Names hold no slash, so only a text without one is looked up. */
export async function resolveModelId(modelId: string): Promise<string> {
  if (modelId.includes("/")) return modelId;
  const { resolveModelAlias } = await import("./aliases.ts");
  return resolveModelAlias(modelId);
}

/**
 * Splits an id for the v0 route.
 *
 * @throws InvalidModelIdentifierError unless the id has exactly two parts, none of them empty or a dot segment.
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

// "." and ".." would be resolved away by the URL parser, and the request would go to another route.
function isPathPart(part: string | undefined): part is string {
  return part !== undefined && part !== "" && part !== "." && part !== "..";
}
