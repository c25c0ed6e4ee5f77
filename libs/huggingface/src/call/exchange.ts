import type { WireRequest, WireResponse } from "@inference-ts/transport";

/** A request before the client's headers are put on it. */
export interface OutgoingRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: Uint8Array | null;
  /** `content-type` and `accept` of the task; headers of the client and of the call win. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For hints; `null` when no task is named. */
  readonly task?: string | null;
  /** Whether an answer 503 means that the model is loading. Default true. */
  readonly waits?: boolean;
  /** Whether redirects are followed. Default true; browsers hide where they lead. */
  readonly redirects?: boolean;
  /** Give answers with an error status too. Default false. */
  readonly anyStatus?: boolean;
  /** Whether the client's token goes with it. Default true. */
  readonly withToken?: boolean;
}

/** The whole answer to it. */
export interface Answer extends Pick<WireResponse, "status" | "header"> {
  readonly body: Uint8Array;
  /** How many attempts were made, 1 or more. */
  readonly attempts: number;
  /** Values that must not be in an error about this answer. */
  readonly secrets: readonly string[];
  /** Headers of the request, which may be secrets too. */
  readonly sent?: WireRequest["headers"];
}
