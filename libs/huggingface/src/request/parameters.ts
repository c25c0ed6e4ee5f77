import type { TaskOptions } from "../client-options.ts";

/** Options that steer the call and are no parameters of the model. */
const OF_THE_CALL: ReadonlySet<string> = new Set(["model", "signal", "timeout", "headers", "parameters"]);

/**
 * Everything among the options that is meant for the model, with the names of the wire (`topK` is `top_k`). Nothing that is given
 * is dropped but `null` and `undefined`; the values of `parameters` go as they are and win.
 */
export function wireParameters(
  options: TaskOptions,
  except: readonly string[] = [],
): Record<string, unknown> {
  const wire: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (OF_THE_CALL.has(name) || except.includes(name) || value === null || value === undefined) continue;
    wire[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value;
  }
  return { ...wire, ...options.parameters };
}

/** `{ parameters }` when there are any, else nothing. */
export function parametersField(parameters: Record<string, unknown>): {
  parameters?: Record<string, unknown>;
} {
  return Object.keys(parameters).length === 0 ? {} : { parameters };
}
