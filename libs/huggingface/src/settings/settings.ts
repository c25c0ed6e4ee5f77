import { InvalidParameterError } from "@inference-ts/errors";
import { isAddress, modelPath, parseAddress } from "../address/model-address.ts";
import type { InferenceProvider } from "../address/task-address.ts";
import type { InferenceClientOptions } from "../client-options.ts";
import { DEFAULT_ENDPOINTS, type HubEndpoints, type MachineSettings } from "./endpoints.ts";
import { chooseToken, type TokenChoice } from "./token.ts";

/** Options of a client, checked. */
export interface ClientSettings {
  /** `model` and `baseUrl`: an id or an address, `null` when not given. */
  readonly model: string | null;
  readonly baseUrl: string | null;
  readonly token: TokenChoice;
  /** Milliseconds, `null` for no limit. */
  readonly timeoutMs: number | null;
  /** What `givenHeaders` makes headers of. */
  readonly given: Pick<InferenceClientOptions, "headers" | "cookies" | "billTo">;
  readonly endpoints: HubEndpoints;
  readonly provider: InferenceProvider | null;
  /** Set by `HF_HUB_OFFLINE` or `TRANSFORMERS_OFFLINE`: nothing is sent. */
  readonly offline: boolean;
}

/** Loading a model can take minutes. */
const DEFAULT_TIMEOUT_MS = 600_000;

/**
 * Checks the options of a client. Nothing is sent.
 *
 * @throws InvalidParameterError, InvalidModelIdentifierError, TokenNotFoundError.
 */
export function readSettings(
  options: InferenceClientOptions,
  machine: MachineSettings | null,
): ClientSettings {
  if (typeof options !== "object" || options === null || options instanceof URL) {
    throw new InvalidParameterError(
      'The client takes one object of options, such as { model: "user/model" }.',
    );
  }
  const { model, provider = null } = options;
  const baseUrl = oneOf("baseUrl", options.baseUrl, options.base_url);
  const apiKey = oneOf("apiKey", options.apiKey, options.api_key);
  oneOf("model or baseUrl", model, baseUrl);
  if (provider !== null && provider !== "hf-inference" && provider !== "auto") {
    throw new InvalidParameterError(
      `provider "${String(provider)}" is neither "hf-inference" nor "auto"; others are reached by baseUrl.`,
    );
  }
  return {
    model: checkModel(model),
    baseUrl: checkModel(baseUrl),
    token: chooseToken(oneOf("token or apiKey", options.token, apiKey), machine),
    timeoutMs: timeoutMsOf(options.timeout, DEFAULT_TIMEOUT_MS),
    given: options,
    endpoints: machine?.endpoints ?? DEFAULT_ENDPOINTS,
    provider,
    offline: machine?.offline === true,
  };
}

/** The one of two names that is given. `null` counts as not given, an empty text as given, as in Python. */
function oneOf<T>(names: string, first: T | null | undefined, second: T | null | undefined): T | null {
  const given = [first, second].filter((value) => value !== null && value !== undefined);
  if (given.length <= 1) return given[0] ?? null;
  throw new InvalidParameterError(`Both names of ${names} are given; give one.`);
}

/** An id or address as text, checked; `null` when not given or empty. */
export function checkModel(model: string | URL | null | undefined): string | null {
  if (model === null || model === undefined || model === "") return null;
  if (typeof model !== "string" && !(model instanceof URL)) {
    throw new InvalidParameterError(`model must be text or a URL, not ${typeof model}.`);
  }
  const text = String(model).trim();
  if (isAddress(text)) parseAddress(text);
  else modelPath(text);
  return text;
}

/**
 * Seconds as milliseconds.
 *
 * @throws InvalidParameterError unless the value is a number above 0, `null` or `undefined`.
 */
export function timeoutMsOf(seconds: number | null | undefined, otherwise: number | null): number | null {
  if (seconds === undefined) return otherwise;
  if (seconds === null) return null;
  if (typeof seconds === "number" && seconds > 0 && Number.isFinite(seconds)) return seconds * 1000;
  throw new InvalidParameterError(
    `timeout (${String(seconds)}) must be a number of seconds above 0, or null for no limit.`,
  );
}
