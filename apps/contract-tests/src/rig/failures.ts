import { inspect } from "node:util";
import { type InferenceError, isInferenceError } from "@inference-ts/sdk";

/** The error that a call fails with; it must be one of the package's. */
export async function failureOf(call: PromiseLike<unknown> | (() => unknown)): Promise<InferenceError> {
  try {
    await (typeof call === "function" ? call() : call);
  } catch (error) {
    if (isInferenceError(error)) return error;
    throw new Error(`The failure is none of the package's errors: ${inspect(error)}`);
  }
  throw new Error("The call succeeded where it should have failed.");
}

/** All items of an async iterable. */
export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
