import { WebRTCSessionError } from "@inference-ts/errors";
import type { LiveSource } from "../peer/live-source.ts";
import { browserSource, type OpenedTrack } from "./browser-source.ts";
import { mediaFailure } from "./media-failure.ts";

/** How {@link cameraStream} chooses a camera. */
export interface CameraStreamOptions {
  /**
   * `MediaTrackConstraints` of the video, such as `{ facingMode: "environment", width: 1280, frameRate: 30 }`.
   * Default: whatever the browser gives.
   */
  readonly constraints?: object;
}

/** How {@link screenStream} captures. */
export interface ScreenStreamOptions {
  /** `MediaTrackConstraints` of the video, such as `{ frameRate: 5 }`. Default: whatever the browser gives. */
  readonly constraints?: object;
}

/**
 * The camera of the person in front of the page. Asked for when the session starts, stopped when it ends. The page must come
 * over https or from localhost.
 *
 * The session fails with InvalidParameterError when no camera meets the constraints, and with WebRTCSessionError (`source-failed`)
 * when it is refused, absent or in use.
 *
 * @example
 * ```ts no-run: needs a browser and a camera
 * const source = cameraStream({ constraints: { facingMode: "environment" } });
 * await using session = await client.webrtc.stream(source, { modelId: "colours/1" });
 * session.onData("predictions", (predictions) => console.log(predictions));
 * await session.run();
 * ```
 */
export function cameraStream({ constraints }: CameraStreamOptions = {}): LiveSource {
  return browserSource({
    kind: "webcam",
    open: () => openDevice("The camera", (devices) => devices.getUserMedia({ video: constraints ?? true })),
  });
}

/**
 * A screen, window or tab that the user chooses. Asked for when the session starts, which must be in the handler of a click;
 * stopped when the session ends. When the user stops sharing, the session ends as after the last frame.
 *
 * Fails as {@link cameraStream} does.
 *
 * @example
 * ```ts no-run: needs a browser and somebody who chooses a window
 * document.querySelector("button")?.addEventListener("click", async () => {
 *   await using session = await client.webrtc.stream(screenStream(), { modelId: "colours/1" });
 *   await session.run();
 * });
 * ```
 */
export function screenStream({ constraints }: ScreenStreamOptions = {}): LiveSource {
  return browserSource({
    kind: "manual",
    open: () =>
      openDevice("The screen", (devices) => devices.getDisplayMedia({ video: constraints ?? true })),
  });
}

async function openDevice(
  what: string,
  ask: (devices: MediaDevices) => Promise<MediaStream>,
): Promise<OpenedTrack> {
  const devices = "navigator" in globalThis ? navigator.mediaDevices : undefined;
  if (devices === undefined) {
    throw new WebRTCSessionError(`${what} cannot be asked for: this runtime has no navigator.mediaDevices.`, {
      reason: "source-failed",
      hint: "Browsers have it in pages that come over https or from localhost.",
    });
  }
  const stream = await ask(devices).catch((cause: unknown) => {
    throw mediaFailure(what, cause);
  });
  const release = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  const [track] = stream.getVideoTracks();
  if (track !== undefined) return { track, release };
  release();
  throw new WebRTCSessionError(`${what} gave no video.`, { reason: "source-failed" });
}
