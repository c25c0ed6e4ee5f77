import { EncodingError, InvalidParameterError } from "@inference-ts/errors";
import type { FrameImage, FramePixels, IncomingPicture } from "@inference-ts/webrtc";
import { afterEach, describe, expect, test } from "vitest";
import { paintFrame, readFrame } from "../testing/painted-frame.ts";
import { MAX_KEY_FRAME_BYTES } from "./encoder-settings.ts";
import { FrameDecoder } from "./frame-decoder.ts";
import { type EncodedFrame, FrameEncoder } from "./frame-encoder.ts";
import { loadNodeAv } from "./load-node-av.ts";
import { VIDEO_CODECS } from "./video-codec.ts";

const av = await loadNodeAv();
const closers: (() => Promise<void>)[] = [];
const opened = <T extends { close(): Promise<void> }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function encode(
  encoder: FrameEncoder,
  number: number,
  forceKey = false,
  size = {},
): Promise<EncodedFrame> {
  const frame = await encoder.encode(paintFrame(number, size), number * 3000, forceKey);
  if (frame === undefined) throw new Error("the encoder is closed");
  return frame;
}

async function pixels(picture: IncomingPicture | undefined): Promise<FrameImage & { kind: "pixels" }> {
  const image = await picture?.take();
  if (image?.kind !== "pixels") throw new Error("no pixels");
  return image;
}

describe.each(VIDEO_CODECS)("%s", (codec) => {
  test("gives each picture back at once, with its number and its time", async () => {
    const encoder = opened(new FrameEncoder(av, codec));
    const decoder = opened(new FrameDecoder(av, codec));
    for (let number = 0; number < 40; number++) {
      const { data, isKey } = await encode(encoder, number);
      expect(isKey).toBe(number === 0);
      const pictures = await decoder.decode({ data, isKey, ticks: number * 3000 });
      expect(pictures.map(({ ticks }) => ticks)).toEqual([number * 3000]);
      const image = await pixels(pictures[0]);
      expect(image).toMatchObject({ width: 320, height: 240, channels: 3 });
      expect(readFrame(image)).toBe(number);
    }
  });

  test("makes a key frame exactly where one is asked for, and one in two seconds by itself", async () => {
    const encoder = opened(new FrameEncoder(av, codec));
    const keys: number[] = [];
    for (let number = 0; number < 100; number++) {
      const { isKey } = await encode(encoder, number, number === 7 || number === 20);
      if (isKey) keys.push(number);
    }
    expect(keys).toEqual([0, 7, 20, 80]);
  });

  test("a key frame is decoded without those before it, one that builds on lost or broken ones is nothing", async () => {
    const encoder = opened(new FrameEncoder(av, codec));
    const frames: EncodedFrame[] = [];
    for (let number = 0; number < 6; number++) frames.push(await encode(encoder, number, number === 4));
    const decoder = opened(new FrameDecoder(av, codec));
    const [, , lone, , key, next] = frames.map((frame, number) => ({ ...frame, ticks: number * 3000 }));
    if (lone === undefined || key === undefined || next === undefined) throw new Error("no frames");
    expect(await decoder.decode(lone)).toEqual([]);
    const [picture] = await decoder.decode(key);
    expect(readFrame(await pixels(picture))).toBe(4);
    await expect(decoder.decode({ ...key, data: Buffer.alloc(3, 255) })).rejects.toThrow(EncodingError);
    expect(await decoder.decode(next)).toEqual([]);
  });

  test.each([
    ["grey", { channels: 1 as const }],
    ["RGBA", { channels: 4 as const }],
    ["odd sides", { width: 181, height: 99 }],
    ["two pixels", { width: 2, height: 2 }],
  ])("takes %s", async (_, shape) => {
    const encoder = opened(new FrameEncoder(av, codec));
    const decoder = opened(new FrameDecoder(av, codec));
    const [picture] = await decoder.decode({ ...(await encode(encoder, 1365, false, shape)), ticks: 0 });
    const image = await pixels(picture);
    expect(image.data).toHaveLength(image.width * image.height * 3);
    if (image.width > 2) expect(readFrame(image)).toBe(1365);
  });

  test("follows a change of size with a key frame", async () => {
    const encoder = opened(new FrameEncoder(av, codec));
    const decoder = opened(new FrameDecoder(av, codec));
    const sizes = [320, 320, 160, 160, 320];
    for (const [number, width] of sizes.entries()) {
      const { data, isKey } = await encode(encoder, number, false, { width, height: width / 2 });
      expect(isKey).toBe(number === 0 || width !== sizes[number - 1]);
      const [picture] = await decoder.decode({ data, isKey, ticks: number });
      expect(await pixels(picture)).toMatchObject({ width, height: width / 2 });
    }
  });

  test("a noisy camera makes no key frame that is too long to get through", async () => {
    const encoder = opened(new FrameEncoder(av, codec));
    const data = new Uint8Array(1280 * 720 * 3);
    for (let at = 0, seed = 1; at < data.length; at++) {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      data[at] = 96 + ((seed >> 16) & 63);
    }
    for (let number = 0; number < 3; number++) {
      const frame = await encoder.encode(
        { data, width: 1280, height: 720, channels: 3 },
        number * 3000,
        true,
      );
      expect(frame?.data.length).toBeLessThan(MAX_KEY_FRAME_BYTES);
    }
  });

  test("pictures stay valid after the decoder is closed, and each is given out once", async () => {
    const encoder = opened(new FrameEncoder(av, codec));
    const decoder = new FrameDecoder(av, codec);
    const [first] = await decoder.decode({ ...(await encode(encoder, 5)), ticks: 0 });
    const [second] = await decoder.decode({ ...(await encode(encoder, 6)), ticks: 3000 });
    await decoder.close();
    expect(readFrame(await pixels(first))).toBe(5);
    await expect(first?.take()).rejects.toThrow("taken or dropped");
    second?.drop();
    await expect(second?.take()).rejects.toThrow("taken or dropped");
    expect(await decoder.decode({ data: Buffer.of(1), ticks: 0, isKey: true })).toEqual([]);
    await decoder.close();
  });

  test("closing under load settles everything", async () => {
    const encoder = new FrameEncoder(av, codec);
    const work = Array.from({ length: 8 }, (_, number) => encoder.encode(paintFrame(number), number, false));
    const closing = encoder.close();
    const frames = await Promise.all(work);
    await closing;
    expect(frames.slice(1)).toContain(undefined);
    expect(await encoder.encode(paintFrame(1), 0, false)).toBeUndefined();
  });
});

test.each([
  [{ width: 1 }, "width is 1"],
  [{ height: 0.5 }, "height is 0.5"],
  [{ channels: 2 }, "2 channels"],
  [{ data: new Uint8Array(7) }, "holds 12 bytes; 7 bytes were given"],
])("refuses a frame with %o", async (fault, message) => {
  const encoder = opened(new FrameEncoder(av, "VP8"));
  const frame: FramePixels = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 };
  // What callers without types do.
  Object.assign(frame, fault);
  const error: unknown = await encoder.encode(frame, 0, false).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidParameterError);
  expect(error).toHaveProperty("message", expect.stringContaining(message));
});

test("a decoder that cannot be opened says so for every key frame, and holds nothing", async () => {
  let freed = 0;
  class ShutCodecContext extends av.lib.CodecContext {
    override async open2(): Promise<number> {
      return av.lib.FFmpegError.AVERROR(av.lib.PosixError.ENOMEM);
    }
    override freeContext(): void {
      freed++;
      super.freeContext();
    }
  }
  const shut = { ...av, lib: { ...av.lib, CodecContext: ShutCodecContext } };
  const decoder = opened(new FrameDecoder(shut, "VP8"));
  const { data } = await encode(opened(new FrameEncoder(av, "VP8")), 0);
  const key = { data, isKey: true, ticks: 0 };
  await expect(decoder.decode(key)).rejects.toThrow(EncodingError);
  await expect(decoder.decode(key)).rejects.toThrow(EncodingError);
  expect(freed).toBe(2);
});
