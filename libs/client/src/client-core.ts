import { ClosedError, InvalidParameterError } from "@inference-ts/errors";
import type { Base64Writer, ImageRuntime, SourceReader, UrlPolicy } from "@inference-ts/images";
import {
  createRunningCalls,
  createSender,
  type RetryPolicy,
  type RunningCalls,
  type Sender,
  sleep,
  type Transport,
} from "@inference-ts/transport";
import { EventHub } from "./call/events.ts";
import {
  type ClientRuntime,
  DEFAULT_MAX_RESPONSE_BYTES,
  type InferenceHTTPClientOptions,
} from "./client-options.ts";
import type { InferenceConfiguration } from "./configuration/configuration.ts";
import { createConfiguration } from "./configuration/create-configuration.ts";
import { given } from "./given.ts";
import { checkApiKey } from "./keys/key-placement.ts";
import { type ClientMode, modeOf, parseServerAddress, type ServerAddress } from "./modes/client-mode.ts";

/** What a client and the clients derived from it share: connection, key, listeners; more in `call/belongings.ts`. */
export interface ClientCore {
  readonly address: ServerAddress;
  readonly apiKey: string | null;
  readonly sender: Sender;
  readonly images: ImageRuntime;
  readonly urlPolicy: Partial<UrlPolicy> | undefined;
  readonly writeBase64: Base64Writer;
  readonly sources?: SourceReader;
  readonly livePeers?: ClientRuntime["livePeers"];
  readonly warn?: ClientRuntime["warn"];
  readonly events: EventHub;
  readonly headers: Readonly<Record<string, string>>;
  readonly retry: Partial<RetryPolicy>;
  readonly maxResponseBytes: number;
  readonly maxImageBytes: number | undefined;
  readonly maxImagePixels: number | undefined;
  readonly executionIdHeader: string;
  readonly processingTimeHeader: string;
  readonly internalServiceSecret: string | undefined;
  /** What `close` ends: deadlines of requests, and live sessions, which it waits for. */
  readonly deadlines: RunningCalls<Endable>;
  /** @throws ClosedError after `close`. */
  assertOpen(): void;
  /** Settles when everything has ended, however often it is called. */
  close(): Promise<void>;
}

/** Something that runs until the client is closed. */
interface Endable {
  /** Ends it; settles when nothing is left of it. */
  end(): Promise<void> | void;
}

/** What `configure`, `select...` and `with` change. */
export interface ClientState {
  readonly mode: ClientMode;
  readonly modelId: string | null;
  readonly configuration: InferenceConfiguration;
  /** `undefined` = the defaults. */
  readonly timeoutMs: number | null | undefined;
}

/** Core and first state of a client, or of one derived from another. */
export class ClientSeed {
  readonly core: ClientCore;
  readonly state: ClientState;

  constructor(core: ClientCore, state: ClientState) {
    this.core = core;
    this.state = state;
  }
}

/**
 * Checks the options and makes what a client works with. Nothing is sent.
 *
 * @throws InvalidParameterError for a value that is not allowed.
 */
export function clientSeed(options: InferenceHTTPClientOptions, runtime: ClientRuntime): ClientSeed {
  const address = parseServerAddress(options.apiUrl);
  const apiKey = checkApiKey(options.apiKey);
  const { apiMode } = options;
  checkMode(apiMode);
  checkTimeout(options.timeoutMs);
  for (const name of ["maxResponseBytes", "maxImageBytes", "maxImagePixels"] as const)
    checkPositive(name, options[name]);
  checkRetry(options.retry ?? {});
  const state: ClientState = {
    mode: apiMode ?? modeOf(address),
    modelId: options.modelId ?? null,
    configuration: createConfiguration(options.configuration),
    timeoutMs: options.timeoutMs,
  };
  const transport = options.transport ?? runtime.createTransport();
  return new ClientSeed(createCore(options, runtime, address, apiKey, transport), state);
}

/** @throws InvalidParameterError for what is no mode. */
export function checkMode(apiMode: ClientMode | undefined): void {
  if (apiMode === undefined || apiMode === "v0" || apiMode === "v1") return;
  throw new InvalidParameterError(`apiMode "${String(apiMode)}" is neither "v0" nor "v1".`);
}

/** @throws InvalidParameterError unless the value is a positive number of milliseconds, `null` or `undefined`. */
export function checkTimeout(timeoutMs: number | null | undefined): void {
  if (timeoutMs === undefined || timeoutMs === null) return;
  if (typeof timeoutMs === "number" && timeoutMs > 0 && Number.isFinite(timeoutMs)) return;
  throw new InvalidParameterError(`timeoutMs (${String(timeoutMs)}) must be a number above 0.`, {
    hint: "Pass null for no deadline.",
  });
}

function checkPositive(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value > 0)) return;
  throw new InvalidParameterError(`${name} (${String(value)}) must be a whole number above 0.`);
}

/** A limit that is no number would let a request be repeated for ever. */
function checkRetry({ maxAttempts, statuses = [], ...waitsMs }: Partial<RetryPolicy>): void {
  checkPositive("retry.maxAttempts", maxAttempts);
  if (!Array.isArray(statuses))
    throw new InvalidParameterError(`retry.statuses (${String(statuses)}) must be a list.`);
  for (const [name, ms] of Object.entries(waitsMs)) {
    if (ms === undefined || ms >= 0) continue;
    throw new InvalidParameterError(`retry.${name} (${String(ms)}) must be 0 ms or more.`);
  }
}

function createCore(
  options: InferenceHTTPClientOptions,
  runtime: ClientRuntime,
  address: ServerAddress,
  apiKey: string | null,
  transport: Transport,
): ClientCore {
  const events = new EventHub();
  if (options.onEvent !== undefined) events.add(options.onEvent);
  const closing = new AbortController();
  const deadlines = createRunningCalls<Endable>();
  const closedError = () =>
    new ClosedError(`The client for ${address.baseUrl} was closed.`, { hint: "Make a new client." });
  let closed: Promise<void> | undefined;
  return {
    // Written out, its fields would cost bytes of the first load.
    ...runtime,
    address,
    apiKey,
    sender: createSender({
      transport,
      sleep: (ms, signal) => sleep(ms, AbortSignal.any([signal, closing.signal])),
    }),
    images: runtime.createImageRuntime(options.urlPolicy),
    urlPolicy: options.urlPolicy,
    events,
    headers: options.headers ?? {},
    retry: given(options.retry ?? {}),
    maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    maxImageBytes: options.maxImageBytes,
    maxImagePixels: options.maxImagePixels,
    executionIdHeader: (options.executionIdHeader ?? "execution_id").toLowerCase(),
    processingTimeHeader: options.processingTimeHeader ?? "x-processing-time",
    internalServiceSecret: options.internalServiceSecret,
    deadlines,
    assertOpen: () => {
      if (closing.signal.aborted) throw closedError();
    },
    // Whoever closes second waits for the same end.
    close: () => {
      closing.abort(closedError());
      closed ??= Promise.all(Array.from(deadlines, (deadline) => deadline.end())).then(() =>
        transport.close(),
      );
      return closed;
    },
  };
}
