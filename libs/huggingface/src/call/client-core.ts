import { ClosedError, InvalidParameterError } from "@inference-ts/errors";
import type { Base64Writer, ImageRuntime } from "@inference-ts/images";
import type { RetryPolicy, Transport } from "@inference-ts/transport";
import type { HuggingFaceRuntime, InferenceClientOptions, LoadingEvent } from "../client-options.ts";
import { type ClientSettings, readSettings } from "../settings/settings.ts";

/** What a client is made of. */
export interface ClientCore {
  readonly settings: ClientSettings;
  readonly transport: Transport;
  /** Made for the first input that needs it. */
  images(): Promise<ImageRuntime>;
  readonly writeBase64: Base64Writer;
  /** Left out for no further attempts. */
  readonly retry: Partial<RetryPolicy> | undefined;
  readonly maxResponseBytes: number;
  readonly maxInputBytes: number;
  readonly onLoading: ((event: LoadingEvent) => void) | undefined;
  /** Aborts, with a `ClosedError`, when the client is closed. */
  readonly closing: AbortSignal;
  /** The hub's answer about recommended models, asked for once. */
  recommended: Promise<unknown> | null;
  /** Parameters that a server refused as unknown, by its address. */
  readonly refusedParameters: Map<string, ReadonlySet<string>>;
  close(): Promise<void>;
}

const DEFAULT_MAX_INPUT_BYTES = 64 * 1024 * 1024;
const DEFAULT_MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

/** Checks the options and makes what a client works with. Nothing is sent. */
export function createCore(options: InferenceClientOptions, runtime: HuggingFaceRuntime): ClientCore {
  const settings = readSettings(options, runtime.readMachine?.() ?? null);
  for (const name of ["maxResponseBytes", "maxInputBytes"] as const) {
    const value = options[name];
    if (value === undefined || (Number.isSafeInteger(value) && value > 0)) continue;
    throw new InvalidParameterError(`${name} (${String(value)}) must be a whole number above 0.`);
  }
  const transport = options.transport ?? runtime.createTransport(options);
  const closing = new AbortController();
  let images: Promise<ImageRuntime> | null = null;
  return {
    settings,
    transport,
    images: () => {
      images ??= Promise.resolve(runtime.createImageRuntime(options.urlPolicy));
      return images;
    },
    writeBase64: runtime.writeBase64,
    retry: options.retry,
    maxResponseBytes: options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES,
    maxInputBytes: options.maxInputBytes ?? DEFAULT_MAX_INPUT_BYTES,
    onLoading: options.onLoading,
    closing: closing.signal,
    recommended: null,
    refusedParameters: new Map(),
    close: async () => {
      closing.abort(new ClosedError("The client was closed.", { hint: "Make a new client." }));
      await transport.close();
    },
  };
}
