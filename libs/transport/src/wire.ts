/**
 * The one port between this package and the network. A transport sends one request once: deadlines, retries, limits and
 * error mapping are above it (`send.ts`), sockets below it.
 */

/** A body that is produced while it is sent, for uploads that must not be held in memory. */
export interface StreamBody {
  /**
   * Opens a fresh reader; called once per attempt. A piece may be overwritten as soon as the next is asked for, so that one buffer
   * serves a body of any length; transports ask when they are done with the one before.
   */
  open(): AsyncIterable<Uint8Array>;
  /** Total length in bytes when known, else `null` (sent chunked). */
  readonly byteLength: number | null;
}

/** One HTTP request, exactly as it goes on the wire. */
export interface WireRequest {
  readonly method: string;
  /** Absolute http(s) URL with its query already encoded. May hold a key: never log it, use `redactUrl`. */
  readonly url: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | StreamBody | null;
  /**
   * Must not go over a connection that was used before, and must not be sent a second time by the transport. A kept connection
   * may already be closed by the server, and whether the request arrived is then unknown. Transports that cannot choose
   * their connections (browsers) ignore it. Default false.
   */
  readonly freshConnection?: boolean;
}

/** One HTTP answer whose body is not read yet. Exactly one of `bytes`, `stream`, `discard` must be called. */
export interface WireResponse {
  readonly status: number;
  /** Value of a header (any case), several values joined by ", "; `null` when absent. */
  header(name: string): string | null;
  /** The whole body. Rejects with `InvalidResponseError` once more than `maxBytes` arrived. */
  bytes(maxBytes: number): Promise<Uint8Array>;
  /** The body in pieces as they arrive; leaving the loop releases the connection. */
  stream(): AsyncIterable<Uint8Array>;
  /** Drops the body and releases the connection. */
  discard(): void;
}

/**
 * Sends requests. `send` rejects with the signal's reason when the signal aborts (also while the body is being read) and
 * with `ServerConnectionError` when no complete answer arrives; it never rejects because of a status.
 */
export interface Transport {
  /** Short name for events and error messages, such as `fetch` or `node-http`. */
  readonly name: string;
  send(request: WireRequest, signal: AbortSignal): Promise<WireResponse>;
  /** Releases sockets. Later sends reject with `ClosedError`. */
  close(): Promise<void>;
}
