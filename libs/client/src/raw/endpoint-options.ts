import type { CallOptions } from "../client-options.ts";

/** What every call of an operation takes beside its `params` and `body`. */
export interface EndpointOptions extends CallOptions {
  /**
   * Whether a request that may have reached the server is sent again after a failure. Default: true for GET and HEAD, false for
   * the others, which may change something.
   */
  readonly repeatable?: boolean | undefined;
}

/** The untyped form of a call's input. */
export interface RawEndpointInput extends EndpointOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
  };
  readonly body?: unknown;
}
