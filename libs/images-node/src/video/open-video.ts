import { type OpenVideo, type OpenVideoOptions, throwIfAborted, type VideoFrame } from "@inference-ts/images";
import type { Frame } from "node-av/lib";
import { loadNodeAv } from "./load-node-av.ts";
import { LookAhead } from "./look-ahead.ts";
import { choosePictures, type PictureChoice } from "./picture-choice.ts";
import { PictureClock } from "./picture-clock.ts";
import { RgbConverter } from "./rgb-converter.ts";
import { rotateRgb } from "./rotation.ts";
import { type VideoAddress, videoAddress } from "./video-address.ts";
import { VideoInput } from "./video-input.ts";

/**
 * Pictures of a file that are made ready while the caller works on one. Those of a stream or camera are taken when they are asked for, so
 * that they are new.
 */
const LOOK_AHEAD = 2;

const DECODING = "Decoding of the video";

/**
 * The pictures of a video file, a stream, or a camera, upright, as RGB, in order. Needs the optional package node-av.
 *
 * Only pictures that are given out are turned into pixels, those of a file two ahead of the asking; damaged ones are left out without
 * being counted. The iterator can be used once; a second one of the same call opens the video again.
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
  throwIfAborted(signal, DECODING);
  const av = await loadNodeAv("decoding videos");
  throwIfAborted(signal, DECODING);
  const input = new VideoInput(av, address);
  const converter = new RgbConverter(av);
  const depth = address.kind === "file" ? LOOK_AHEAD : 0;
  const slots = Array.from({ length: depth + 1 }, () => new av.lib.Frame());
  const interrupt = (): void => input.interrupt();
  signal.addEventListener("abort", interrupt, { once: true });
  let ahead: LookAhead<DecodedPicture, VideoFrame> | undefined;
  try {
    for (const slot of slots) slot.alloc();
    const { turns, ...ticks } = await input.open();
    const clock = new PictureClock(ticks, av.constants.AV_NOPTS_VALUE);
    const nextChosen = chosenPictures(input, slots, { clock, isChosen, signal });
    ahead = new LookAhead(
      nextChosen,
      async ({ frame, ...place }) => {
        const image = rotateRgb(await converter.convert(frame), turns);
        // The decoder's memory goes back before the wait for the next asking.
        frame.unref();
        return { image, ...place };
      },
      depth,
    );
    while (true) {
      const picture = await ahead.next();
      throwIfAborted(signal, DECODING);
      if (picture === null) return undefined;
      yield picture;
      throwIfAborted(signal, DECODING);
    }
  } catch (error) {
    // An interrupted read fails like one whose peer has gone.
    throwIfAborted(signal, DECODING);
    throw error;
  } finally {
    signal.removeEventListener("abort", interrupt);
    await ahead?.settled();
    for (const slot of slots) slot.free();
    converter.close();
    await input.close();
  }
}

/** A decoded picture that is not yet in RGB, and its place in the video. */
interface DecodedPicture extends Omit<VideoFrame, "image"> {
  readonly frame: Frame;
}

/** Reads on to the next picture that is given out; `null` after the last. The slots are filled in turn. */
function chosenPictures(
  input: VideoInput,
  slots: readonly Frame[],
  { clock, isChosen, signal }: { clock: PictureClock; isChosen: PictureChoice; signal: AbortSignal },
): () => Promise<DecodedPicture | null> {
  let pictures = 0;
  let given = 0;
  return async () => {
    const frame = slots[given % slots.length];
    while (frame !== undefined && (await input.read(frame, signal))) {
      const index = pictures;
      pictures += 1;
      const timestampMs = clock.at(frame.bestEffortTimestamp);
      if (isChosen(index, timestampMs)) {
        given += 1;
        return { frame, index, timestampMs };
      }
      frame.unref();
    }
    return null;
  };
}
