import { EncodingError } from "@inference-ts/errors";
import type { FramePixels } from "../peer/live-peer.ts";

/** Turns pixels into frames of a `MediaStreamTrack`. */
export interface FrameSurface {
  readonly track: MediaStreamTrack;
  show(frame: FramePixels, timestampMs: number): Promise<void>;
  close(): void;
}

/** Chromium's `MediaStreamTrackGenerator`: a track that frames are written to. */
interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}

type TrackGeneratorConstructor = new (init: { readonly kind: "video" }) => TrackGenerator;

const isConstructor = (value: unknown): value is TrackGeneratorConstructor => typeof value === "function";

/** The surface that this browser offers. */
export function openSurface(): FrameSurface {
  const Generator: unknown = Reflect.get(globalThis, "MediaStreamTrackGenerator");
  return isConstructor(Generator) && "VideoFrame" in globalThis
    ? new GeneratorSurface(new Generator({ kind: "video" }))
    : new CanvasSurface();
}

class GeneratorSurface implements FrameSurface {
  readonly track: TrackGenerator;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;

  constructor(track: TrackGenerator) {
    this.track = track;
    this.#writer = track.writable.getWriter();
  }

  async show(pixels: FramePixels, timestampMs: number): Promise<void> {
    const frame = new VideoFrame(toRgba(pixels), {
      format: "RGBX",
      codedWidth: pixels.width,
      codedHeight: pixels.height,
      timestamp: Math.round(timestampMs * 1000),
    });
    await this.#writer.write(frame);
  }

  close(): void {
    this.#writer.abort().catch(() => undefined);
    this.track.stop();
  }
}

class CanvasSurface implements FrameSurface {
  readonly track: CanvasCaptureMediaStreamTrack;
  readonly #canvas = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D;

  constructor() {
    // Captured only where there is a context.
    const context = this.#canvas.getContext("2d");
    if (context === null) throw new EncodingError("The browser gave no 2d canvas.");
    this.#context = context;
    const [track] = this.#canvas.captureStream(0).getVideoTracks();
    if (track === undefined || !isCanvasTrack(track))
      throw new EncodingError("The browser cannot capture a canvas.");
    this.track = track;
  }

  async show(pixels: FramePixels): Promise<void> {
    const { width, height } = pixels;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const data = new ImageData(width, height);
    data.data.set(toRgba(pixels));
    for (let at = 3; at < data.data.length; at += 4) data.data[at] = 255;
    this.#context.putImageData(data, 0, 0);
    this.track.requestFrame();
  }

  close(): void {
    this.track.stop();
  }
}

export const isCanvasTrack = (track: MediaStreamTrack): track is CanvasCaptureMediaStreamTrack =>
  "requestFrame" in track;

/** Four bytes a pixel. The fourth is not looked at. */
export function toRgba({ data, width, height, channels }: FramePixels): Uint8Array<ArrayBuffer> {
  const rgba = new Uint8Array(width * height * 4);
  if (channels === 4) {
    rgba.set(data);
    return rgba;
  }
  for (let pixel = 0, to = 0, from = 0; pixel < width * height; pixel += 1, to += 4, from += channels) {
    const red = data[from] ?? 0;
    rgba[to] = red;
    rgba[to + 1] = channels === 1 ? red : (data[from + 1] ?? 0);
    rgba[to + 2] = channels === 1 ? red : (data[from + 2] ?? 0);
    rgba[to + 3] = 255;
  }
  return rgba;
}
