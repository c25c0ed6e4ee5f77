import { InvalidParameterError, urlWithoutQuery } from "@inference-ts/errors";
import { cameraAddress, type VideoAddress } from "@inference-ts/images-node";

/** What a camera is asked for. */
export interface CameraRequest {
  readonly device: number | string;
  readonly resolution?: readonly [width: number, height: number] | undefined;
  readonly fps?: number | undefined;
}

const MAX_FPS = 1000;

/**
 * The address of a camera of this machine.
 *
 * @throws InvalidParameterError for values that no camera has, or a system without a reader for cameras.
 */
export function webcamAddress(
  { device, resolution, fps }: CameraRequest,
  platform: NodeJS.Platform = process.platform,
): VideoAddress {
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
  const name = String(device);
  const options = {
    ...(resolution === undefined ? {} : { video_size: resolution.join("x") }),
    ...(fps === undefined ? {} : { framerate: String(fps) }),
  };
  return { ...cameraAddress(name, platform), options, shown: `webcam ${name}` };
}

/** The address of a stream that this machine reads; `silenceMs` is how long the other side may say nothing. */
export function streamAddress(url: string, silenceMs: number): VideoAddress {
  const silenceUs = String(Math.round(silenceMs * 1000));
  const isRtsp = /^rtsps?:/i.test(url);
  return {
    kind: "url",
    url,
    format: isRtsp ? "rtsp" : null,
    options: isRtsp
      ? { rtsp_transport: "tcp", rtsp_flags: "prefer_tcp", timeout: silenceUs }
      : { rw_timeout: silenceUs },
    shown: urlWithoutQuery(url),
  };
}

function isSide(side: number): boolean {
  return Number.isSafeInteger(side) && side > 0;
}
