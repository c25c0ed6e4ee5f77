import type { ChannelLimits, LivePeerFactory, SessionLimits, StreamConfig } from "@inference-ts/webrtc";
import type { CallOptions } from "../client-options.ts";

/** How a live video session is made. Exactly one of `workflow` and `modelId`. */
export interface WebRTCStreamOptions extends CallOptions {
  /** Specification of a workflow, or its id. */
  readonly workflow?: string | Readonly<Record<string, unknown>> | undefined;
  /** Name of the workspace; needed with the id of a workflow. */
  readonly workspace?: string | undefined;
  /** One model, which is run on every frame. */
  readonly modelId?: string | undefined;
  /** Task of the model, such as `object-detection`. Asked for at Roboflow's platform when left out. */
  readonly taskType?: string | undefined;
  /** Name of the workflow's image input. Default `image`. */
  readonly imageInput?: string | undefined;
  readonly config?: StreamConfig | undefined;
  /** Opens the peer connection. Default: werift in `./node`, else the browser's own. */
  readonly peer?: LivePeerFactory | undefined;
  /** Time limits of the session, in ms. */
  readonly limits?: Partial<SessionLimits> | undefined;
  /** Pictures that may wait for a handler or loop before the oldest is dropped. Default 8. */
  readonly queueCapacity?: number | undefined;
  /** Results that may wait for a handler or loop before the oldest is dropped. Default 256. */
  readonly dataQueueCapacity?: number | undefined;
  /** What limits the memory for incoming messages. */
  readonly channelLimits?: Partial<ChannelLimits> | undefined;
  /** Address of Roboflow's platform. Default: the one behind a hosted address, else `https://api.roboflow.com`. */
  readonly platformUrl?: string | undefined;
  /** Ends the session, also while it streams. */
  readonly signal?: AbortSignal | undefined;
  /** Deadline of the request that starts the worker. Default 90,000: a server may need half a minute for it. */
  readonly timeoutMs?: number | null | undefined;
}
