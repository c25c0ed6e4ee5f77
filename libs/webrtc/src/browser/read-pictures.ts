import type { FrameImage, IncomingPicture } from "../peer/live-peer.ts";
import { RtpClock } from "./rtp-clock.ts";

/** What the reader of a video track tells. */
export interface PictureEvents {
  picture(picture: IncomingPicture): void;
  ended(): void;
}

/** Chromium's `MediaStreamTrackProcessor`: every decoded frame, without a `<video>` and also while the page is hidden. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}

type TrackProcessorConstructor = new (init: {
  readonly track: MediaStreamTrack;
  readonly maxBufferSize: number;
}) => TrackProcessor;

/** Pictures that wait while the page is busy, a second of them; by default a processor on a busy machine leaves some out. */
const MAX_WAITING = 30;

const isConstructor = (value: unknown): value is TrackProcessorConstructor => typeof value === "function";

/**
 * Reads the pictures of a video track. With `MediaStreamTrackProcessor` where the browser has it and tells the RTP time of a
 * frame; else with a `<video>` that is not in the page, which shows what a screen would: pictures can be left out.
 *
 * @returns Stops reading. Idempotent.
 */
export function readPictures(track: MediaStreamTrack, events: PictureEvents): () => void {
  const clock = new RtpClock();
  let stop = (): void => undefined;
  let isStopped = false;
  const Processor: unknown = Reflect.get(globalThis, "MediaStreamTrackProcessor");
  const showInElement = (): void => {
    if (!isStopped) stop = readByElement(track, clock, events);
  };
  if (isConstructor(Processor)) {
    stop = readByProcessor(
      new Processor({ track, maxBufferSize: MAX_WAITING }),
      clock,
      events,
      showInElement,
    );
  } else {
    showInElement();
  }
  return () => {
    isStopped = true;
    stop();
  };
}

function readByProcessor(
  processor: TrackProcessor,
  clock: RtpClock,
  events: PictureEvents,
  withoutTimes: () => void,
): () => void {
  const reader = processor.readable.getReader();
  const read = async (): Promise<void> => {
    for (let isFirst = true; ; isFirst = false) {
      const { done, value: frame } = await reader.read();
      if (done) return events.ended();
      const time = rtpTimeOf(frame);
      if (isFirst && time === undefined && canReadByElement()) {
        frame.close();
        void reader.cancel();
        return withoutTimes();
      }
      events.picture(pictureOf(frame, time === undefined ? null : clock.ticksOf(time)));
    }
  };
  // Cancelling ends the reading orderly, so that only a track that broke comes here.
  read().catch(() => events.ended());
  return () => void reader.cancel().catch(() => undefined);
}

function rtpTimeOf(frame: VideoFrame): number | undefined {
  const metadata: unknown =
    "metadata" in frame && typeof frame.metadata === "function" ? frame.metadata() : undefined;
  if (typeof metadata !== "object" || metadata === null || !("rtpTimestamp" in metadata)) return undefined;
  return typeof metadata.rtpTimestamp === "number" ? metadata.rtpTimestamp : undefined;
}

const canReadByElement = (): boolean =>
  "HTMLVideoElement" in globalThis && "requestVideoFrameCallback" in HTMLVideoElement.prototype;

function readByElement(track: MediaStreamTrack, clock: RtpClock, events: PictureEvents): () => void {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  let request = 0;
  let isBeginningLost: boolean | undefined;
  const onFrame = (_now: number, { rtpTimestamp, presentedFrames }: VideoFrameCallbackMetadata): void => {
    request = video.requestVideoFrameCallback(onFrame);
    isBeginningLost ??= presentedFrames > 1;
    const ticks = rtpTimestamp === undefined ? null : clock.ticksOf(rtpTimestamp);
    const picture = pictureOfElement(video, ticks);
    if (picture !== undefined) events.picture(isBeginningLost ? { ...picture, isBeginningLost } : picture);
  };
  const onEnded = (): void => events.ended();
  track.addEventListener("ended", onEnded);
  request = video.requestVideoFrameCallback(onFrame);
  // A muted video may always play; it is refused only when its stream was taken away meanwhile.
  video.play().catch(() => undefined);
  return () => {
    track.removeEventListener("ended", onEnded);
    video.cancelVideoFrameCallback(request);
    video.srcObject = null;
  };
}

/** The element shows the next picture soon, so that this one is kept at once. Undefined when the element has let go of it. */
function pictureOfElement(video: HTMLVideoElement, ticks: number | null): IncomingPicture | undefined {
  if ("VideoFrame" in globalThis) {
    try {
      return pictureOf(new VideoFrame(video), ticks);
    } catch {
      return undefined;
    }
  }
  const bitmap = createImageBitmap(video);
  bitmap.catch(() => undefined);
  return {
    ticks,
    take: async () => nativeImage(await bitmap),
    drop: () => void bitmap.then((image) => image.close()).catch(() => undefined),
  };
}

function pictureOf(frame: VideoFrame, ticks: number | null): IncomingPicture {
  return {
    ticks,
    take: async () => ({
      kind: "native",
      image: frame,
      width: frame.displayWidth,
      height: frame.displayHeight,
    }),
    drop: () => frame.close(),
  };
}

function nativeImage(image: ImageBitmap): FrameImage {
  return { kind: "native", image, width: image.width, height: image.height };
}
