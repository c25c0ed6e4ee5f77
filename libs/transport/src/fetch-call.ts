import { isInferenceError } from "@inference-ts/errors";
import { connectionFailure } from "./connection-failure.ts";
import type { RunningCalls } from "./running-calls.ts";
import type { Upload } from "./upload.ts";

/** One request from `send` until its body is read or dropped. */
export interface FetchCall {
  readonly signal: AbortSignal;
  /** Set where the body is a stream. */
  upload: Upload | null;
  abort(reason: unknown): void;
  /** Forgets the call and returns what to throw for `error`. */
  fail(error: unknown): unknown;
  end(): void;
}

/** Begins a call that `signal` aborts; until it ends, it is one of `calls`. */
export function openCall(calls: RunningCalls<FetchCall>, signal: AbortSignal): FetchCall {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const call: FetchCall = {
    signal: controller.signal,
    upload: null,
    abort: (reason) => controller.abort(reason),
    fail: (error) => {
      call.end();
      if (controller.signal.aborted) return controller.signal.reason;
      return call.upload?.failure() ?? (isInferenceError(error) ? error : connectionFailure(error));
    },
    end: () => {
      signal.removeEventListener("abort", onAbort);
      leave();
    },
  };
  const leave = calls.enter(call);
  return call;
}
