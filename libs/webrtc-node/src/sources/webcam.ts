import type { LiveSource } from "@inference-ts/webrtc";
import { webcamAddress } from "./capture-address.ts";
import { LiveCapture } from "./live-capture.ts";

/** Which camera of this machine, and how. */
export interface WebcamOptions {
  /** Number, or name or path as the system knows it. Default 0, the first one. */
  readonly device?: number | string | undefined;
  /** Width and height in pixels that the camera is asked for. Default: what it gives by itself. */
  readonly resolution?: readonly [width: number, height: number] | undefined;
  /** Frames a second that the camera is asked for. Default: what it gives by itself; at most 30 are sent. */
  readonly fps?: number | undefined;
}

/**
 * A camera of this machine, opened when the session starts. The server is told the frame rate that the camera really has.
 * Needs the package node-av.
 *
 * @throws InvalidParameterError for values that no camera has. A camera that cannot be opened is an InvalidInputFormatError of
 *   the session's start.
 * @example
 * ```ts no-run: needs a camera
 * import { webcam } from "@inference-ts/sdk/webrtc/node";
 * const source = webcam({ device: 0, resolution: [1280, 720] });
 * console.log(source.plan.kind); // webcam
 * ```
 */
export function webcam({ device = 0, resolution, fps }: WebcamOptions = {}): LiveSource {
  return new LiveCapture({ kind: "webcam" }, webcamAddress({ device, resolution, fps }));
}
