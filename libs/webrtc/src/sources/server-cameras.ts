import { checkSource, type SourcePlan } from "../config/video-source.ts";
import type { LiveSource } from "../peer/live-source.ts";

/**
 * A camera that the server reads over RTSP; this machine never connects to it.
 *
 * @param url - `rtsp://` or `rtsps://`, user name and password included if the camera wants them. Sent to the server as it is.
 * @throws InvalidParameterError for another scheme; the message never repeats the address.
 * @example
 * ```ts
 * import { rtspCamera } from "@inference-ts/sdk/webrtc";
 * console.log(rtspCamera("rtsp://camera.example/stream").plan.kind); // rtsp
 * ```
 */
export function rtspCamera(url: string): LiveSource {
  return serverCamera({ kind: "rtsp", url });
}

/**
 * A camera that the server reads as motion JPEG over HTTP; this machine never connects to it.
 *
 * @param url - `http://` or `https://`. Servers since 1.6 read public addresses only unless told otherwise.
 * @throws InvalidParameterError for another scheme; the message never repeats the address.
 * @example
 * ```ts
 * import { mjpegCamera } from "@inference-ts/sdk/webrtc";
 * console.log(mjpegCamera("https://camera.example/mjpeg").plan.kind); // mjpeg
 * ```
 */
export function mjpegCamera(url: string): LiveSource {
  return serverCamera({ kind: "mjpeg", url });
}

function serverCamera(plan: SourcePlan): LiveSource {
  checkSource(plan);
  return { plan, close: () => Promise.resolve() };
}
