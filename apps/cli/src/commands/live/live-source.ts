import { InvalidParameterError } from "@inference-ts/sdk/node";
import {
  type LiveSource,
  localStream,
  mjpegCamera,
  rtspCamera,
  videoFile,
  webcam,
} from "@inference-ts/sdk/webrtc/node";

/** How the source of a session is opened. */
export interface SourceSettings {
  /** undefined = what suits the source. */
  readonly realtime: boolean | undefined;
  /** A stream is read by this machine and sent on. */
  readonly relay: boolean | undefined;
  readonly onProgress: (progress: { readonly sentBytes: number; readonly totalBytes: number }) => void;
}

/** A source and the pace that suits it. */
export interface ChosenSource {
  readonly source: LiveSource;
  readonly realtime: boolean;
}

/** Addresses of files; everything else with http is an MJPEG camera. */
const VIDEO_FILE = /\.(?:mp4|m4v|mov|avi|mkv|webm|mpe?g|ts)$/i;

/**
 * Reads the argument of `infer video --webrtc`: a file is sent to the worker, a camera of this machine is sent frame by frame, and the
 * address of a camera is read by the server, or with `relay` by this machine.
 *
 * @throws InvalidParameterError for an address of another kind.
 */
export async function chooseSource(text: string, settings: SourceSettings): Promise<ChosenSource> {
  const { realtime = true, relay = false } = settings;
  const camera = /^(?:camera:)?(\d+)$|^camera:(.+)$/.exec(text);
  if (camera !== null) {
    const [, number, name] = camera;
    return { source: webcam({ device: number === undefined ? name : Number(number) }), realtime };
  }
  const scheme = /^([a-z][a-z\d+.-]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  switch (scheme) {
    case "rtsp":
    case "rtsps":
      return { source: relay ? localStream(text) : rtspCamera(text), realtime };
    case "rtmp":
    case "rtmps":
      return { source: localStream(text), realtime };
    case "http":
    case "https":
      if (VIDEO_FILE.test(URL.parse(text)?.pathname ?? "")) return fileSource(text, settings);
      return { source: mjpegCamera(text), realtime };
    case "file":
      return fileSource(text, settings);
    case undefined:
      return fileSource(text, settings);
    default:
      throw new InvalidParameterError(
        `No live video comes from ${scheme}: addresses. Give a file, a camera's number, rtsp://, rtmp://, or http:// of an MJPEG camera.`,
      );
  }
}

function fileSource(place: string, { realtime = false, onProgress }: SourceSettings): ChosenSource {
  return { source: videoFile(place, { realtimeProcessing: realtime, onProgress }), realtime };
}
