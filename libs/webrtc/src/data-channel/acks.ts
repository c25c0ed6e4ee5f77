import type { WorkerMessage } from "./worker-message.ts";

/**
 * When to acknowledge frames on channel `inference`.
 *
 * Acks pace a session that is not realtime: from the first ack on, the worker stays one frame ahead of the last one,
 * and waits for ever when they stop. So they begin with the first frame or are never sent. An ack is cumulative.
 * Source: measured on server 1.8.3.
 */
export class AckRule {
  #mode: "undecided" | "always" | "never";
  #last = 0;

  constructor({ realtime }: { readonly realtime: boolean }) {
    this.#mode = realtime ? "never" : "undecided";
  }

  /**
   * The text to send once the caller has got the message, also when a handler threw; undefined when there is none to send.
   * Call it for every message, in the order of arrival.
   */
  afterDelivery(message: WorkerMessage): string | undefined {
    if (this.#mode === "undecided" && !message.processingComplete) {
      this.#mode = message.metadata === null ? "never" : "always";
    }
    if (this.#mode !== "always" || message.processingComplete) return undefined;
    // The header's id is the same number; it stands in when the metadata of one frame are broken.
    const frame = message.metadata?.frameId ?? message.frameId;
    return frame === undefined ? undefined : this.#upTo(frame);
  }

  #upTo(frame: number): string | undefined {
    if (!Number.isSafeInteger(frame) || frame <= this.#last) return undefined;
    this.#last = frame;
    return JSON.stringify({ ack: frame });
  }
}
