import { ClosedError, InvalidParameterError } from "@inference-ts/errors";
import type { LiveChannel, LiveChannelEvents } from "@inference-ts/webrtc";
import type { RTCDataChannel } from "werift";

/** A data channel that the other side has opened. */
export interface OpenedChannel extends LiveChannel {
  readonly label: string;
}

/** A channel of werift behind the port. */
export class WeriftChannel implements OpenedChannel {
  readonly #channel: RTCDataChannel;
  readonly #events: LiveChannelEvents;
  #hasOpened = false;
  #hasClosed = false;

  constructor(channel: RTCDataChannel, events: LiveChannelEvents) {
    this.#channel = channel;
    this.#events = events;
    channel.onMessage.subscribe((data) => {
      if (!this.#hasClosed) events.message(data);
    });
    channel.stateChanged.subscribe((state) => {
      if (state === "open") this.opened();
      if (state === "closed") this.closed();
    });
  }

  get label(): string {
    return this.#channel.label;
  }

  get isOpen(): boolean {
    return !this.#hasClosed && this.#channel.readyState === "open";
  }

  get bufferedBytes(): number {
    return this.#channel.bufferedAmount;
  }

  send(message: string | Uint8Array): void {
    // werift counts an empty message and does not send it: the peer would wait for it for ever.
    if (message.length === 0) {
      throw new InvalidParameterError(`A message on channel "${this.label}" is empty; it would block it.`);
    }
    if (!this.isOpen) {
      throw new ClosedError(`Channel "${this.label}" is not open; nothing can be sent on it.`);
    }
    try {
      // A copy: werift keeps what it is given until the peer has confirmed it.
      this.#channel.send(typeof message === "string" ? message : Buffer.from(message));
    } catch (cause) {
      const bytes = typeof message === "string" ? Buffer.byteLength(message) : message.length;
      throw new InvalidParameterError(
        `A message of ${bytes} bytes on channel "${this.label}" is over what the other side takes.`,
        { cause },
      );
    }
  }

  /** Says once that the channel is open. */
  opened(): void {
    if (this.#hasOpened || this.#hasClosed) return;
    this.#hasOpened = true;
    this.#events.opened();
  }

  /** Says once that the channel is closed. */
  closed(): void {
    if (this.#hasClosed) return;
    this.#hasClosed = true;
    this.#events.closed();
  }
}
