import { InvalidInputFormatError } from "@inference-ts/errors";
import type { LiveSource, UploadBody } from "../peer/live-source.ts";

/** How a video file is sent and worked on. */
export interface VideoUploadOptions {
  /** Pictures come with the data as JPEG (`data`, the default) or as a video track, which a decoder must be there for. */
  readonly pictures?: "data" | "track" | undefined;
  /** `true`: the worker plays the file at its own speed and skips frames. Default false: it works on every frame. */
  readonly realtimeProcessing?: boolean | undefined;
  /** Called after every 48 KiB. */
  readonly onProgress?:
    | ((progress: { readonly sentBytes: number; readonly totalBytes: number }) => void)
    | undefined;
}

/**
 * A video file in memory, or a `Blob` such as the `File` of a file input. It is sent to the worker as it is; a `Blob` is read piece by piece.
 *
 * @throws InvalidInputFormatError for an empty file: the worker would wait for it for ever.
 * @example
 * ```ts
 * import { videoUpload } from "@inference-ts/sdk/webrtc";
 * const video = new Blob([Uint8Array.of(0, 0, 0, 24)], { type: "video/mp4" });
 * console.log(videoUpload(video, { pictures: "data" }).plan.kind); // file
 * ```
 */
export function videoUpload(
  video: Blob | Uint8Array,
  { pictures = "data", realtimeProcessing = false, onProgress }: VideoUploadOptions = {},
): LiveSource {
  const isBlob = video instanceof Blob;
  if (!isBlob && !(video instanceof Uint8Array)) {
    throw new InvalidInputFormatError("A video to upload must be a Blob or a Uint8Array.");
  }
  const totalBytes = isBlob ? video.size : video.length;
  if (totalBytes === 0) throw new InvalidInputFormatError("The video to upload is empty.");
  const read = isBlob ? blobReader(video) : bytesReader(video);
  return {
    plan: { kind: "file", pictures, realtimeProcessing },
    openUpload: () => Promise.resolve({ totalBytes, read, close: () => Promise.resolve() }),
    ...(onProgress === undefined ? {} : { onUploadProgress: onProgress }),
    close: () => Promise.resolve(),
  };
}

function bytesReader(bytes: Uint8Array): UploadBody["read"] {
  return (offset, into) => {
    const piece = bytes.subarray(offset, offset + into.length);
    into.set(piece);
    return Promise.resolve(piece.length);
  };
}

function blobReader(blob: Blob): UploadBody["read"] {
  return async (offset, into) => {
    const piece = new Uint8Array(await blob.slice(offset, offset + into.length).arrayBuffer());
    into.set(piece);
    return piece.length;
  };
}
