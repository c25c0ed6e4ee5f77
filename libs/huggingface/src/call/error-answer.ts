import { type ErrorAnswer, type HTTPCallError, httpCallError } from "@inference-ts/errors";

/** What the caller can do, by status. */
const HINTS: Readonly<Record<number, string>> = {
  400: "Check the inputs and parameters; the server's message names the problem.",
  401: "Check the token: it is missing, wrong or expired.",
  402: "The account has no credits left for this provider.",
  403: "The token is not allowed to use this model; a gated model must be asked for on its page.",
  404: "Check the model id or the address of the endpoint, and that the token may see the model.",
  413: "The input is too large for this server (2 MB is a common limit); send a smaller one.",
  429: "Too many requests: wait and try again, or pass retry.",
  500: "The server failed; its own log says more.",
  502: "The server behind the gateway is not reachable at the moment; try again later.",
  503: "The model is loading or the server has no capacity; try again later.",
  504: "The work took longer than a gateway allows; try a smaller input.",
};

type JsonObject = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An answer with an error status as an error. */
export function readErrorAnswer(answer: ErrorAnswer, task: string | null): HTTPCallError {
  const fields = jsonOf(answer.body);
  const said = [headerOf(answer, "x-error-message"), ...messagesOf(fields)];
  const messages = [...new Set(said.map((text) => text.trim()).filter((text) => text !== ""))];
  const type =
    isObject(fields) && typeof fields.error_type === "string"
      ? fields.error_type
      : headerOf(answer, "x-error-code");
  const hints =
    task === null ? HINTS : { ...HINTS, 422: `Make sure that the model supports the task ${task}.` };
  // What was found is written in the form that the shared reader knows: secrets, length and addresses are its work.
  const body =
    messages.length === 0 && type === ""
      ? answer.body
      : JSON.stringify({ message: messages.join("\n"), error_type: type });
  const header = (name: string) =>
    name.toLowerCase() === "content-type" && body !== answer.body ? "application/json" : answer.header(name);
  return httpCallError({ ...answer, header, body, hints });
}

/** `estimated_time` of an answer in milliseconds; `undefined` unless it is a number above 0. */
export function estimatedTimeOf(body: Uint8Array | string): number | undefined {
  const fields = jsonOf(body);
  const seconds = isObject(fields) ? fields.estimated_time : undefined;
  return typeof seconds === "number" && seconds > 0 && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

const headerOf = (answer: ErrorAnswer, name: string): string => answer.header(name) ?? "";

function jsonOf(body: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/**
 * What the body says, from every shape in use: `{error: text | list | object}`, `{error, error_description}`, `{errors: [{message}]}`,
 * `{message}`, `{detail: text | list}`, problem+json. The words of `warnings` are left out.
 */
export function messagesOf(value: unknown): string[] {
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
