import { ModelNotSelectedError } from "@inference-ts/errors";

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
