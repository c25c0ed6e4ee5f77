import type { Base64Writer, ImageRuntime, SourceReader, UrlPolicy } from "@inference-ts/images";
import type { RetryPolicy, Transport } from "@inference-ts/transport";
import type { LivePeerFactory } from "@inference-ts/webrtc";
import type { InferenceEventListener } from "./call/events.ts";
import type { InferenceConfigurationInput } from "./configuration/configuration.ts";
import type { ClientMode } from "./modes/client-mode.ts";

/** Deadline of ordinary calls. */
export const DEFAULT_TIMEOUT_MS = 120_000;
/** Deadline of calls during which the server loads a model. */
export const DEFAULT_LOADING_TIMEOUT_MS = 600_000;
/** Longest answer that is read: a masks-heavy batch stays far below. */
export const DEFAULT_MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/** How a client is made. Only `apiUrl` is needed. */
export interface InferenceHTTPClientOptions {
  /** Address of the server, such as `http://localhost:9001` or `https://serverless.roboflow.com`. */
  readonly apiUrl: string | URL;
  /** Key of the Roboflow account; left out or `null` for a server that needs none. */
  readonly apiKey?: string | null | undefined;
  /** Generation of the API. Default: `v0` for Roboflow's hosted hosts, `v1` for every other host. */
  readonly apiMode?: ClientMode | undefined;
  /** Model used where a call names none. */
  readonly modelId?: string | undefined;
  readonly configuration?: InferenceConfigurationInput | undefined;
  /**
   * Deadline of one request in milliseconds: its image's loading, all attempts and waits between them. Default 120,000, and
   * 600,000 where the server loads a model; `null` = none.
   */
  readonly timeoutMs?: number | null | undefined;
  /** When and how often a failed request is repeated. Default: 3 attempts on 429, 502, 503, 504 and connection errors. */
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Sends the requests. Default: `fetch`, or in `./node` a keep-alive `node:http` agent of this client. */
  readonly transport?: Transport | undefined;
  /** Headers added to every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Longest answer in bytes. Default 256 MiB. */
  readonly maxResponseBytes?: number | undefined;
  /** Most bytes of one image. Default 64 MiB. */
  readonly maxImageBytes?: number | undefined;
  /** Most pixels of one image. Default 268,402,689. */
  readonly maxImagePixels?: number | undefined;
  /** Which URLs of images, and of the video files of live sessions, this client downloads. Default: all, as the Python client. */
  readonly urlPolicy?: Partial<UrlPolicy> | undefined;
  /** Header in which calls with an `executionId` carry it. Default `execution_id`. */
  readonly executionIdHeader?: string | undefined;
  /** Header in which the server says how long it worked. Default `X-Processing-Time`. */
  readonly processingTimeHeader?: string | undefined;
  /**
   * Secret by which a server proves to another that a request comes from inside (`X-Internal-Remote-Exec-Req`). Sent with
   * inference only.
   */
  readonly internalServiceSecret?: string | undefined;
  /** Told about every station of every call. More listeners: `observe`. */
  readonly onEvent?: InferenceEventListener | undefined;
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, its waiting and its queued work. */
  readonly signal?: AbortSignal | undefined;
  /** Overrides the client's deadline; `null` = none. */
  readonly timeoutMs?: number | null | undefined;
  /** Headers added to the requests of this call. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Ties the inference requests of this call to an execution that spans several servers. */
  readonly executionId?: string | undefined;
  /**
   * What caused this call, for a service that calls on behalf of another: `source` and `source_info` replace those of the
   * configuration; every tag also goes into the query of v0 and core-model requests, and into bodies in JSON.
   */
  readonly usageTags?: Readonly<Record<string, string>> | undefined;
  /** Secret of a service that bills the work itself: replaces `serviceSecret`, and the call is not billed again. */
  readonly outboundServiceSecret?: string | undefined;
}

/** What the runtime of an entry gives to the client. */
export interface ClientRuntime {
  /** Made once per client, unless the caller passes a transport. */
  createTransport(): Transport;
  createImageRuntime(urlPolicy: Partial<UrlPolicy> | undefined): ImageRuntime;
  readonly writeBase64: Base64Writer;
  /** Reads folders and videos; only Node has one. */
  readonly sources?: SourceReader;
  /** Tells of something that works and should not be used any more. Default: the console. */
  readonly warn?: (message: string, code: string) => void;
  /** Gives what opens the peer connections of live video; loaded with the first session. Default: the browser's own. */
  readonly livePeers?: () => Promise<LivePeerFactory>;
}
