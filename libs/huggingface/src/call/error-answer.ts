import { type ErrorAnswer, HTTPCallError, redact, urlWithoutQuery } from "@inference-ts/errors";
import type { JsonObject } from "./json-object.ts";

/** What the caller can do, by status. */
const HINTS: Readonly<Record<number, string>> = {
  400: "Check the inputs and parameters.",
  401: "Check the token: it is missing, wrong or expired.",
  402: "The account has no credits left.",
  403: "The token may not use this model; ask for a gated model on its page.",
  404: "Check the model id or address, and that the token may see the model.",
  413: "Send a smaller input; 2 MB is a common limit.",
  429: "Too many requests: wait, or pass retry.",
  500: "The server's own log says more.",
  502: "The server behind the gateway is not reachable; try again later.",
  503: "The model is loading or the server has no capacity; try again later.",
  504: "A gateway did not wait long enough; try a smaller input.",
};

/** Not the one of `json-object.ts`: this file is loaded with the first failure, and would draw that one into a chunk of its own. */
const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The longest text of a server that is kept, in characters. */
const MAX_LENGTH = 2000;

/** An answer with an error status, or a redirect, as an error: what the server said without secrets, and what can be done. */
export function readErrorAnswer(answer: ErrorAnswer, task: string | null): HTTPCallError {
  const { method, status, body, attempts = 1, secrets = [] } = answer;
  const url = redact(urlWithoutQuery(answer.url), secrets);
  const fields = jsonOf(body);
  const words = fields === undefined ? [plainText(body)] : messagesOf(fields);
  const serverMessage = shown([headerOf(answer, "x-error-message"), ...words], secrets);
  const type = isObject(fields) ? fields.error_type : undefined;
  const hint =
    status === 422 && task !== null ? `Make sure that the model supports the task ${task}.` : HINTS[status];
  const isRedirect = status < 400;
  const said = isRedirect ? "a redirect that cannot be followed" : serverMessage || "no message";
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  return new HTTPCallError(
    `${method} ${url} answered ${status}${tries}: ${said}${/[.!?]$/.test(said) ? "" : "."}`,
    {
      status,
      method,
      url,
      attempts,
      serverMessage: serverMessage === "" ? undefined : serverMessage,
      errorType: (typeof type === "string" ? type : headerOf(answer, "x-error-code")) || undefined,
      requestId:
        redact(headerOf(answer, "x-request-id") || headerOf(answer, "x-amzn-trace-id"), secrets) || undefined,
      retryAfterMs: answer.retryAfterMs,
      hint,
    },
  );
}

/** What a JSON value says as one text for an error: without secrets, cut. */
export function errorWords(value: unknown, secrets: readonly string[]): string {
  return shown(messagesOf(value), secrets);
}

/** Every text once, without secrets, cut. */
function shown(texts: readonly string[], secrets: readonly string[]): string {
  const lines = new Set(texts.map((text) => text.trim()).filter((text) => text !== ""));
  const text = redact([...lines].join("\n"), secrets);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 3)}...`;
}

/** Text that is no JSON; of a page its words. Only the beginning: a page says what it is there. */
function plainText(body: Uint8Array | string): string {
  const text = textOf(body).slice(0, 8 * MAX_LENGTH);
  return /^\s*</.test(text)
    ? text.replace(/<(script|style)\b[\s\S]*?<\/\1\s*>|<[^<>]*>/gi, " ").replace(/\s+/g, " ")
    : text;
}

/** `estimated_time` of an answer in milliseconds; `undefined` unless it is a number above 0. */
export function estimatedTimeOf(body: Uint8Array | string): number | undefined {
  const fields = jsonOf(body);
  const seconds = isObject(fields) ? fields.estimated_time : undefined;
  return typeof seconds === "number" && seconds > 0 && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

const headerOf = (answer: ErrorAnswer, name: string): string => answer.header(name) ?? "";

const textOf = (body: Uint8Array | string): string =>
  typeof body === "string" ? body : new TextDecoder().decode(body);

function jsonOf(body: Uint8Array | string): unknown {
  try {
    return JSON.parse(textOf(body));
  } catch {
    return undefined;
  }
}

/**
 * What the body says, from every shape in use: `{error: text | list | object}`, `{error, error_description}`, `{errors: [{message}]}`,
 * `{message}`, `{detail: text | list}`, problem+json. The words of `warnings` are left out.
 */
function messagesOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(messagesOf);
  if (!isObject(value)) return [];
  if (typeof value.msg === "string") return [describeProblem(value, value.msg)];
  const fields = [value.error, value.error_description, value.errors, value.message, value.detail];
  const found = fields.flatMap(messagesOf);
  return found.length === 0 ? messagesOf(value.title) : found;
}

/** One entry of a validation list as `body.inputs: field required`. */
function describeProblem({ loc }: JsonObject, message: string): string {
  return Array.isArray(loc) ? `${loc.join(".")}: ${message}` : message;
}
