import { readFile } from "node:fs/promises";
import { InvalidParameterError } from "@inference-ts/sdk/node";

/** A workflow as a start takes it. */
export type GivenWorkflow =
  | { readonly specification: Readonly<Record<string, unknown>> }
  | { readonly workspaceName: string; readonly workflowId: string };

/**
 * Reads `--workflow`: a file with JSON, or `workspace/id`.
 *
 * @throws InvalidParameterError when it is neither.
 */
export async function readWorkflow(text: string): Promise<GivenWorkflow> {
  const stored = /^([\w-]+)\/([\w-]+)$/.exec(text);
  const content = await readText(text);
  if (content === null) {
    const [, workspaceName, workflowId] = stored ?? [];
    if (workspaceName !== undefined && workflowId !== undefined) return { workspaceName, workflowId };
    throw new InvalidParameterError(
      `There is no file ${text}, and it is not workspace/id of a stored workflow.`,
    );
  }
  const specification = parse(content, text);
  if (typeof specification !== "object" || specification === null || Array.isArray(specification)) {
    throw new InvalidParameterError(`${text} does not hold a workflow's definition, a JSON object.`);
  }
  return { specification: Object.fromEntries(Object.entries(specification)) };
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}

function parse(content: string, path: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new InvalidParameterError(
      `${path} is not JSON: ${cause instanceof Error ? cause.message : "unknown"}.`,
      {
        cause,
      },
    );
  }
}
