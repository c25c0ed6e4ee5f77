import type { InferenceResult } from "@inference-ts/sdk/node";
import type { Task } from "./models.ts";

/** The result, if it is of this task; otherwise an error that says what came instead. */
export function resultOf<T extends Task>(
  result: InferenceResult,
  task: T,
): Extract<InferenceResult, { task: T }> {
  if (isOfTask(result, task)) return result;
  throw new Error(`Expected a result of task ${task}, got ${result.task}.`);
}

function isOfTask<T extends Task>(
  result: InferenceResult,
  task: T,
): result is Extract<InferenceResult, { task: T }> {
  return result.task === task;
}

/** The error that a call fails with. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("The call succeeded where it should have failed.");
}

/** All items of an async iterable. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
