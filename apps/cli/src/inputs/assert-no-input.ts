import { resolve } from "node:path";
import { InvalidParameterError } from "@inference-ts/sdk/node";
import type { Input } from "./input.ts";

/**
 * Refuses to write over what is read: a file is emptied as soon as it is opened for writing.
 *
 * @param output the file that is written; nothing where there is none
 * @throws InvalidParameterError when it is one of the inputs.
 */
export function assertNoInput(
  output: string | undefined,
  inputs: Iterable<Pick<Input, "kind" | "source">>,
): void {
  if (output === undefined) return;
  const target = resolve(output);
  for (const { kind, source } of inputs) {
    if (kind !== "file" || resolve(source) !== target) continue;
    throw new InvalidParameterError(`${output} is an input, and would be written over. Name another file.`);
  }
}
