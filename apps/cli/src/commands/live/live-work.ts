import { type InferenceHTTPClient, InvalidParameterError, type TaskType } from "@inference-ts/sdk/node";
import { readWorkflow } from "../pipelines/workflow-argument.ts";
import { LIVE_TASKS, type LiveOptions } from "./live-options.ts";

/** What the worker runs, and the task of its results where it is one model. */
export interface LiveWork {
  readonly options:
    | { readonly modelId: string; readonly taskType: TaskType }
    | { readonly workflow: Readonly<Record<string, unknown>> }
    | { readonly workflow: string; readonly workspace: string };
  readonly task: TaskType | undefined;
}

/**
 * Settles what the worker runs.
 *
 * @throws InvalidParameterError for a workflow that cannot be read, or a model of a task that live video has not.
 */
export async function chooseWork(
  client: InferenceHTTPClient,
  { model, workflow, task: given }: LiveOptions & { readonly model?: string },
  signal: AbortSignal,
): Promise<LiveWork> {
  if (workflow !== undefined) {
    const work = await readWorkflow(workflow);
    const options =
      "specification" in work
        ? { workflow: work.specification }
        : { workflow: work.workflowId, workspace: work.workspaceName };
    return { options, task: undefined };
  }
  if (model === undefined)
    throw new InvalidParameterError("Give either --model or --workflow with --webrtc.");
  const task = given ?? (await askForTask(client, model, signal));
  return { options: { modelId: model, taskType: task }, task };
}

/** The server itself knows the task of a model; a hosted one, whose routes are others, is asked for a description too. */
async function askForTask(
  client: InferenceHTTPClient,
  model: string,
  signal: AbortSignal,
): Promise<TaskType> {
  const described = await client.with({ apiMode: "v1" }).getModelDescription(model, { signal });
  const task = LIVE_TASKS.find((known) => known === described.task_type);
  if (task !== undefined) return task;
  throw new InvalidParameterError(
    `Live video runs models of ${LIVE_TASKS.join(", ")}; ${model} is one of ${described.task_type}. Give a workflow instead.`,
  );
}
