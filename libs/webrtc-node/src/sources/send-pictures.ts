import { RgbConverter, type VideoInput } from "@inference-ts/images-node";
import type { FrameSender } from "@inference-ts/webrtc";
import type { Frame } from "node-av/lib";
import type { NodeAv } from "../codec/load-node-av.ts";

/**
 * Sends the pictures of a camera until it ends: always the newest one, since reading goes on while one is sent and a camera that is
 * read too slowly would show the past.
 */
export async function sendPictures(
  av: NodeAv,
  video: VideoInput,
  sender: FrameSender,
  signal: AbortSignal,
): Promise<void> {
  const newest = new Newest();
  const converter = new RgbConverter(av, "bilinear");
  const reading = readAll(av, video, newest, signal);
  // Its failure is told below, once what was read is sent.
  reading.catch(() => undefined);
  try {
    for (let frame = await newest.take(); frame !== undefined; frame = await newest.take()) {
      try {
        if (!signal.aborted) await sender.send(await converter.convert(frame));
      } finally {
        frame.free();
      }
    }
  } finally {
    newest.end();
    if (!signal.aborted) video.interrupt();
    await reading.catch(() => undefined);
    newest.drop();
    converter.close();
  }
  await reading;
}

async function readAll(av: NodeAv, video: VideoInput, newest: Newest, signal: AbortSignal): Promise<void> {
  const frame = new av.lib.Frame();
  frame.alloc();
  try {
    while (!newest.isOver && (await video.read(frame, signal))) {
      const picture = frame.clone();
      frame.unref();
      if (picture !== null) newest.put(picture);
    }
  } finally {
    frame.free();
    newest.end();
  }
}

/** A place for one picture: a newer one replaces it. */
class Newest {
  isOver = false;
  #frame: Frame | undefined;
  #changed = Promise.withResolvers<void>();

  put(frame: Frame): void {
    this.drop();
    this.#frame = frame;
    this.#changed.resolve();
  }

  end(): void {
    this.isOver = true;
    this.#changed.resolve();
  }

  /** The newest picture, once there is one; undefined at the end. */
  async take(): Promise<Frame | undefined> {
    while (this.#frame === undefined && !this.isOver) {
      await this.#changed.promise;
      this.#changed = Promise.withResolvers();
    }
    const frame = this.#frame;
    this.#frame = undefined;
    return frame;
  }

  drop(): void {
    this.#frame?.free();
    this.#frame = undefined;
  }
}
