import { HTTPCallError } from "./http-call-error.ts";
import { readErrorBody } from "./read-error-body.ts";
import { redact, urlWithoutQuery } from "./redact.ts";

/** An error answer as it came from the wire. */
export interface ErrorAnswer {
  readonly method: string;
  /** Full URL of the request; query and user info do not reach the error. */
  readonly url: string;
  /** HTTP status; 0 where a browser hides the status of a redirect. */
  readonly status: number;
  /** Value of an answer's header, `null` when absent. */
  header(name: string): string | null;
  readonly body: Uint8Array | string;
  /** How many attempts were made, 1 or more. Default 1. */
  readonly attempts?: number;
  /** `Retry-After` in milliseconds, when the answer had one. */
  readonly retryAfterMs?: number | undefined;
  /** What the request was about, for the message, such as `model street-signs/3`. */
  readonly about?: string | undefined;
  /** Values to remove wherever they stand. */
  readonly secrets?: readonly string[];
  /** What the caller can do, by status, for servers other than Roboflow's. */
  readonly hints?: Readonly<Record<number, string>>;
}

/** What the caller can do, by status. What the statuses mean: the server's exception handlers. */
const HINTS: Readonly<Record<number, string>> = {
  400: "Check the parameters and the image; the server's message names the problem.",
  401: "Check the API key: it is missing, wrong, or not allowed to use this model.",
  402: "The workspace has no credits left for this call; check its plan and billing.",
  403: "The API key is not allowed to use this resource; check the workspace it belongs to.",
  404: "Check the model id and the server address, and that this server version offers the route.",
  405: "The server does not offer this call; check the server address and its version.",
  407: "A proxy asks for credentials; check the proxy settings of the environment.",
  410: "The server no longer offers this feature; see its message for the replacement.",
  413: "Send a smaller image, or a smaller batch (maxBatchSize).",
  422: "The server refused the form of the request; check the parameters that its message names.",
  423: "The use of the workspace is paused; check its account.",
  429: "Too many requests: lower maxConcurrentRequests, or wait and try again.",
  500: "The server failed; its own log says more.",
  501: "This server cannot run the model; check its version and hardware.",
  502: "The server, or what it asks, is not reachable at the moment; try again later.",
  503: "The server is busy or still loading the model; try again later.",
  504: "The work took longer than a gateway allows; try a smaller input, or again later.",
  507: "The model does not fit on this server; use a smaller model or unload others.",
};

const REDIRECT_HINT =
  "Redirects are not followed, since they lose the body: set apiUrl to the final address.";

/**
 * Turns an answer with an error status, or a redirect, into an `HTTPCallError`: message read from every body shape, error
 * type, workflow block errors, request id and a hint by status. Nothing in it holds a key or an image.
 */
export function httpCallError(answer: ErrorAnswer): HTTPCallError {
  const secrets = answer.secrets ?? [];
  const attempts = answer.attempts ?? 1;
  const url = redact(urlWithoutQuery(answer.url), secrets);
  const isRedirect = answer.status === 0 || (answer.status >= 300 && answer.status < 400);
  const body = readErrorBody(answer.body, answer.header("content-type"), secrets);
  const fact = (name: string) => {
    const value = answer.header(name);
    return value === null ? undefined : redact(value.slice(0, 200), secrets);
  };
  const said = isRedirect ? redirectText(answer, secrets) : (body.serverMessage ?? "no message");
  const about = answer.about === undefined ? "" : ` for ${redact(answer.about, secrets)}`;
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  const hint = isRedirect ? REDIRECT_HINT : (answer.hints ?? HINTS)[answer.status];
  return new HTTPCallError(
    `${answer.method} ${url} answered ${answer.status}${about}${tries}: ${closeSentence(said)}`,
    {
      ...body,
      status: answer.status,
      method: answer.method,
      url,
      requestId: fact("x-request-id") ?? fact("x-amzn-trace-id"),
      modelId: fact("x-model-id"),
      attempts,
      retryAfterMs: answer.retryAfterMs,
      ...(hint === undefined ? {} : { hint }),
    },
  );
}

/** Only the host: the rest of a redirect's address can repeat the query and with it the key. */
function redirectText(answer: ErrorAnswer, secrets: readonly string[]): string {
  const location = answer.header("location");
  if (location === null) return "a redirect";
  try {
    return `a redirect to host ${redact(new URL(location, answer.url).host, secrets)}`;
  } catch {
    return "a redirect to an address that is no URL";
  }
}

function closeSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
