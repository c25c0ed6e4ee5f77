import { type FileHandle, mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ClosedError, InvalidInputFormatError, InvalidParameterError } from "@inference-ts/errors";
import type { UrlPolicy } from "@inference-ts/images";
import { systemCode } from "@inference-ts/images-node";
import type {
  LiveSource,
  SourceFacts,
  SourcePlan,
  UploadBody,
  VideoUploadOptions,
} from "@inference-ts/webrtc";
import { checkVideoUrl, downloadVideo } from "./download.ts";
import { cacheFolder, cacheName } from "./video-cache.ts";

/** How a video file is found, sent and worked on. */
export interface VideoFileOptions extends VideoUploadOptions {
  /**
   * Which addresses a video is downloaded from. Missing fields are those of the client's `urlPolicy`, else of the default policy, which
   * takes all.
   */
  readonly urlPolicy?: Partial<UrlPolicy> | undefined;
  /** Judges every address that the policy takes, also of redirects, before it is asked: throws for one that must not be. Default: all may. */
  readonly checkUrl?: ((url: URL) => void | Promise<void>) | undefined;
  /**
   * A downloaded video is kept and used again for the same address, without asking whether it has changed. Default true; with
   * false it is removed with the session.
   */
  readonly useCache?: boolean | undefined;
  /** Folder of the videos that are kept. Default: `inference-ts/videos` in this user's cache folder. */
  readonly cacheFolder?: string | undefined;
}

/**
 * A video file of this machine, or one that is downloaded from an `http:` or `https:` address; it is sent to the server as it is,
 * piece by piece.
 *
 * @throws InvalidParameterError for an empty path or an address of another kind. A file that cannot be read is an
 *   InvalidInputFormatError of the session's start; a download that fails is an InvalidUrlInputError.
 * @example
 * ```ts no-run: needs a video
 * import { videoFile } from "@inference-ts/sdk/webrtc/node";
 * const source = videoFile("street.mp4", { onProgress: ({ sentBytes, totalBytes }) => console.log(sentBytes / totalBytes) });
 * console.log(source.plan.kind); // file
 * ```
 */
export function videoFile(file: string | URL, options: VideoFileOptions = {}): LiveSource {
  const place = placeOf(file);
  return typeof place === "string" ? new LocalVideo(place, options) : new RemoteVideo(place, options);
}

function placeOf(file: string | URL): string | URL {
  const text = String(file);
  const protocol = /^([a-z][a-z0-9+.-]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (protocol === "http" || protocol === "https") {
    const url = URL.parse(text);
    if (url !== null) return url;
    throw new InvalidParameterError("The address of the video is no valid URL.");
  }
  if (protocol === "file") return fileURLToPath(text);
  if (protocol !== undefined || text === "" || text.includes("\0")) {
    throw new InvalidParameterError(
      `A video file has ${protocol === undefined ? "an empty path or one with a zero character" : `the protocol ${protocol}`}; ` +
        "give a path, or an address with file:, http: or https:.",
    );
  }
  return text;
}

/** What both kinds have in common: the plan, and a file that is open at most once. */
abstract class UploadedVideo implements LiveSource {
  readonly plan: SourcePlan;
  readonly onUploadProgress?: NonNullable<LiveSource["onUploadProgress"]>;
  #handle: FileHandle | undefined;
  #isClosed = false;

  constructor({ pictures = "data", realtimeProcessing = false, onProgress }: VideoUploadOptions) {
    this.plan = { kind: "file", pictures, realtimeProcessing };
    if (onProgress !== undefined) this.onUploadProgress = onProgress;
  }

  abstract openUpload(signal: AbortSignal): Promise<UploadBody>;

  async close(): Promise<void> {
    this.#isClosed = true;
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close().catch(() => undefined);
  }

  /** @throws InvalidInputFormatError for what is no file, or an empty one: the server would wait for it for ever. */
  protected async openFile(path: string): Promise<UploadBody> {
    if (this.#isClosed) throw new ClosedError("The source of the video is closed.");
    this.#handle ??= await open(path).catch((cause: unknown) => {
      throw new InvalidInputFormatError(`The video ${path} cannot be opened: ${systemCode(cause)}.`, {
        cause,
      });
    });
    const handle = this.#handle;
    const facts = await handle.stat();
    const fault = facts.isFile() ? (facts.size === 0 ? "is empty" : null) : "is no file";
    if (fault !== null || this.#isClosed) {
      this.#handle = undefined;
      await handle.close().catch(() => undefined);
      throw fault === null
        ? new ClosedError("The source of the video is closed.")
        : new InvalidInputFormatError(`The video ${path} ${fault}.`);
    }
    return {
      totalBytes: facts.size,
      read: async (offset, into) => (await handle.read(into, 0, into.length, offset)).bytesRead,
      close: async () => {
        if (this.#handle !== handle) return;
        this.#handle = undefined;
        await handle.close();
      },
    };
  }
}

class LocalVideo extends UploadedVideo {
  readonly #path: string;

  constructor(path: string, options: VideoFileOptions) {
    super(options);
    this.#path = path;
  }

  /** Finds out before anything is started on the server whether there is something to send. */
  async prepare(): Promise<SourceFacts> {
    await this.openFile(this.#path);
    return {};
  }

  openUpload(): Promise<UploadBody> {
    return this.openFile(this.#path);
  }
}

class RemoteVideo extends UploadedVideo {
  readonly #url: URL;
  readonly #options: VideoFileOptions;
  readonly #stop = new AbortController();
  #urlPolicy: Partial<UrlPolicy>;
  #downloading: Promise<void> | undefined;
  #temporary: Promise<string> | undefined;

  constructor(url: URL, options: VideoFileOptions) {
    super(options);
    this.#url = url;
    this.#options = options;
    this.#urlPolicy = options.urlPolicy ?? {};
  }

  useUrlPolicy(policy: Partial<UrlPolicy>): void {
    this.#urlPolicy = { ...policy, ...this.#options.urlPolicy };
  }

  /** Refuses an address before anything is started on the server. */
  async prepare(): Promise<SourceFacts> {
    checkVideoUrl(this.#url, this.#urlPolicy);
    return {};
  }

  async openUpload(signal: AbortSignal): Promise<UploadBody> {
    // Also where the video was downloaded before.
    checkVideoUrl(this.#url, this.#urlPolicy);
    const { useCache = true, checkUrl } = this.#options;
    const folder = useCache ? (this.#options.cacheFolder ?? cacheFolder()) : await this.#makeTemporary();
    if (this.#stop.signal.aborted) throw new ClosedError("The source of the video is closed.");
    const path = join(folder, cacheName(this.#url));
    if (!useCache || !(await isThere(path))) {
      this.#downloading = downloadVideo(
        this.#url,
        path,
        { urlPolicy: this.#urlPolicy, checkUrl },
        AbortSignal.any([signal, this.#stop.signal]),
      );
      await this.#downloading;
    }
    return this.openFile(path);
  }

  override async close(): Promise<void> {
    this.#stop.abort();
    await super.close();
    await this.#downloading?.catch(() => undefined);
    const temporary = await this.#temporary?.catch(() => undefined);
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
  }

  #makeTemporary(): Promise<string> {
    this.#temporary ??= mkdtemp(join(tmpdir(), "inference-ts-video-"));
    return this.#temporary;
  }
}

async function isThere(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isFile() === true && facts.size > 0;
}
