import { InvalidParameterError } from "@inference-ts/errors";
import type { LiveChannel, LiveChannelEvents } from "../peer/live-peer.ts";

/** A data channel of the browser as the session sees it. After the peer was closed its events say nothing more. */
export function openBrowserChannel(
  channel: RTCDataChannel,
  events: LiveChannelEvents,
  isListening: () => boolean,
): LiveChannel {
  channel.binaryType = "arraybuffer";
  channel.addEventListener("open", () => {
    if (isListening()) events.opened();
  });
  channel.addEventListener("close", () => {
    if (isListening()) events.closed();
  });
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (!isListening()) return;
    if (typeof data === "string") events.message(data);
    else if (data instanceof ArrayBuffer) events.message(new Uint8Array(data));
  });
  return {
    get isOpen() {
      return channel.readyState === "open";
    },
    get bufferedBytes() {
      return channel.bufferedAmount;
    },
    send(message) {
      if (message.length === 0)
        throw new InvalidParameterError("An empty message cannot be sent over a data channel.");
      if (typeof message === "string") channel.send(message);
      else channel.send(inOwnMemory(message));
    },
  };
}

/** Browsers send no view of shared memory. */
function inOwnMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(bytes);
}
