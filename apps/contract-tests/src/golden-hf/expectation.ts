import { isRecord, type JsonRecord, numberAt, recordAt, textAt } from "../golden/json.ts";
import type { GoldenCase, RecordedRequest } from "./case.ts";

/** An error of ours that is expected. */
export interface ExpectedError {
  readonly kind: "error";
  /** Codes or class names, one of which the error has; empty = any of ours. */
  readonly names: readonly string[];
  readonly status?: number | undefined;
  /** Lines that the server said; each is in the error's `serverMessage`. */
  readonly said?: readonly string[] | undefined;
  readonly requestId?: string | undefined;
  readonly errorType?: string | undefined;
  /** Texts that must not be in the message. */
  readonly hides?: readonly string[] | undefined;
  /** The call may also go well. */
  readonly optional?: boolean | undefined;
  /** Longest message, in characters. */
  readonly maxLength?: number | undefined;
}

/** What a call is expected to come to. */
export type ExpectedOutcome =
  | {
      readonly kind: "result";
      readonly value: unknown /** An error of ours will do, too. */;
      readonly orError?: boolean;
    }
  | { readonly kind: "state"; readonly value: JsonRecord }
  | ExpectedError
  | { readonly kind: "stream"; readonly items: readonly unknown[]; readonly error: ExpectedError | null }
  | { readonly kind: "steps"; readonly steps: readonly ExpectedOutcome[] }
  | { readonly kind: "legacy"; readonly constructed: JsonRecord; readonly result: ExpectedOutcome | null }
  /** Lists by name of which only the lengths and the entries of all together are known. */
  | { readonly kind: "lists"; readonly value: JsonRecord }
  | { readonly kind: "ours" };

/** What a case is expected to do; rules change it. */
export interface Expectation {
  requests: RecordedRequest[];
  /** Set where it does not matter what is sent. */
  anyRequests: boolean;
  outcome: ExpectedOutcome;
}

/** Python's classes and what they are here. `InferenceError` codes, or class names where a class has no code of its own. */
const ERROR_CLASSES: Readonly<Record<string, readonly string[]>> = {
  BadRequestError: ["HTTP_ERROR"],
  HfHubHTTPError: ["HTTP_ERROR"],
  RepositoryNotFoundError: ["HTTP_ERROR"],
  GatedRepoError: ["HTTP_ERROR"],
  RevisionNotFoundError: ["HTTP_ERROR"],
  EntryNotFoundError: ["HTTP_ERROR"],
  LocalEntryNotFoundError: ["HTTP_ERROR"],
  DisabledRepoError: ["HTTP_ERROR"],
  InferenceTimeoutError: ["InferenceTimeoutError"],
  LocalTokenNotFoundError: ["TOKEN_NOT_FOUND"],
  HFValidationError: ["INVALID_MODEL_ID"],
  FileNotFoundError: ["INVALID_INPUT_FORMAT"],
  OfflineModeIsEnabled: ["CONNECTION_FAILED"],
  ConnectionError: ["CONNECTION_FAILED"],
  // Of the HTTP library of the asynchronous client.
  ClientConnectionError: ["CONNECTION_FAILED"],
  ClientConnectorError: ["CONNECTION_FAILED"],
  ClientOSError: ["CONNECTION_FAILED"],
  ClientPayloadError: ["CONNECTION_FAILED"],
  ServerDisconnectedError: ["CONNECTION_FAILED"],
  ConnectionTimeoutError: ["InferenceTimeoutError"],
  ServerTimeoutError: ["InferenceTimeoutError"],
  SocketTimeoutError: ["InferenceTimeoutError"],
  TimeoutError: ["InferenceTimeoutError"],
};

/** Kinds of failures of language models (`error_type` of TGI) behind Python's classes. */
const GENERATION_CLASSES: Readonly<Record<string, string | null>> = {
  GenerationError: "generation",
  IncompleteGenerationError: "incomplete_generation",
  OverloadedError: "overloaded",
  ValidationError: "validation",
  UnknownError: null,
};

/** Errors of arguments and settings, before anything is sent. */
const BEFORE_THE_NETWORK: readonly string[] = [
  ...["INVALID_PARAMETER", "INVALID_INPUT_FORMAT", "INVALID_MODEL_ID", "INVALID_URL_INPUT"],
  ...["MODEL_NOT_SELECTED", "TOKEN_NOT_FOUND"],
];
/** Errors about what the server answered. */
const ABOUT_THE_ANSWER: readonly string[] = [
  "INVALID_RESPONSE",
  "HTTP_ERROR",
  "MODEL_NOT_SELECTED",
  "INVALID_PARAMETER",
];

/** What is recorded, in the terms of our client. */
export function expectationOf(golden: GoldenCase): Expectation {
  return { requests: [...golden.requests], anyRequests: false, outcome: outcomeOf(golden, golden.outcome) };
}

function outcomeOf(golden: GoldenCase, outcome: JsonRecord): ExpectedOutcome {
  if (Array.isArray(outcome.steps)) {
    return {
      kind: "steps",
      steps: outcome.steps.map((step: unknown) => outcomeOf(golden, isRecord(step) ? step : {})),
    };
  }
  if (Array.isArray(outcome.stream)) {
    const error = isRecord(outcome.error) ? errorOf(golden, outcome.error) : null;
    return { kind: "stream", items: outcome.stream, error };
  }
  if (isRecord(outcome.constructed)) {
    const hasResult = Object.hasOwn(outcome, "result") || Object.hasOwn(outcome, "error");
    const { constructed, ...rest } = outcome;
    return { kind: "legacy", constructed, result: hasResult ? outcomeOf(golden, rest) : null };
  }
  if (isRecord(outcome.error)) return errorOf(golden, outcome.error);
  if (golden.call.method === "$construct") return { kind: "state", value: recordAt(outcome, "result") };
  return { kind: "result", value: outcome.result };
}

function errorOf(golden: GoldenCase, error: JsonRecord): ExpectedError {
  const name = textAt(error, "class") ?? "";
  const status = numberAt(error, "status_code");
  const generation = GENERATION_CLASSES[name];
  if (generation !== undefined) {
    const answered = golden.answers.at(-1)?.status ?? 200;
    return {
      kind: "error",
      names: answered >= 400 ? ["HTTP_ERROR"] : ["TEXT_GENERATION_FAILED"],
      said: linesOf(textAt(error, "message")),
      errorType: generation ?? undefined,
    };
  }
  const known = ERROR_CLASSES[name];
  const sent = golden.requests.length > 0;
  const names = known ?? (sent ? ABOUT_THE_ANSWER : BEFORE_THE_NETWORK);
  return {
    kind: "error",
    names,
    status: name === "InferenceTimeoutError" ? undefined : status,
    said: linesOf(textAt(error, "server_message")),
    requestId: textAt(error, "request_id"),
  };
}

/** Lines of a text. What Python prints of no text is none; behind a byte order mark it takes JSON for text, which ours reads. */
function linesOf(text: string | undefined): string[] | undefined {
  if (text === undefined || /^(None|True|False)$|^\ufeff/.test(text)) return undefined;
  return text.split("\n").filter((line) => line.trim() !== "");
}

/** An error of ours with one of these names. */
export function ourError(names: readonly string[], more: Partial<ExpectedError> = {}): ExpectedError {
  return { kind: "error", names, ...more };
}

/** A call of a method that asks for a result of a model, not for the state of one. */
export function asksModel(golden: GoldenCase): boolean {
  const { method } = golden.call;
  return golden.call.class === null && !/^(get_|list_|health_|\$)/.test(method);
}

/** The JSON of the last scripted answer. */
export function lastJson(golden: GoldenCase): unknown {
  const body = golden.answers.at(-1)?.body;
  return isRecord(body) ? body.json : undefined;
}
