import type { Base64Writer, ImageRuntime, UrlPolicy } from "@inference-ts/images";
import type { FetchFunction, RetryPolicy, Transport } from "@inference-ts/transport";
import type { InferenceProvider } from "./address/task-address.ts";
import type { MachineSettings } from "./settings/endpoints.ts";

/** A model is loading; the call waits and asks again. */
export interface LoadingEvent {
  /** Requests made so far, 1 or more. */
  readonly attempts: number;
  /** Until the next request, in milliseconds. */
  readonly delayMs: number;
  /** How long loading takes by the server's guess, in milliseconds, when it says so. */
  readonly estimatedTimeMs: number | undefined;
}

/** Options of `InferenceClient`. Names and meaning as in huggingface_hub 0.27.1; what is added here says so. */
export interface InferenceClientOptions {
  /** Id of a model of the hub (`user/model`), or the address of an endpoint. Left out: the hub's recommended model of each task. */
  readonly model?: string | URL | null | undefined;
  /** The same as `model`, for people who come from OpenAI's client. Not together with `model`. */
  readonly baseUrl?: string | URL | null | undefined;
  /** The same as `baseUrl`. */
  readonly base_url?: string | URL | null | undefined;
  /**
   * A token is sent as it is given. `null` (default): that of this machine (`./huggingface/node`: `HF_TOKEN` or the saved one), and only to
   * Hugging Face hosts and to configured endpoints. `true`: that of this machine, everywhere. `false`: none.
   */
  readonly token?: string | boolean | null | undefined;
  /** The same as `token`, for people who come from OpenAI's client. Not together with `token`. */
  readonly apiKey?: string | boolean | null | undefined;
  /** The same as `apiKey`. */
  readonly api_key?: string | boolean | null | undefined;
  /**
   * Seconds that a whole call may take, with the waiting for a model that is loading; for streams, the time to the first item and
   * between two. Default 600 (Python: no limit); `null` = no limit.
   */
  readonly timeout?: number | null | undefined;
  /** Headers of every request, over the client's own, in any letter case; `null` leaves one of the client's out. */
  readonly headers?: Readonly<Record<string, string | null>> | null | undefined;
  /** Cookies of every request. Browsers do not let a page set them. */
  readonly cookies?: Readonly<Record<string, string>> | null | undefined;
  /**
   * A proxy for every request, or one by scheme (`{ http: ..., https: ... }`). `./huggingface/node` only; without it the variables of the
   * environment count.
   */
  readonly proxies?: string | Readonly<Record<string, string | null>> | null | undefined;
  /**
   * Route model ids over Hugging Face's router: `hf-inference`, or `auto` (chat only: the router picks a provider). Default: the
   * serverless API of huggingface_hub 0.27.1. Newer than 0.27.1. Other providers are reached by their OpenAI-compatible `baseUrl`.
   */
  readonly provider?: InferenceProvider | null | undefined;
  /** Organisation that pays, `X-HF-Bill-To`. Newer than 0.27.1. */
  readonly billTo?: string | null | undefined;
  /**
   * Further attempts on 429, 502, 504 and lost connections. Default: none, as in Python; a loading model (503) is always waited for. Not
   * in Python.
   */
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** A `fetch` of your own. Not in Python. */
  readonly fetch?: FetchFunction | undefined;
  /** How requests are sent; closed with the client. Not in Python. */
  readonly transport?: Transport | undefined;
  /** Called when a model is loading and the call waits. Not in Python. */
  readonly onLoading?: ((event: LoadingEvent) => void) | undefined;
  /** Most bytes of one answer. Default 256 MiB. Not in Python. */
  readonly maxResponseBytes?: number | undefined;
  /** Most bytes of one picture or sound. Default 64 MiB. Not in Python. */
  readonly maxInputBytes?: number | undefined;
  /** Which addresses of pictures and sounds are downloaded. Default: any. Not in Python. */
  readonly urlPolicy?: Partial<UrlPolicy> | undefined;
}

/** What every method takes beside its own options. */
export interface CallOptions {
  /** Id or address of the model, over that of the client. */
  readonly model?: string | URL | null | undefined;
  /** Ends the call, its waiting and its stream. */
  readonly signal?: AbortSignal | undefined;
  /** Seconds, over `timeout` of the client; `null` = no limit. */
  readonly timeout?: number | null | undefined;
  /** Headers of this call, over those of the client. */
  readonly headers?: Readonly<Record<string, string | null>> | undefined;
}

/** What the methods of tasks take beside the parameters that they name. */
export interface TaskOptions extends CallOptions {
  /** Further parameters with their names on the wire, sent as they are. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** What a client needs from the system it runs on. */
export interface HuggingFaceRuntime {
  createTransport(options: Pick<InferenceClientOptions, "fetch" | "proxies">): Transport;
  createImageRuntime(policy: Partial<UrlPolicy> | undefined): ImageRuntime | Promise<ImageRuntime>;
  readonly writeBase64: Base64Writer;
  /** Variables and saved token of the machine; left out where there are none. Asked for with each client. */
  readMachine?(): MachineSettings;
}
