import type { InferenceHTTPClient } from "@inference-ts/sdk/node";
import type { Recording } from "./recording.ts";

/** How an answer is fed through the public client. */
export interface Route {
  readonly call: (client: InferenceHTTPClient, recording: Recording) => Promise<unknown>;
  /** Its results carry `task`, which no wire has. */
  readonly addsTask?: boolean;
  /** Undoes what the client decodes, so that the rest is compared with what was sent. */
  readonly toWire?: (data: unknown) => unknown;
  readonly apiMode?: "v0" | "v1";
  /** Task of the model that the call asks the registry about. */
  readonly task?: string;
  /** The answer is of no operation: it must not become a result. */
  readonly isForeign?: boolean;
}
