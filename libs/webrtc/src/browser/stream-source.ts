import { InvalidParameterError, WebRTCSessionError } from "@inference-ts/errors";
import type { LiveSource } from "../peer/live-source.ts";
import { browserSource } from "./browser-source.ts";
import { captureElement } from "./capture-element.ts";
import { isVideoTrack } from "./video-track.ts";

/** A `MediaStream`. */
export interface MediaStreamLike {
  getVideoTracks(): readonly unknown[];
}

/** A `<video>` element. */
export interface VideoElementLike {
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly readyState: number;
}

/**
 * The first video track of a stream that the page has already, for example of a canvas (`canvas.captureStream()`). The session does not
 * stop it. When the track ends by itself, the session ends as after the last frame.
 *
 * @throws InvalidParameterError when the stream has no video track. One that has ended fails the session: WebRTCSessionError (`source-failed`).
 *
 * @example
 * ```ts no-run: needs a browser
 * const stream = document.createElement("canvas").captureStream(15);
 * const session = await client.webrtc.stream(mediaStream(stream), { modelId: "colours/1" });
 * ```
 */
export function mediaStream(stream: MediaStreamLike): LiveSource {
  const [track] = typeof stream?.getVideoTracks === "function" ? stream.getVideoTracks() : [];
  if (!isVideoTrack(track)) {
    throw new InvalidParameterError("mediaStream needs a MediaStream with a video track.");
  }
  return browserSource({
    kind: "manual",
    open: async () => {
      if (track.readyState === "ended") {
        throw new WebRTCSessionError("The video track of the stream has ended before the session began.", {
          reason: "source-failed",
        });
      }
      return { track, release: () => undefined };
    },
  });
}

/**
 * What a `<video>` element of the page shows, as it plays. The element is neither started nor stopped; when its video ends, the
 * session ends as after the last frame.
 *
 * @throws InvalidParameterError when it is no `<video>` element. The session fails with WebRTCSessionError (`source-failed`) when the element's
 *   video cannot be loaded, or comes from another origin without CORS.
 *
 * @example
 * ```ts no-run: needs a browser
 * const element = document.querySelector("video");
 * if (element !== null) {
 *   const session = await client.webrtc.stream(videoElementStream(element), { modelId: "colours/1" });
 *   await Promise.all([element.play(), session.run()]);
 * }
 * ```
 */
export function videoElementStream(element: VideoElementLike): LiveSource {
  if (!("HTMLVideoElement" in globalThis) || !(element instanceof HTMLVideoElement)) {
    throw new InvalidParameterError("videoElementStream needs a <video> element of a page.");
  }
  return browserSource({ kind: "manual", open: (signal) => captureElement(element, signal) });
}
