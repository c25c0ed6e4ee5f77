/** How far the worker may run ahead of the last ack (`WEBRTC_DATA_CHANNEL_ACK_WINDOW` of the real server). */
const WINDOW = 1;

/** Paces the worker by the caller's acks. Nothing is paced before the first ack above 0, or in a realtime session. */
export class AckWindow {
  readonly #isRealtime: boolean;
  #last = 0;
  #wake: () => void = () => {};

  constructor(isRealtime: boolean) {
    this.#isRealtime = isRealtime;
  }

  /** Everything up to this frame was handled by the caller. */
  record(ack: number): void {
    if (ack <= this.#last) return;
    this.#last = ack;
    this.#wake();
  }

  /** Resolves when the worker may work on a frame; resolves at once when the signal is aborted. */
  async until(frameId: number, signal: AbortSignal): Promise<void> {
    const wake = (): void => this.#wake();
    signal.addEventListener("abort", wake);
    try {
      while (!this.#allows(frameId) && !signal.aborted) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }

  #allows(frameId: number): boolean {
    return this.#isRealtime || this.#last === 0 || frameId <= this.#last + WINDOW;
  }
}
