import type { ErrorCode } from "@inference-ts/errors";
import type { ClientMode } from "../modes/client-mode.ts";

/** What happened at one of the eight stations of a call. No event holds a key, an image or a result. */
export type InferenceEvent =
  | {
      readonly station: "call";
      readonly callId: number;
      readonly method: string;
      readonly mode: ClientMode;
      /** Number of images, `undefined` for calls without or for open-ended lists. */
      readonly images: number | undefined;
    }
  | {
      readonly station: "plan";
      readonly callId: number;
      readonly modelId: string;
      /** The task where it is known before the answer (v1). */
      readonly task: string | undefined;
      readonly batchSize: number;
      readonly concurrency: number;
    }
  | {
      readonly station: "load";
      readonly callId: number;
      readonly index: number;
      /** The image's name: path, URL without query, or what it was given as. */
      readonly label: string;
      /** Encoded bytes to be sent; 0 for an image that the server fetches. */
      readonly byteLength: number;
      /** Sent size divided by original size. */
      readonly scale: number;
      readonly durationMs: number;
    }
  | { readonly station: "batch"; readonly callId: number; readonly indexes: readonly number[] }
  | { readonly station: "endpoint"; readonly callId: number; readonly operation: string }
  | {
      readonly station: "send";
      readonly callId: number;
      readonly attempt: number;
      /** `undefined` when no answer came. */
      readonly status: number | undefined;
      readonly durationMs: number;
      /** Set when another attempt follows, after this wait. */
      readonly retryInMs: number | undefined;
    }
  | {
      readonly station: "fail";
      readonly callId: number;
      readonly code: ErrorCode | "UNKNOWN";
      readonly message: string;
      /** The images concerned, when it is about images. */
      readonly indexes: readonly number[];
    }
  | {
      readonly station: "decode";
      readonly callId: number;
      readonly index: number;
      readonly task: string;
      readonly durationMs: number;
    };

/** Receives events. It must not throw; an error that it throws is dropped, so that logging never breaks a call. */
export type InferenceEventListener = (event: InferenceEvent) => void;

/** Passes events to whoever listens; costs nothing while nobody does. */
export class EventHub {
  readonly #listeners = new Set<InferenceEventListener>();
  #lastCallId = 0;

  /** Adds a listener; the returned function removes it. */
  add(listener: InferenceEventListener): () => void {
    // Wrapped, so that adding one function twice needs removing it twice.
    const entry: InferenceEventListener = (event) => listener(event);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  get active(): boolean {
    return this.#listeners.size > 0;
  }

  nextCallId(): number {
    this.#lastCallId += 1;
    return this.#lastCallId;
  }

  /** Builds the event only when somebody listens. */
  emit(build: () => InferenceEvent): void {
    if (this.#listeners.size === 0) return;
    const event = build();
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch {
        // See InferenceEventListener.
      }
    }
  }
}
