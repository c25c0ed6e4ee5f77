import type { IncomingPicture } from "@inference-ts/webrtc";
import type { RgbPixels } from "../shapes/colours.ts";
import type { FrameSource, SourceFrame } from "./frame-source.ts";

/** Ticks of a video track in one second. */
const TICKS_PER_SECOND = 90_000;

/**
 * The frames of the caller's track. In a realtime session a frame that comes while nobody asks for one is left out, but for the first of
 * all; otherwise frames wait, as many as come.
 */
export class TrackFrames implements FrameSource {
  readonly #isRealtime: boolean;
  readonly #waiting: IncomingPicture[] = [];
  #asked: ((picture: IncomingPicture | null) => void) | undefined;
  #hasEnded = false;
  #hasBegun = false;

  constructor(isRealtime: boolean) {
    this.#isRealtime = isRealtime;
  }

  /** The next picture of the track. */
  push(picture: IncomingPicture): void {
    if (this.#hasEnded) picture.drop();
    else if (this.#asked !== undefined) this.#answer(picture);
    else if (this.#isRealtime && (this.#hasBegun || this.#waiting.length > 0)) picture.drop();
    else this.#waiting.push(picture);
  }

  /** The track gives no more pictures. */
  end(): void {
    this.#hasEnded = true;
    this.#answer(null);
  }

  async next(): Promise<SourceFrame | null> {
    this.#hasBegun = true;
    const picture = this.#waiting.shift() ?? (await this.#nextPicture());
    if (picture === null) return null;
    const { ticks } = picture;
    const image = await picture.take();
    if (image.kind !== "pixels") throw new Error(`A frame came as ${image.kind} instead of pixels.`);
    return { pixels: rgbOf(image), pts: ticks, timeBase: 1 / TICKS_PER_SECOND };
  }

  async close(): Promise<void> {
    for (const picture of this.#waiting.splice(0)) picture.drop();
    this.end();
  }

  #nextPicture(): Promise<IncomingPicture | null> {
    if (this.#hasEnded) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#asked = resolve;
    });
  }

  #answer(picture: IncomingPicture | null): void {
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.(picture);
  }
}

function rgbOf(image: { width: number; height: number; channels: number; data: Uint8Array }): RgbPixels {
  const { width, height, channels, data } = image;
  if (channels === 3) return { width, height, data };
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = data[pixel * channels + (channels > 3 ? channel : 0)] ?? 0;
    }
  }
  return { width, height, data: rgb };
}
