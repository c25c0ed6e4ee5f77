import type { InferenceError, InferenceResult } from "@inference-ts/sdk/node";
import { errorFields } from "../describe-error.ts";
import type { Input } from "../inputs/input.ts";

/** What became of one input. */
export type Entry =
  | { readonly input: Input; readonly ok: true; readonly result: InferenceResult }
  | { readonly input: Input; readonly ok: false; readonly error: InferenceError };

/** An entry as it stands in JSON: `{"input": ..., "result": ...}` or `{"input": ..., "error": ...}`. */
export function entryFields(entry: Entry): object {
  const input = entry.input.name;
  return entry.ok ? { input, result: entry.result } : { input, error: errorFields(entry.error) };
}
