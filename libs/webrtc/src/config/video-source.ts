import { InvalidParameterError } from "@inference-ts/errors";

/** Where the frames come from, as far as the worker has to know. */
export type SourcePlan =
  /** A camera of this machine; `fps` is the rate it really has, when that is known. */
  | { readonly kind: "webcam"; readonly fps?: number }
  /** A stream that this machine reads and sends on. */
  | { readonly kind: "local-stream"; readonly url: string }
  /** A camera that the server reads. */
  | { readonly kind: "rtsp"; readonly url: string }
  /** A camera that the server reads. */
  | { readonly kind: "mjpeg"; readonly url: string }
  /** A video file sent over channel `video_upload`. */
  | {
      readonly kind: "file";
      /** Pictures come in the data (default) instead of a video track. */
      readonly pictures?: "data" | "track";
      /** Default false: every frame is worked on. */
      readonly realtimeProcessing?: boolean;
    }
  /** Frames that the caller sends one by one, also a `MediaStream`. */
  | { readonly kind: "manual" };

/** The video line of the offer: none, the server's pictures only, or ours there and the server's back. */
export type VideoLine = "none" | "recvonly" | "sendrecv";

/** What the peer connection of a source needs. */
export interface PeerPlan {
  readonly video: VideoLine;
  /** Channel `video_upload` beside channel `inference`. */
  readonly upload: boolean;
  /** Who brings the frames. */
  readonly feed: "frames" | "upload" | "server";
}

const PEER_PLANS: Readonly<Record<Exclude<SourcePlan["kind"], "file">, PeerPlan>> = {
  webcam: { video: "sendrecv", upload: false, feed: "frames" },
  "local-stream": { video: "sendrecv", upload: false, feed: "frames" },
  manual: { video: "sendrecv", upload: false, feed: "frames" },
  rtsp: { video: "recvonly", upload: false, feed: "server" },
  mjpeg: { video: "recvonly", upload: false, feed: "server" },
};

/** What the peer connection of a source needs. */
export function planPeer(source: SourcePlan): PeerPlan {
  if (source.kind !== "file") return PEER_PLANS[source.kind];
  return { video: source.pictures === "track" ? "recvonly" : "none", upload: true, feed: "upload" };
}

const SCHEMES = {
  rtsp: ["rtsp:", "rtsps:"],
  mjpeg: ["http:", "https:"],
  "local-stream": ["rtsp:", "rtsps:", "rtmp:", "rtmps:"],
} as const;

/**
 * Refuses an address that its source cannot read. The message never repeats the address: it can hold a password.
 *
 * @throws InvalidParameterError
 */
export function checkSource(source: SourcePlan): void {
  if (source.kind !== "rtsp" && source.kind !== "mjpeg" && source.kind !== "local-stream") return;
  const schemes = SCHEMES[source.kind];
  const given = typeof source.url === "string" ? source.url.toLowerCase() : "";
  if (schemes.some((scheme) => given.startsWith(`${scheme}//`) && given.length > scheme.length + 2)) return;
  const allowed = schemes.map((scheme) => `${scheme}//`).join(", ");
  throw new InvalidParameterError(`The address of a source "${source.kind}" must start with ${allowed}.`);
}
