import { isRecord, numberAt, recordAt, textAt } from "../../golden/json.ts";
import type { GoldenCase } from "../case.ts";
import { lastJson, ourError } from "../expectation.ts";
import { mediaNameOf } from "./build-request.ts";
import { mapRequests, type Rule } from "./rule.ts";

/** Fields in which servers say what is wrong. */
const SAYING: readonly string[] = ["error", "errors", "error_description", "message", "detail", "msg"];

/** Every text that a body says. */
export function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isRecord(value)) return [];
  return SAYING.flatMap((name) => textsOf(value[name]));
}

const failedAnswer = (golden: GoldenCase) =>
  [...golden.answers].reverse().find(({ status }) => status >= 400);

/** The HTTP error with everything that the server said. */
const readAll: Rule["change"] = (expectation, { golden }) => {
  const answer = failedAnswer(golden);
  const body = isRecord(answer?.body) ? answer.body : {};
  expectation.outcome = ourError(["HTTP_ERROR"], {
    status: answer?.status,
    said: textsOf(body.json).filter((text) => text.trim() !== ""),
  });
};

/** Shortest value of a query that is hidden, in characters. */
const SHORTEST_SECRET = 6;

/** Longest message, in characters: what the server said is cut to 2,000. */
const LONGEST_MESSAGE = 2_600;

const STUMBLES: readonly string[] = ["IndexError", "KeyError", "TypeError", "AttributeError", "ValueError"];

const asOurs: Rule["change"] = (expectation, { golden }) => {
  const name = textAt(recordAt(golden.outcome, "error"), "class") ?? "";
  const message = textAt(recordAt(golden.outcome, "error"), "message") ?? "";
  // Python stumbled over the form of an answer, which may be one that ours takes; or over a mark that ours skips.
  const raw = ourError([], { optional: STUMBLES.includes(name) || /\bBOM\b/.test(message) });
  const { outcome } = expectation;
  if (outcome.kind === "stream") expectation.outcome = { ...outcome, error: { ...raw, optional: true } };
  else if (outcome.kind === "legacy") expectation.outcome = { ...outcome, result: raw };
  else if (outcome.kind === "error" && isRecord(golden.outcome.error)) {
    const isConnection = /Connect|Protocol/.test(name);
    // The input may be what could not be fetched.
    const isInput =
      mediaNameOf(golden.call.method) !== undefined &&
      !golden.requests.some(({ method }) => method === "POST");
    const names = ["CONNECTION_FAILED", ...(isInput ? ["INVALID_URL_INPUT"] : [])];
    expectation.outcome = isConnection ? ourError(names) : raw;
  }
};

/** Errors of Python, of its HTTP library and of Pillow. */
const RAW: readonly string[] = [
  ...["AttributeError", "ChunkedEncodingError", "ConnectionError", "IndexError", "IsADirectoryError"],
  ...["JSONDecodeError", "KeyError", "RecursionError", "TypeError", "UnicodeDecodeError"],
  "UnidentifiedImageError",
];
/** Codes that say nothing about how a call ends. */
const ASIDE = /^H-(async-|no-content-type$|vqa-shape$|embed-parameters$|poll-forever$|download-)/;

/** How failures are told. */
export const ERROR_RULES: readonly Rule[] = [
  {
    code: "H-raw-errors",
    title: "every failure is one of ours",
    python: "Errors of JSON, of the HTTP library, of Pillow and of Python itself reach the caller.",
    ours: "`InferenceError` with a code; an answer of another form is an `InvalidResponseError` that says where.",
    change: asOurs,
  },
  {
    code: null,
    title: "errors of other packages",
    python: "Reach the caller where the form of an answer surprises, or a connection ends.",
    ours: "Are errors of this package, or the answer is taken.",
    applies: ({ golden }) => {
      const { class: name, message } = recordAt(golden.outcome, "error");
      const isOfArguments = /required positional|unexpected keyword|positional argument/.test(
        String(message),
      );
      const isOfNumpy = /inhomogeneous/.test(String(message));
      return (
        (isOfNumpy || RAW.includes(String(name))) &&
        !isOfArguments &&
        golden.codes.every((code) => ASIDE.test(code))
      );
    },
    change: asOurs,
  },
  {
    code: "H-error-object",
    title: "errors that are no text",
    python:
      "`{error: {...}}`, lists of objects and other JSON end in an `AttributeError` that hides the status.",
    ours: "The HTTP error with what they say.",
    change: readAll,
  },
  {
    code: "H-error-shape",
    title: "errors in other fields",
    python: "Reads `error` and `errors` alone.",
    ours: "Also `error_description`, `message`, `detail` (text and lists) and problem+json.",
    change: readAll,
  },
  {
    code: "H-error-size",
    title: "long errors are cut",
    python: "The message carries the whole body, also where it repeats the request.",
    ours: "At most 2,000 characters, long base64 only as its length.",
    change: (expectation, { golden }) => {
      const status = failedAnswer(golden)?.status;
      expectation.outcome = ourError(["HTTP_ERROR"], { status, maxLength: LONGEST_MESSAGE });
    },
  },
  {
    code: "H-key-in-error",
    title: "no secrets in errors",
    python: "The token that a server repeats and the query of the address stand in the message.",
    ours: "Both are hidden.",
    change: (expectation, { golden }) => {
      const token = golden.client.token ?? golden.client.api_key;
      const model = textAt(golden.client, "model") ?? textAt(golden.client, "base_url") ?? "";
      // Short values are no secrets: they stand in other words, too.
      const values = [...new URLSearchParams(model.split("?")[1] ?? "").values()].filter(
        (value) => value.length >= SHORTEST_SECRET,
      );
      const hides = [...(typeof token === "string" ? [token] : []), ...values];
      const status = numberAt(recordAt(golden.outcome, "error"), "status_code");
      expectation.outcome = ourError(["HTTP_ERROR"], { status, hides });
    },
  },
  {
    code: "H-error-in-200",
    title: "errors with a good status",
    python: "`{error: ...}` with status 200 becomes an error about the form, or the result itself.",
    ours: "The error that it is.",
    change: (expectation, { golden }) => {
      const body = golden.answers.at(-1)?.body;
      const said = textsOf(isRecord(body) ? body.json : undefined);
      const isStream = expectation.outcome.kind === "stream";
      const names = ["HTTP_ERROR", ...(isStream ? ["TEXT_GENERATION_FAILED"] : [])];
      expectation.outcome = ourError(names, { said });
    },
  },
  {
    code: null,
    title: "an error that is `null`",
    python: "`get_model_status` raises `ValueError(None)` for `{error: null, ...}`.",
    ours: "Is none.",
    applies: ({ golden }) =>
      golden.call.method === "get_model_status" &&
      recordAt({ answer: lastJson(golden) }, "answer").error === null,
    change: (expectation, { golden }) => {
      const { error: _none, ...value } = recordAt({ answer: lastJson(golden) }, "answer");
      expectation.outcome = { kind: "result", value };
    },
  },
  {
    code: null,
    title: "blanks around the value of a header",
    python: "Raises `InvalidHeader` before anything is sent.",
    ours: "Sends the value without them.",
    applies: ({ golden }) => recordAt(golden.outcome, "error").class === "InvalidHeader",
    change: (expectation) => {
      expectation.anyRequests = true;
      expectation.outcome = { kind: "ours" };
    },
  },
  ...["H-async-message", "H-async-raw-errors", "H-async-accepts", "H-async-fails", "H-async-accept"].map(
    (code): Rule => ({
      change: (expectation, { golden }) => {
        const given = Object.entries(recordAt(golden.client, "headers"));
        const accept = given.find(([name]) => name.toLowerCase() === "accept")?.[1];
        if (code !== "H-async-accept" || typeof accept !== "string") return;
        mapRequests(expectation, (request) => ({ ...request, headers: { ...request.headers, accept } }));
      },
      code,
      title: "one client",
      python:
        "The async client raises other errors, accepts what the sync one refuses, or fails where it succeeds.",
      ours: "One implementation, which does what the sync client does.",
    }),
  ),
];
