import { fileURLToPath } from "node:url";
import { InvalidParameterError, urlWithoutQuery } from "@inference-ts/errors";

/** Longest silence of a network source in microseconds, the unit of FFmpeg. */
const SILENCE_US = "15000000";

/** What FFmpeg is told to open. */
export interface VideoAddress {
  readonly kind: "file" | "url" | "camera";
  readonly url: string;
  /** Name of FFmpeg's reader; `null` = found out from the content. */
  readonly format: string | null;
  readonly options: Readonly<Record<string, string>>;
  /** How messages name it: without user name, password and query, in which cameras take theirs by any name. */
  readonly shown: string;
}

/** How a camera is called on a system: its reader and its address by number or name. */
const CAMERAS: Partial<Record<NodeJS.Platform, { format: string; address: (camera: string) => string }>> = {
  linux: { format: "v4l2", address: (camera) => (/^\d+$/.test(camera) ? `/dev/video${camera}` : camera) },
  darwin: { format: "avfoundation", address: (camera) => `${camera}:none` },
  win32: { format: "dshow", address: (camera) => `video=${camera}` },
};

const RTSP = { rtsp_transport: "tcp", timeout: SILENCE_US };
const SOCKET = { timeout: SILENCE_US, rw_timeout: SILENCE_US };

/** Protocols that are opened, with the options that keep a silent peer from holding a reader for ever. */
const PROTOCOLS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  Object.entries({
    http: SOCKET,
    https: SOCKET,
    rtsp: RTSP,
    rtsps: RTSP,
    rtmp: { rw_timeout: SILENCE_US },
    rtmps: { rw_timeout: SILENCE_US },
    srt: { timeout: SILENCE_US },
    tcp: SOCKET,
    udp: SOCKET,
    rtp: SOCKET,
  }),
);

const CAMERA_PREFIX = "camera:";

/**
 * Tells what a source names: a number or `camera:<number or name>` or `/dev/video<n>` a camera, `protocol://…` a stream, all other
 * text the path of a file.
 *
 * @throws InvalidParameterError for a number that no camera has, an unknown protocol, or a camera on a system without a reader for it.
 */
export function videoAddress(
  source: string | number,
  platform: NodeJS.Platform = process.platform,
): VideoAddress {
  if (typeof source === "number") {
    if (!Number.isSafeInteger(source) || source < 0) {
      throw new InvalidParameterError(`The camera number is ${source}; cameras are counted 0, 1, 2, …`);
    }
    return cameraAddress(String(source), platform);
  }
  if (source.startsWith(CAMERA_PREFIX)) return cameraAddress(source.slice(CAMERA_PREFIX.length), platform);
  if (platform === "linux" && /^\/dev\/video\d+$/.test(source)) return cameraAddress(source, platform);
  const protocol = /^([a-z][a-z0-9+.-]+):\/\//i.exec(source)?.[1]?.toLowerCase();
  if (protocol === undefined) return file(source, source);
  if (protocol === "file") return file(pathOfUrl(source), source);
  const options = PROTOCOLS.get(protocol);
  if (options === undefined) {
    const known = [...PROTOCOLS.keys()].join(", ");
    throw new InvalidParameterError(
      `The video ${urlWithoutQuery(source)} has the protocol ${protocol}; ${known} and paths of files are read.`,
    );
  }
  return { kind: "url", url: source, format: null, options, shown: urlWithoutQuery(source) };
}

function pathOfUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new InvalidParameterError(`The URL ${url} names no file of this machine.`, { cause });
  }
}

/** The `file:` before the path keeps FFmpeg from reading "concat:a|b" or "pipe:" as anything but a name. */
function file(path: string, shown: string): VideoAddress {
  if (path === "" || path.includes("\0")) {
    throw new InvalidParameterError("The video has an empty path or one with a zero character; name a file.");
  }
  return { kind: "file", url: `file:${path}`, format: null, options: {}, shown };
}

/**
 * The address of a camera of this machine, by its number or its name.
 *
 * @throws InvalidParameterError without a name, or on a system without a reader for it.
 */
export function cameraAddress(name: string, platform: NodeJS.Platform): VideoAddress {
  const reader = CAMERAS[platform];
  if (name === "")
    throw new InvalidParameterError("The camera has no name; give its number or name, such as camera:0.");
  if (reader === undefined) {
    throw new InvalidParameterError(
      `Cameras of the system ${platform} are not read; give the address of a stream.`,
    );
  }
  if (platform === "win32" && /^\d+$/.test(name)) {
    throw new InvalidParameterError(
      `Windows knows cameras by name, not by the number ${name}; give the name as in its device manager.`,
    );
  }
  return {
    kind: "camera",
    url: reader.address(name),
    format: reader.format,
    options: {},
    shown: `camera ${name}`,
  };
}
