import { InvalidResponseError, ModelNotSelectedError } from "@inference-ts/errors";
import { readJson } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { isObject } from "../call/json-object.ts";
import { sendRequest } from "../call/send-request.ts";

/**
 * The first model that the hub's page of a task names. The list is asked for once per client, without a token: it is public.
 *
 * @throws ModelNotSelectedError when there is none, InvalidResponseError.
 */
export async function recommendedModel(scope: CallScope, task: string | null): Promise<string> {
  if (task === null) {
    throw new ModelNotSelectedError("Neither a model nor a task is named.", {
      hint: "Pass model (an id or an address) to the client or the call, or name the task.",
    });
  }
  const { core } = scope;
  core.recommended ??= fetchTasks(scope);
  const asked = core.recommended;
  const tasks = await asked.catch((error: unknown) => {
    // A failure is not remembered.
    if (core.recommended === asked) core.recommended = null;
    throw error;
  });
  const entry = isObject(tasks) && Object.hasOwn(tasks, task) ? tasks[task] : undefined;
  const models = isObject(entry) ? entry.widgetModels : [];
  if (!Array.isArray(models)) {
    throw new InvalidResponseError("The hub's list of tasks names no models.", {
      path: `${task}.widgetModels`,
    });
  }
  const first: unknown = models[0];
  if (typeof first === "string" && first !== "") return first;
  throw new ModelNotSelectedError(`The task ${task} has no recommended model.`, {
    hint: "Name a model; https://huggingface.co/tasks lists some for each task.",
  });
}

async function fetchTasks(scope: CallScope): Promise<unknown> {
  const url = `${scope.core.settings.endpoints.hub}/api/tasks`;
  const answer = await sendRequest(scope, { method: "GET", url, body: null, withToken: false, waits: false });
  return readJson(answer, "the list of tasks");
}
