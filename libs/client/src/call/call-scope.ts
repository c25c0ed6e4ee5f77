import type { SendRequest } from "@inference-ts/endpoints";
import { type ErrorAnswer, HTTPCallError, isInferenceError } from "@inference-ts/errors";
import type { Replay, RetryPolicy } from "@inference-ts/transport";
import { explainFailure } from "../capabilities/explain-failure.ts";
import type { ClientCore, ClientState } from "../client-core.ts";
import { type CallOptions, DEFAULT_TIMEOUT_MS } from "../client-options.ts";
import { type KeyPlacement, placeKey } from "../keys/key-placement.ts";
import { type AnsweredRequest, answeredRequest, type RequestedModel } from "./answered-request.ts";
import { type InferenceCall, inferenceCall } from "./inference-call.ts";

/** How one request of a call is sent. */
export interface RequestSettings {
  /** `METHOD /path`, for events and messages. */
  readonly operation: string;
  /** What it is about, for messages, such as `model street-signs/3`. */
  readonly about?: string;
  /** Reads an answer with an error status. Default: the reader of all answers of the server. */
  readonly errorOf?: (answer: ErrorAnswer) => HTTPCallError;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | null;
  readonly replay: Replay;
  /** In place of the client's. */
  readonly retry?: Partial<RetryPolicy>;
  readonly key: KeyPlacement;
  /** In place of the client's. */
  readonly maxResponseBytes?: number;
  /** Set for requests that run a model: they carry what ties a call to an execution. */
  readonly runs?: RequestedModel;
}

/** One public call while it runs: its place among the events, its options, and the requests it made. */
export class CallScope {
  readonly core: ClientCore;
  readonly state: ClientState;
  readonly callId: number;
  readonly signal: AbortSignal | undefined;
  /** `null` where nobody can ask for them, so that a call over an endless list does not grow. */
  readonly requests: AnsweredRequest[] | null;
  readonly #options: CallOptions;

  constructor(core: ClientCore, state: ClientState, options: CallOptions, keepsRequests: boolean) {
    this.requests = keepsRequests ? [] : null;
    this.core = core;
    this.state = state;
    this.callId = core.events.nextCallId();
    this.signal = options.signal;
    this.#options = options;
  }

  /** The deadline of a request: the call's, else the client's, else the default of its kind. */
  timeoutMs(fallbackMs: number = DEFAULT_TIMEOUT_MS): number | null {
    const { timeoutMs } = this.#options;
    if (timeoutMs !== undefined) return timeoutMs;
    return this.state.timeoutMs === undefined ? fallbackMs : this.state.timeoutMs;
  }

  /** Where the key goes in a request with or without a JSON body; nowhere without a key. */
  keyPlacement(hasJsonBody: boolean): KeyPlacement {
    if (this.core.apiKey === null) return { header: false, query: false, body: false };
    return placeKey(this.state.configuration.apiKeyTransport, this.state.mode, hasJsonBody);
  }

  /** `{api_key}` when the key travels in this place, else nothing; to be spread into a query or a body. */
  keyField(here: boolean): { readonly api_key?: string } {
    return here && this.core.apiKey !== null ? { api_key: this.core.apiKey } : {};
  }

  /** What of the call's usage tags goes into the query of v0 and core-model requests. */
  usageQuery(): Readonly<Record<string, string>> {
    const { usageTags = {} } = this.#options;
    return usageTags.source_info === undefined ? usageTags : { ...usageTags, source_info_origin: "context" };
  }

  /** The `send` that an endpoint is given. */
  send(settings: RequestSettings): SendRequest {
    const { core, callId } = this;
    return async (request) => {
      core.assertOpen();
      core.events.emit(() => ({ station: "endpoint", callId, operation: settings.operation }));
      const attempts = core.events.active ? this.#attemptEvents() : undefined;
      try {
        const answer = await core.sender.send(
          { ...request, headers: { ...request.headers, ...this.#headers(settings) } },
          {
            timeoutMs: settings.timeoutMs,
            statedTimeoutMs: this.#statedTimeoutMs(settings.timeoutMs),
            retry: settings.retry ?? core.retry,
            replay: settings.replay,
            maxResponseBytes: settings.maxResponseBytes ?? core.maxResponseBytes,
          },
          // Written out, the fields that are wanted would cost bytes of the first load.
          { ...settings, secrets: this.#secrets(), ...attempts?.hooks },
        );
        this.requests?.push(answeredRequest(answer, core, settings.runs));
        return answer;
      } catch (error) {
        attempts?.failed(error);
        throw error;
      }
    };
  }

  /** The call's own limit, where `timeoutMs` is what loading has left of it. */
  #statedTimeoutMs(timeoutMs: number | null): number | null {
    const whole = this.timeoutMs();
    return timeoutMs !== null && whole !== null && timeoutMs < whole ? whole : timeoutMs;
  }

  /** Tells the listeners about a failure of the call or of some of its images. */
  reportFailure(error: unknown, indexes: readonly number[] = []): void {
    this.core.events.emit(() => ({
      station: "fail",
      callId: this.callId,
      code: isInferenceError(error) ? error.code : "UNKNOWN",
      message: isInferenceError(error)
        ? error.message
        : "The call failed with an error that is not of this package.",
      indexes,
    }));
  }

  #headers({ key, runs }: RequestSettings): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const source of [this.core.headers, this.#options.headers ?? {}]) {
      for (const [name, value] of Object.entries(source)) headers[name.toLowerCase()] = value;
    }
    const { apiKey, executionIdHeader, internalServiceSecret } = this.core;
    if (key.header && apiKey !== null) headers.authorization = `Bearer ${apiKey}`;
    if (runs !== undefined) {
      const { executionId } = this.#options;
      if (executionId) headers[executionIdHeader] = executionId;
      if (internalServiceSecret !== undefined) headers["x-internal-remote-exec-req"] = internalServiceSecret;
    }
    return headers;
  }

  #secrets(): readonly string[] {
    const { apiKey, internalServiceSecret } = this.core;
    return [apiKey, this.state.configuration.serviceSecret, internalServiceSecret].filter(
      (secret) => typeof secret === "string",
    );
  }

  #attemptEvents() {
    const { events } = this.core;
    const { callId } = this;
    let startedAt = 0;
    let attempt = 0;
    let isRunning = false;
    const report = (status: number | undefined, retryInMs: number | undefined) => {
      isRunning = false;
      events.emit(() => ({
        station: "send",
        callId,
        attempt,
        status,
        durationMs: performance.now() - startedAt,
        retryInMs,
      }));
    };
    return {
      hooks: {
        onAttempt: (event: { readonly attempt: number }) => {
          attempt = event.attempt;
          startedAt = performance.now();
          isRunning = true;
        },
        onRetry: (event: { readonly status: number | undefined; readonly delayMs: number }) =>
          report(event.status, event.delayMs),
        onAnswer: (event: { readonly status: number }) => report(event.status, undefined),
      },
      /** The last attempt has no hook of its own when it fails; while the next one is waited for, none is running. */
      failed: (error: unknown) => {
        if (isRunning) report(error instanceof HTTPCallError ? error.status : undefined, undefined);
      },
    };
  }
}

/** What starts a public call. */
export interface CallStart {
  readonly core: ClientCore;
  readonly state: ClientState;
  readonly method: string;
  readonly options: CallOptions;
  readonly images?: number | undefined;
  /** Whether the call's metadata can be asked for. Default true. */
  readonly keepsRequests?: boolean;
}

/** Runs a public method: station "call", metadata, station "fail". What `start` throws rejects the call. */
export function startCall<T>(
  start: () => CallStart,
  run: (scope: CallScope) => Promise<T>,
): InferenceCall<T> {
  return inferenceCall(async () => {
    const scope = openCall(start());
    const startedAt = performance.now();
    try {
      const data = await run(scope);
      return { data, requests: scope.requests ?? [], durationMs: performance.now() - startedAt };
    } catch (cause) {
      const error = await explainFailure(cause, scope.core.address.baseUrl);
      scope.reportFailure(error);
      throw error;
    }
  });
}

/** Opens the scope of a call and announces it. */
export function openCall({
  core,
  state,
  method,
  options,
  images,
  keepsRequests = true,
}: CallStart): CallScope {
  core.assertOpen();
  const scope = new CallScope(core, state, options, keepsRequests);
  core.events.emit(() => ({ station: "call", callId: scope.callId, method, mode: state.mode, images }));
  return scope;
}
