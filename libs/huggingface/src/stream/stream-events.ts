import { InvalidResponseError, redact, secretsOfHeaders, TextGenerationError } from "@inference-ts/errors";
import type { StreamAnswer } from "@inference-ts/transport";
import { tellsError } from "../call/answer.ts";
import type { CallScope } from "../call/call-scope.ts";
import { errorWords } from "../call/error-answer.ts";
import { isObject, type JsonObject } from "../call/json-object.ts";
import { type EventData, EventParser } from "./event-parser.ts";
import { type InferenceStream, inferenceStream } from "./inference-stream.ts";

const DONE = "[DONE]";

/**
 * The JSON objects of an answer's events, each turned into an item. `[DONE]` ends the stream.
 *
 * The loop throws TextGenerationError for an event that tells a failure, InvalidResponseError for one that is no JSON object and for an
 * answer that is no stream, InferenceTimeoutError when nothing comes within the time limit, ServerConnectionError, AbortedError.
 */
export function eventStream<T>(
  scope: CallScope,
  answer: StreamAnswer,
  toItem: (event: JsonObject, operation: string) => T,
): InferenceStream<T> {
  return inferenceStream(answer, async function* () {
    const parser = new EventParser();
    for await (const data of eventData(answer, parser)) {
      if (data.trim() === DONE) return;
      for (const event of readEvents(data, scope)) yield toItem(event, scope.operation);
    }
    if (parser.strayText !== "") throw noStream(parser.strayText, scope);
  });
}

async function* eventData({ body }: StreamAnswer, parser: EventParser): AsyncGenerator<EventData> {
  for await (const piece of body) yield* parser.push(piece);
  yield* parser.end();
}

/** The objects of one event. Some servers leave out the empty line between two: then each data line is an object. */
function readEvents(data: string, scope: CallScope): JsonObject[] {
  const { operation } = scope;
  const whole = jsonOf(data);
  const values =
    whole === undefined
      ? data
          .split("\n")
          .filter((line) => line.trim() !== "" && line.trim() !== DONE)
          .map(jsonOf)
      : [whole];
  return values.map((value) => {
    if (!isObject(value)) {
      throw new InvalidResponseError(
        `An event of the stream of ${operation} is no JSON object: ${begin(data, scope)}.`,
      );
    }
    if (tellsError(value)) throw failureOf(value, scope);
    return value;
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A key is found only as a whole, so much more is cleaned than shown. */
const MAX_CLEANED_LENGTH = 64 * 1024;
const SHOWN_LENGTH = 100;

/** How a text of the server begins, for messages. */
function begin(text: string, scope: CallScope): string {
  const clean = redact(text.slice(0, MAX_CLEANED_LENGTH), secretsOf(scope));
  return JSON.stringify(clean.slice(0, SHOWN_LENGTH));
}

/** What must not be in an error: the token, and credentials among the headers of the client and of the call. */
function secretsOf({ core, options }: CallScope): string[] {
  const { token, given } = core.settings;
  const headers = Object.entries({ ...given.headers, ...options.headers }).map(([name, value]) => [
    name,
    value ?? "",
  ]);
  return [
    token.value ?? "",
    ...Object.values(given.cookies ?? {}),
    ...secretsOfHeaders(Object.fromEntries(headers)),
  ];
}

/** `{error, error_type}` of TGI, or `{error: {message, http_status_code}}` of its chat route. */
function failureOf(event: JsonObject, scope: CallScope): TextGenerationError {
  const { operation } = scope;
  const said = errorWords(event, secretsOf(scope));
  const inner = isObject(event.error) ? event.error : {};
  const status = [inner.http_status_code, inner.status, inner.code].find(
    (value) => typeof value === "number",
  );
  const type = event.error_type ?? inner.type;
  return new TextGenerationError(`The server ended the stream of ${operation} with an error: ${said}`, {
    serverMessage: said,
    errorType: typeof type === "string" ? type : undefined,
    status: typeof status === "number" ? status : undefined,
  });
}

function noStream(text: string, scope: CallScope): Error {
  const { operation } = scope;
  const value = jsonOf(text);
  if (tellsError(value)) return failureOf(value, scope);
  return new InvalidResponseError(
    `The answer for ${operation} is no stream of events: it begins with ${begin(text, scope)}.`,
    { hint: "Leave stream out if the server cannot stream." },
  );
}
