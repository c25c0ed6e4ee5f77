import { InvalidModelIdentifierError } from "@inference-ts/errors";
import { isPathPart } from "../models/model-id.ts";

/**
 * Makes sure that a model id can stand in a path; its parts are escaped.
 *
 * @throws InvalidModelIdentifierError
 */
export function checkModelPath(modelId: string): string {
  const parts = modelId.split("/");
  if (parts.every(isPathPart)) return modelId;
  throw new InvalidModelIdentifierError(`The model id "${modelId.slice(0, 120)}" cannot stand in a path.`, {
    hint: "Leave modelIdInPath out, or pass an id without empty parts and dots, such as my-project/3.",
  });
}
