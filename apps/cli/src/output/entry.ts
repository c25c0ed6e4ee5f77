import type { InferenceError, InferenceResult } from "@inference-ts/sdk/node";
import { errorFields } from "../describe-error.ts";
import type { Input } from "../inputs/input.ts";

/** What became of one input. */
export type Entry = EntryOf<Input, InferenceResult>;

/** What became of anything that has a name. */
export type EntryOf<Named extends { readonly name: string }, Result extends object> =
  | { readonly input: Named; readonly ok: true; readonly result: Result }
  | { readonly input: Named; readonly ok: false; readonly error: InferenceError };

/** An entry of any kind. */
export type AnyEntry = EntryOf<{ readonly name: string }, object>;

/** An entry as it stands in JSON: `{"input": ..., "result": ...}` or `{"input": ..., "error": ...}`. */
export function entryFields(entry: AnyEntry): object {
  const input = entry.input.name;
  return entry.ok ? { input, result: entry.result } : { input, error: errorFields(entry.error) };
}
