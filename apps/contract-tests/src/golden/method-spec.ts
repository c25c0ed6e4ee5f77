import type { CallOptions, InferenceHTTPClient } from "@inference-ts/sdk/node";

/** Arguments by Python name, pictures already made. */
export type Arguments = Readonly<Record<string, unknown>>;

/** One client method: the order of its Python parameters and how it is called. */
export interface MethodSpec {
  readonly parameters: readonly string[];
  /** @param context - Options that stand for Python's context variables. */
  readonly run: (client: InferenceHTTPClient, args: Arguments, context: CallOptions) => unknown;
}
