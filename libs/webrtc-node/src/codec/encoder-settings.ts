import type { VideoCodec } from "./video-codec.ts";

/** Rate of a picture of 640 x 480 at 30 a second; smaller ones need less, larger ones get up to {@link MAX_BIT_RATE}. */
const BASE_BIT_RATE = 1_500_000;
const MAX_BIT_RATE = 2_000_000;
const BASE_PIXELS = 640 * 480;
const MIN_BIT_RATE = 500_000;

/** Frames from one key frame to the next: what was lost for good is gone after two seconds, also when the peer does not ask. */
export const KEY_FRAME_INTERVAL = 60;

/**
 * Longest key frame in bytes. The peers keep 128 packets to resend and to put in order; a frame of more cannot get through once a
 * packet is lost.
 */
export const MAX_KEY_FRAME_BYTES = 100_000;

/** What an encoder is told beyond size and rate: one packet out for each frame in, at once. */
export interface EncoderSettings {
  /** FFmpeg's name. */
  readonly encoder: "libvpx" | "libx264";
  /** Whether pictures must have an even width and height. */
  readonly needsEvenSize: boolean;
  readonly options: (bitRate: number, fps: number) => Readonly<Record<string, string>>;
}

export const ENCODER_SETTINGS: Readonly<Record<VideoCodec, EncoderSettings>> = {
  VP8: {
    encoder: "libvpx",
    needsEvenSize: false,
    options: (bitRate, fps) => ({
      deadline: "realtime",
      "cpu-used": "8",
      "lag-in-frames": "0",
      "error-resilient": "1",
      "auto-alt-ref": "0",
      // In percent of the bits that a frame has on average; the encoder aims at it and can miss it by half.
      "max-intra-rate": String(Math.round((MAX_KEY_FRAME_BYTES * 4 * 100) / (bitRate / fps))),
    }),
  },
  H264: {
    encoder: "libx264",
    needsEvenSize: true,
    options: () => ({ preset: "ultrafast", tune: "zerolatency", profile: "baseline", "forced-idr": "1" }),
  },
};

/** Bits a second for pictures of a size. */
export function bitRateFor(width: number, height: number): number {
  const rate = Math.round(BASE_BIT_RATE * ((width * height) / BASE_PIXELS));
  return Math.min(MAX_BIT_RATE, Math.max(MIN_BIT_RATE, rate));
}
