import type { CallOptions } from "../client-options.ts";
import type { InferenceConfigurationInput } from "../configuration/configuration.ts";

/** Deadline of a clip: a server works on one for up to 600 s. */
export const DEFAULT_CLIP_TIMEOUT_MS = 660_000;

/**
 * Everything that is taken as one clip.
 *
 * - `string`: http(s) URL (the server fetches it; nothing is downloaded here), data URL, path of a local file (`./node`), or base64
 *   text of a video, tried in this order.
 * - `URL`: http(s), data, or (`./node`) file.
 * - bytes of an encoded video: `Uint8Array` (also `Buffer`), `ArrayBuffer`, `Blob`, `File`.
 */
export type ClipSource = string | URL | Uint8Array | ArrayBuffer | Blob;

/** How much of a clip was handed to the connection. Starts anew when a request is repeated. */
export interface UploadProgress {
  /** Bytes of the request body, which is longer than the clip. */
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/** What action recognition takes beside its clip. */
export interface InferOnVideoOptions extends CallOptions {
  /** Model id or public alias. Default: the client's selected model. */
  readonly modelId?: string | undefined;
  /** Settings of this call, over those of the client. */
  readonly configuration?: InferenceConfigurationInput | undefined;
  /** Names of the classes to look for. Default: the configuration's `classFilter`. In v0 no name may contain a comma. */
  readonly classFilter?: readonly string[] | undefined;
  /**
   * Minimum confidence 0..1, or the model's own `"best"` / `"default"`. Default: the configuration's `confidenceThreshold`, else
   * what is built into the model.
   */
  readonly confidence?: number | "best" | "default" | undefined;
  /** Ask for `candidates` too: what was considered and dropped (servers since 1.7). Default false. */
  readonly includeCandidates?: boolean | undefined;
  /**
   * How the clip's bytes travel in v0: `"multipart"` as they are, `"base64"` as text, a third longer. Default `"auto"`: as
   * base64, which every server reads, up to 8 MiB, and as multipart above. In v1 there is only base64.
   */
  readonly upload?: "auto" | "multipart" | "base64" | undefined;
  /** Told as the clip goes out. An error that it throws is dropped. */
  readonly onUploadProgress?: ((progress: UploadProgress) => void) | undefined;
}
