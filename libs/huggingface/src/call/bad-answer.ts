import { HTTPCallError, InvalidResponseError, redact, secretsOfHeaders } from "@inference-ts/errors";
import { errorWords } from "./error-answer.ts";
import type { Answer } from "./exchange.ts";
import type { JsonObject } from "./json-object.ts";

/** A key is found only as a whole, so much more is cleaned than shown. */
const MAX_CLEANED_LENGTH = 64 * 1024;
const SHOWN_LENGTH = 100;

const secretsOf = ({ secrets, sent }: Answer): readonly string[] => [...secrets, ...secretsOfHeaders(sent)];

/** The error of an answer that is to be JSON and is none. */
export function notJson(answer: Answer, operation: string): InvalidResponseError {
  const text = new TextDecoder().decode(answer.body);
  const clean = redact(text.slice(0, MAX_CLEANED_LENGTH), secretsOf(answer));
  const begin = clean.slice(0, SHOWN_LENGTH).replace(/\s+/g, " ");
  const found = text === "" ? "it is empty" : `it begins with ${JSON.stringify(begin)}`;
  return new InvalidResponseError(`The answer for ${operation} is no JSON: ${found}.`);
}

/** `{error: ...}` that came with a good status, as an error. */
export function errorInGoodAnswer(value: JsonObject, answer: Answer, operation: string): HTTPCallError {
  const { status, attempts } = answer;
  const secrets = secretsOf(answer);
  const said = errorWords(value, secrets);
  return new HTTPCallError(`The server answered ${status} for ${operation} with an error: ${said}`, {
    status,
    // What was asked is not known here, and said by the operation.
    method: "",
    url: "",
    attempts,
    serverMessage: said,
    errorType: typeof value.error_type === "string" ? redact(value.error_type, secrets) : undefined,
    requestId: redact(answer.header("x-request-id") ?? "", secrets) || undefined,
  });
}
