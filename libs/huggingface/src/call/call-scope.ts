import type { ErrorAnswer, InferenceError } from "@inference-ts/errors";
import type { Deadline } from "@inference-ts/transport";
import type { CallOptions } from "../client-options.ts";
import type { ClientCore } from "./client-core.ts";

/** One call of a method. */
export interface CallScope {
  readonly core: ClientCore;
  /** Name of the method, for messages. */
  readonly operation: string;
  readonly options: CallOptions;
  /** Id or address that was given with the call, `null` for none. */
  readonly model: string | null;
  /** Milliseconds, `null` for no limit. */
  readonly timeoutMs: number | null;
  /** Ends with the caller's signal, the time limit and the client's end. */
  readonly deadline: Deadline;
  /** On the system's clock. */
  readonly startedAt: number;
  /** What is told about the call when its time is up. */
  readonly record: CallRecord;
}

/** What happened in a call so far. */
export interface CallRecord {
  /** Requests made. */
  requests: number;
  /** Status of the last answer with an error status. */
  status: number | undefined;
  estimatedTimeMs: number | undefined;
  /** The last answer with an error status. */
  answer: ErrorAnswer | undefined;
  /** How the last request failed, when it did. */
  failure: InferenceError | undefined;
  /** The call gave a stream, which now ends the deadline. */
  isStreaming: boolean;
}
