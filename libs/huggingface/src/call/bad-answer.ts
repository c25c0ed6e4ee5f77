import { HTTPCallError, InvalidResponseError } from "@inference-ts/errors";
import { errorWords } from "./error-answer.ts";
import type { Answer } from "./exchange.ts";
import type { JsonObject } from "./json-object.ts";

/** The error of an answer that is to be JSON and is none. */
export function notJson(text: string, operation: string): InvalidResponseError {
  const begin = text.slice(0, 100).replace(/\s+/g, " ");
  const found = text === "" ? "it is empty" : `it begins with ${JSON.stringify(begin)}`;
  return new InvalidResponseError(`The answer for ${operation} is no JSON: ${found}.`);
}

/** `{error: ...}` that came with a good status, as an error. */
export function errorInGoodAnswer(value: JsonObject, answer: Answer, operation: string): HTTPCallError {
  const { status, attempts, secrets } = answer;
  const said = errorWords(value, secrets);
  return new HTTPCallError(`The server answered ${status} for ${operation} with an error: ${said}`, {
    status,
    // What was asked is not known here, and said by the operation.
    method: "",
    url: "",
    attempts,
    serverMessage: said,
    errorType: typeof value.error_type === "string" ? value.error_type : undefined,
    requestId: answer.header("x-request-id") ?? undefined,
  });
}
