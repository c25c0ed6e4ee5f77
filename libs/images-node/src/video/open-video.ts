import { AbortedError, isInferenceError } from "@inference-ts/errors";
import type { OpenVideo, OpenVideoOptions, VideoFrame } from "@inference-ts/images";
import { loadNodeAv } from "./load-node-av.ts";
import { choosePictures } from "./picture-choice.ts";
import { PictureClock } from "./picture-clock.ts";
import { RgbConverter } from "./rgb-converter.ts";
import { rotateRgb } from "./rotation.ts";
import { type VideoAddress, videoAddress } from "./video-address.ts";
import { VideoInput } from "./video-input.ts";

/**
 * The pictures of a video file, a stream, or a camera, upright, as RGB, in order. Needs the optional package node-av.
 *
 * Only pictures that are given out are turned into pixels; damaged ones are left out without being counted. The iterator can be used
 * once; a second one of the same call opens the video again.
 *
 * @param source - Path of a file, `file:` URL, address of a stream (http, https, rtsp, rtmp, srt, udp, tcp, rtp), number of a camera, or
 * `camera:<number or name>`.
 * @throws InvalidParameterError at once for a wrong source, stride, or rate. The iteration throws MissingPeerError without node-av,
 * InvalidInputFormatError (for a URL InvalidUrlInputError) for what is no video, AbortedError after an abort.
 * @example
 * ```ts no-run: there is no video beside the documents
 * import { openVideo } from "@inference-ts/sdk/node";
 * for await (const { image, index, timestampMs } of openVideo("street.mp4", { maxFps: 2 })) {
 *   console.log(index, timestampMs, image.width, image.height);
 * }
 * ```
 */
export const openVideo: OpenVideo = (source, options = {}) => {
  const address = videoAddress(source);
  choosePictures(options);
  return { [Symbol.asyncIterator]: () => new VideoIterator(address, options) };
};

/** Iterator whose `return` ends also a read that waits for the network, which a generator's own would wait for. */
class VideoIterator implements AsyncIterableIterator<VideoFrame> {
  readonly #stop = new AbortController();
  readonly #frames: AsyncGenerator<VideoFrame, undefined>;

  constructor(address: VideoAddress, options: OpenVideoOptions) {
    this.#frames = frames(address, options, this.#stop.signal);
  }

  next(): Promise<IteratorResult<VideoFrame, undefined>> {
    return this.#frames.next();
  }

  return(): Promise<IteratorResult<VideoFrame, undefined>> {
    this.#stop.abort();
    return this.#frames.return(undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

async function* frames(
  address: VideoAddress,
  options: OpenVideoOptions,
  stop: AbortSignal,
): AsyncGenerator<VideoFrame, undefined> {
  const signal = options.signal === undefined ? stop : AbortSignal.any([stop, options.signal]);
  const isChosen = choosePictures(options);
  throwIfAborted(signal);
  const av = await loadNodeAv();
  throwIfAborted(signal);
  const input = new VideoInput(av, address);
  const converter = new RgbConverter(av);
  const frame = new av.lib.Frame();
  const interrupt = (): void => input.interrupt();
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    frame.alloc();
    const { turns, ...ticks } = await input.open();
    const clock = new PictureClock(ticks, av.constants.AV_NOPTS_VALUE);
    for (let index = 0; await input.read(frame, signal); index++) {
      const timestampMs = clock.at(frame.bestEffortTimestamp);
      if (isChosen(index, timestampMs)) {
        const image = rotateRgb(await converter.convert(frame), turns);
        throwIfAborted(signal);
        // The decoder's memory goes back before the wait for the next asking.
        frame.unref();
        yield { image, index, timestampMs };
        throwIfAborted(signal);
      } else {
        frame.unref();
      }
    }
    throwIfAborted(signal);
    return undefined;
  } catch (error) {
    // An interrupted read fails like one whose peer has gone.
    throwIfAborted(signal);
    throw error;
  } finally {
    signal.removeEventListener("abort", interrupt);
    frame.free();
    converter.close();
    await input.close();
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const cause: unknown = signal.reason;
  throw isInferenceError(cause) ? cause : new AbortedError("Decoding of the video was aborted.", { cause });
}
