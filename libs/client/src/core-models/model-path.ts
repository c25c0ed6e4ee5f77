import { InvalidModelIdentifierError } from "@inference-ts/errors";

/**
 * Makes sure that a model id can stand in a path: its parts are escaped, but a part that is empty or dots would be resolved
 * away, and the request would go to another route.
 *
 * @throws InvalidModelIdentifierError
 */
export function checkModelPath(modelId: string): string {
  const parts = modelId.split("/");
  if (parts.every((part) => part !== "" && part !== "." && part !== "..")) return modelId;
  throw new InvalidModelIdentifierError(`The model id "${modelId.slice(0, 120)}" cannot stand in a path.`, {
    hint: "Leave modelIdInPath out, or pass an id without empty parts and dots, such as my-project/3.",
  });
}
