import { explainFailure } from "../capabilities/explain-failure.ts";
import { type CallScope, type CallStart, openCall } from "./call-scope.ts";

/** The items of one call, with the events and errors of a call. After `leaving` no error is told any more. */
export async function* iterateItems<T>(
  start: CallStart,
  leaving: AbortSignal,
  run: (scope: CallScope) => Promise<AsyncIterable<T>>,
): AsyncGenerator<T, void, undefined> {
  const { core, options } = start;
  const signal = AbortSignal.any([leaving, options.signal].filter((one) => one !== undefined));
  const scope = openCall({ ...start, options: { ...options, signal }, keepsRequests: false });
  try {
    yield* await run(scope);
  } catch (cause) {
    if (leaving.aborted) return;
    const error = await explainFailure(cause, core.address.baseUrl);
    scope.reportFailure(error);
    throw error;
  }
}
