import { EncodingError, type InferenceError, WebRTCSessionError } from "@inference-ts/errors";
import type { OpenedTrack } from "./browser-source.ts";
import { isCanvasTrack } from "./frame-surface.ts";
import { mediaFailure } from "./media-failure.ts";

/** `HTMLMediaElement.HAVE_METADATA`: the size is known. */
const HAVE_METADATA = 1;
const WHAT = "The video element";

/** A track of what the element shows. Where elements cannot be captured (Safari), its frames are drawn on a canvas that can. */
export async function captureElement(element: HTMLVideoElement, signal: AbortSignal): Promise<OpenedTrack> {
  await untilLoaded(element, signal);
  try {
    const [track] = captureOf(element)?.getVideoTracks() ?? [];
    if (track === undefined) return captureByCanvas(element);
    // Chromium ends what the element shows together with the captured track; a clone may be stopped.
    const own = track.clone();
    return { track: own, release: () => own.stop() };
  } catch (cause) {
    throw isSecurityError(cause) ? otherOrigin(cause) : mediaFailure(WHAT, cause);
  }
}

const isSecurityError = (cause: unknown): boolean => cause instanceof Error && cause.name === "SecurityError";

function otherOrigin(cause: unknown): InferenceError {
  return new WebRTCSessionError(
    `${WHAT} shows a video of another origin, whose pixels the page may not read.`,
    {
      reason: "source-failed",
      hint: 'Its server must allow it (CORS), and the element needs crossorigin="anonymous".',
      cause,
    },
  );
}

function untilLoaded(element: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => (): void => {
      element.removeEventListener("loadedmetadata", onLoaded);
      element.removeEventListener("error", onError);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const onLoaded = settle(resolve);
    const onAbort = settle(() => reject(signal.reason));
    const onError = settle(() =>
      reject(
        new WebRTCSessionError(
          `${WHAT} cannot show its video: ${element.error?.message || "no reason given"}.`,
          {
            reason: "source-failed",
          },
        ),
      ),
    );
    element.addEventListener("loadedmetadata", onLoaded);
    element.addEventListener("error", onError);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    else if (element.error !== null) onError();
    else if (element.readyState >= HAVE_METADATA) onLoaded();
  });
}

/** The element's own capture, by its name in Chromium or in Firefox. */
function captureOf(element: HTMLVideoElement): MediaStream | undefined {
  for (const name of ["captureStream", "mozCaptureStream"]) {
    const capture: unknown = Reflect.get(element, name);
    if (typeof capture !== "function") continue;
    const stream: unknown = Reflect.apply(capture, element, []);
    if (stream instanceof MediaStream) return stream;
  }
  return undefined;
}

function captureByCanvas(element: HTMLVideoElement): OpenedTrack {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new EncodingError("The browser gave no 2d canvas.");
  const [track] = canvas.captureStream(0).getVideoTracks();
  if (track === undefined || !isCanvasTrack(track))
    throw new EncodingError("The browser cannot capture a canvas.");
  let request = 0;
  const onFrame = (): void => {
    request = element.requestVideoFrameCallback(onFrame);
    canvas.width = element.videoWidth;
    canvas.height = element.videoHeight;
    context.drawImage(element, 0, 0);
    track.requestFrame();
  };
  // A track that is stopped by the page does not say so.
  const onEnded = (): void => {
    track.stop();
    track.dispatchEvent(new Event("ended"));
  };
  element.addEventListener("ended", onEnded);
  request = element.requestVideoFrameCallback(onFrame);
  return {
    track,
    release: () => {
      element.removeEventListener("ended", onEnded);
      element.cancelVideoFrameCallback(request);
      track.stop();
    },
  };
}
