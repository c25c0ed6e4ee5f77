import { InvalidParameterError, redactUrl } from "@inference-ts/errors";

/** What FFmpeg is told to open. */
export interface CaptureAddress {
  readonly kind: "camera" | "stream";
  readonly url: string;
  /** Name of FFmpeg's reader; `null` = found out from the address. */
  readonly format: string | null;
  readonly options: Readonly<Record<string, string>>;
  /** How messages name it: without user name, password and keys. */
  readonly shown: string;
}

/** What a camera is asked for. */
export interface CameraRequest {
  readonly device: number | string;
  readonly resolution?: readonly [width: number, height: number] | undefined;
  readonly fps?: number | undefined;
}

/** How a camera is called on a system: its reader and its address by number or name. */
const CAMERAS: Partial<Record<NodeJS.Platform, { format: string; address: (camera: string) => string }>> = {
  linux: { format: "v4l2", address: (camera) => (/^\d+$/.test(camera) ? `/dev/video${camera}` : camera) },
  darwin: { format: "avfoundation", address: (camera) => `${camera}:none` },
  win32: { format: "dshow", address: (camera) => `video=${camera}` },
};

const MAX_FPS = 1000;

/**
 * The address of a camera of this machine.
 *
 * @throws InvalidParameterError for values that no camera has, or a system without a reader for cameras.
 */
export function cameraAddress(
  { device, resolution, fps }: CameraRequest,
  platform: NodeJS.Platform = process.platform,
): CaptureAddress {
  if (typeof device === "number" ? !Number.isSafeInteger(device) || device < 0 : device === "") {
    throw new InvalidParameterError(
      `The device of a webcam is ${JSON.stringify(device)}; give its number from 0 up, or its name.`,
    );
  }
  if (resolution !== undefined && !(resolution.length === 2 && resolution.every(isSide))) {
    throw new InvalidParameterError(
      `The resolution of a webcam is ${JSON.stringify(resolution)}; give [width, height] in pixels.`,
    );
  }
  if (fps !== undefined && !(fps > 0 && fps <= MAX_FPS)) {
    throw new InvalidParameterError(`The fps of a webcam is ${fps}; give frames a second above 0.`);
  }
  const reader = CAMERAS[platform];
  if (reader === undefined) {
    throw new InvalidParameterError(
      `Cameras of the system ${platform} are not read; use localStream or frames.`,
    );
  }
  const name = String(device);
  if (platform === "win32" && /^\d+$/.test(name)) {
    throw new InvalidParameterError(
      `Windows knows cameras by name, not by the number ${name}; give the name as in its device manager.`,
    );
  }
  return {
    kind: "camera",
    url: reader.address(name),
    format: reader.format,
    options: {
      ...(resolution === undefined ? {} : { video_size: resolution.join("x") }),
      ...(fps === undefined ? {} : { framerate: String(fps) }),
    },
    shown: `webcam ${name}`,
  };
}

/** The address of a stream that this machine reads; `silenceMs` is how long the other side may say nothing. */
export function streamAddress(url: string, silenceMs: number): CaptureAddress {
  const silenceUs = String(Math.round(silenceMs * 1000));
  const isRtsp = /^rtsps?:/i.test(url);
  return {
    kind: "stream",
    url,
    format: isRtsp ? "rtsp" : null,
    options: isRtsp
      ? { rtsp_transport: "tcp", rtsp_flags: "prefer_tcp", timeout: silenceUs }
      : { rw_timeout: silenceUs },
    shown: redactUrl(url),
  };
}

function isSide(side: number): boolean {
  return Number.isSafeInteger(side) && side > 0;
}
