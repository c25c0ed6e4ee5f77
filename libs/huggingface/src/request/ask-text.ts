import type { CallScope } from "../call/call-scope.ts";
import type { TaskOptions } from "../client-options.ts";
import { checkText } from "./check-arguments.ts";
import { askJson } from "./run-task.ts";

/** The JSON that a task answers to a text or some texts, which are checked. */
export async function askText(
  scope: CallScope,
  task: string,
  text: string | readonly string[],
  options: TaskOptions,
): Promise<unknown> {
  checkText("text", text);
  return askJson(scope, task, { inputs: text }, options);
}
