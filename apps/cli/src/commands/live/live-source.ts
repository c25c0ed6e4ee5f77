import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { InvalidInputFormatError, InvalidParameterError } from "@inference-ts/sdk/node";
import { type LiveSource, mjpegCamera, rtspCamera, videoUpload } from "@inference-ts/sdk/webrtc";

/** How the source of a session is opened. */
export interface SourceSettings {
  /** undefined = what suits the source. */
  readonly realtime: boolean | undefined;
  readonly onProgress: (progress: { readonly sentBytes: number; readonly totalBytes: number }) => void;
}

/** A source and the pace that suits it. */
export interface ChosenSource {
  readonly source: LiveSource;
  readonly realtime: boolean;
}

/**
 * Reads the argument of `infer video --webrtc`: a file is sent to the worker, the address of a camera is read by the server.
 *
 * @throws InvalidParameterError, InvalidInputFormatError when it is none of them.
 */
export async function chooseSource(text: string, settings: SourceSettings): Promise<ChosenSource> {
  if (/^\d+$|^camera:/.test(text)) {
    throw new InvalidParameterError("Cameras of this machine cannot be streamed yet; leave --webrtc out.");
  }
  const scheme = /^([a-z][a-z\d+.-]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  const { realtime = true } = settings;
  switch (scheme) {
    case "rtsp":
    case "rtsps":
      return { source: rtspCamera(text), realtime };
    case "http":
    case "https":
      return { source: mjpegCamera(text), realtime };
    case "file":
      return fileSource(fileURLToPath(text), text, settings);
    case undefined:
      return fileSource(text, text, settings);
    default:
      throw new InvalidParameterError(
        `No live video comes from ${scheme}: addresses. Give a file, rtsp:// or rtsps://, or http:// of an MJPEG camera.`,
      );
  }
}

async function fileSource(
  path: string,
  shown: string,
  { realtime = false, onProgress }: SourceSettings,
): Promise<ChosenSource> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new InvalidInputFormatError(`The video ${shown} cannot be read: there is no such file.`, { cause });
  });
  if (!found.isFile()) throw new InvalidInputFormatError(`${shown} is a folder, no video.`);
  const source = videoUpload(await openAsBlob(path), { realtimeProcessing: realtime, onProgress });
  return { source, realtime };
}
