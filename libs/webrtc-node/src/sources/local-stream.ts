import { InvalidParameterError } from "@inference-ts/errors";
import { checkSource, type LiveSource } from "@inference-ts/webrtc";
import { streamAddress } from "./capture-address.ts";
import { LiveCapture } from "./live-capture.ts";

/** The Python client's time limit of a stream that says nothing. */
const DEFAULT_SILENCE_MS = 5000;

/** How a stream is read. */
export interface LocalStreamOptions {
  /** How long the other side may say nothing, in ms. Default 5000. */
  readonly silenceMs?: number | undefined;
}

/**
 * A stream (`rtsp://`, `rtsps://`, `rtmp://`, `rtmps://`) that this machine reads and sends on to the server, for cameras that the
 * server cannot reach. At most 30 frames a second are sent, always the newest. Needs the package node-av.
 *
 * @throws InvalidParameterError for another address. A stream that cannot be opened is an InvalidUrlInputError of the
 *   session's start.
 * @example
 * ```ts no-run: needs a camera
 * import { localStream } from "@inference-ts/sdk/webrtc/node";
 * const source = localStream("rtsp://camera.local/live");
 * console.log(source.plan.kind); // local-stream
 * ```
 */
export function localStream(
  url: string,
  { silenceMs = DEFAULT_SILENCE_MS }: LocalStreamOptions = {},
): LiveSource {
  checkSource({ kind: "local-stream", url });
  if (!(silenceMs > 0 && Number.isFinite(silenceMs))) {
    throw new InvalidParameterError(`silenceMs is ${silenceMs}; give milliseconds above 0.`);
  }
  return new LiveCapture({ kind: "local-stream", url }, streamAddress(url, silenceMs));
}
