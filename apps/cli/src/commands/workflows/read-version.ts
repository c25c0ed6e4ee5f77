import { InvalidParameterError } from "@inference-ts/sdk/node";
import { readWorkflow } from "../pipelines/workflow-argument.ts";

/** A definition, or the names of a stored workflow. */
export type VersionedWorkflow =
  | { readonly specification: Readonly<Record<string, unknown>> }
  | {
      readonly workspaceName: string;
      readonly workflowId: string;
      readonly workflowVersionId?: string | undefined;
    };

/**
 * Reads the workflow that an argument names, and the version of a stored one.
 *
 * @throws InvalidParameterError when it is neither a file with a definition nor workspace/id, and for a version beside a file.
 */
export async function readVersion(
  text: string,
  workflowVersionId: string | undefined,
): Promise<VersionedWorkflow> {
  const given = await readWorkflow(text);
  if (workflowVersionId === undefined) return given;
  if ("workflowId" in given) return { ...given, workflowVersionId };
  throw new InvalidParameterError("--workflow-version is for stored workflows; a file has one version.");
}
